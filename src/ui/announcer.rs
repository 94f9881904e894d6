//! What a screen reader hears without being asked: politely how calls go, at once that somebody calls.

use super::slice::slice;
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::{LineState, PhoneView, Stage};

/// The two live regions. They are there all the time, because only a change inside one is announced.
#[component]
pub fn Announcer() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let call =
        slice(phone, |view| view.call.as_ref().map(words::announce_stage).unwrap_or_default());
    let turned_away =
        slice(phone, |view| view.turned_away.as_ref().map(words::turned_away).unwrap_or_default());
    let line = slice(phone, line);
    let incoming = slice(phone, incoming);
    view! {
        <div class="unseen" aria-live="polite">
            <p>{move || call.get()}</p>
            <p>{move || turned_away.get()}</p>
            <p>{move || line.get()}</p>
        </div>
        <div class="unseen" aria-live="assertive">{move || incoming.get()}</div>
    }
}

/// The problem without its countdown, which would be read out every second.
fn line(view: &PhoneView) -> String {
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
