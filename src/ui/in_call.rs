//! A call that is being placed or is up.

use super::call_controls::is_muted;
use super::header::talk_clock;
use super::icon::{Icon, icon};
use super::keypad::keypad;
use super::markup::{Element, View, dynamic, text, when};
use super::places::Place;
use super::scope::{Scope, answered_at, colleague, party};
use super::shapes::{block, heading, line, piece, region};
use super::transfer::transfer;
use super::who::who;
use crate::state::signals::*;
use crate::state::{Panel, words};
use ringdock_phone::PhoneView;

/// Who, state and timer, the colleague who is asked, what is amiss, the tones that were sent, and the keypad or the
/// transfer if it is open.
pub fn in_call(scope: Scope) -> View {
    let stage =
        |view: &PhoneView| view.call.as_ref().map(words::stage).unwrap_or_default().to_owned();
    let panel = memo(move || scope.dock.panel.get());
    let state = vec![
        when(scope.holds(|view| answered_at(view).is_some()), move || timer(scope)),
        piece("stage", text(move || scope.read(stage))),
        when(scope.holds(is_muted), || piece("chip", words::MUTED)),
    ];
    let open = move || match panel.get() {
        Panel::Keypad => keypad(scope),
        Panel::Transfer => transfer(scope),
        Panel::None | Panel::DialPad => View::nothing(),
    };
    let parts = vec![
        who(scope, party, scope.places.show(Place::Matched), state),
        when(scope.holds(|view| view.consult.is_some()), move || consult(scope)),
        when(scope.holds(|view| poor(view).is_some()), move || poor_connection(scope)),
        when(scope.holds(|view| !digits(view).is_empty()), move || sent(scope)),
        dynamic(open),
        scope.places.show(Place::Context),
    ];
    block("call", parts)
}

fn timer(scope: Scope) -> View {
    Element::new("span")
        .attr("class", "timer")
        .attr("role", "timer")
        .child(talk_clock(scope))
        .into()
}

/// The colleague, and how far the call there is.
fn consult(scope: Scope) -> View {
    let stage = |view: &PhoneView| {
        view.consult.as_ref().map(words::colleague_stage).unwrap_or_default().to_owned()
    };
    let state = vec![piece("stage", text(move || scope.read(stage)))];
    block("colleague", vec![who(scope, colleague, View::nothing(), state)])
}

/// The cause is that of the call in which the agent is heard.
fn poor(view: &PhoneView) -> Option<&'static str> {
    let call = view.consult.as_ref().or(view.call.as_ref())?;
    call.poor.map(words::poor)
}

fn poor_connection(scope: Scope) -> View {
    let cause = text(move || scope.read(poor).unwrap_or_default().to_owned());
    let parts = vec![heading("", words::POOR_CONNECTION), line("", cause)];
    let parts = vec![icon(Icon::Warning), block("banner-text", parts)];
    region(None, "banner warn".into(), parts)
}

/// The tones that the one who hears the agent was sent.
fn digits(view: &PhoneView) -> &str {
    let call = view.consult.as_ref().or(view.call.as_ref());
    call.map(|call| call.digits.as_str()).unwrap_or_default()
}

/// Wherever they came from: keys of the keyboard are sent without the keypad.
fn sent(scope: Scope) -> View {
    let label = [words::DIGITS_SENT, ": "].concat();
    let digits = text(move || scope.phone.view.with(|view| digits(view).to_owned()));
    line("sent", vec![piece("unseen", label), piece("sent-digits", digits)])
}
