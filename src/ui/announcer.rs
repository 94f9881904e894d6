//! What a screen reader hears without being asked: politely how calls go, at once that somebody calls.

use super::markup::{Element, View, text};
use super::scope::Scope;
use super::shapes::line;
use crate::state::words;
use ringdock_phone::{LineState, PhoneView, Stage};

/// The two live regions. They are there all the time, because only a change inside one is announced.
pub fn announcer(scope: Scope) -> View {
    let said = |read: fn(&PhoneView) -> String| line("", text(move || scope.read(read)));
    vec![
        live_region(
            "polite",
            vec![
                said(call),
                said(colleague),
                said(notice),
                said(poor),
                said(turned_away),
                said(problem),
            ],
        ),
        live_region("assertive", vec![said(incoming)]),
    ]
    .into()
}

fn live_region(how: &'static str, lines: Vec<View>) -> View {
    Element::new("div").attr("class", "unseen").attr("aria-live", how).child(lines).into()
}

fn call(view: &PhoneView) -> String {
    view.call.as_ref().map(words::announce_stage).unwrap_or_default()
}

fn colleague(view: &PhoneView) -> String {
    view.consult.as_ref().map(words::announce_stage).unwrap_or_default()
}

fn notice(view: &PhoneView) -> String {
    view.notice.as_ref().map(words::notice).unwrap_or_default()
}

fn poor(view: &PhoneView) -> String {
    let is_poor = view.call.as_ref().is_some_and(|call| call.poor.is_some());
    if is_poor { words::POOR_CONNECTION } else { "" }.to_owned()
}

fn turned_away(view: &PhoneView) -> String {
    words::turned_away(&view.turned_away)
}

/// The problem without its countdown, which would be read out every second.
fn problem(view: &PhoneView) -> String {
    match &view.line {
        LineState::Lost { problem, .. } | LineState::Down { problem, .. } => {
            words::line_problem(problem)
        }
        LineState::Off | LineState::Connecting | LineState::Ready => String::new(),
    }
}

fn incoming(view: &PhoneView) -> String {
    match &view.call {
        Some(call) if call.stage == Stage::Incoming => words::incoming(&call.party),
        _ => String::new(),
    }
}
