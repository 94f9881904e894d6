//! Somebody calls.

use super::focus::Spot;
use super::icon::{Icon, icon};
use super::markup::{Element, View, text};
use super::places::Place;
use super::scope::{Scope, party};
use super::shapes::{Button, block, piece};
use super::who::who;
use crate::state::words;
use ringdock_phone::{Intent, PhoneView};

/// Who calls, and why the call cannot be taken if that is so.
pub fn incoming(scope: Scope) -> View {
    let refusal = text(move || scope.read(refusal));
    let hint =
        Element::new("p").attr("class", "hint wrong").attr("id", "answer-hint").child(refusal);
    let state = vec![piece("stage", words::INCOMING_CALL)];
    let who = who(scope, party, scope.places.show(Place::Matched), state);
    block("call ringing", vec![who, hint.into(), scope.places.show(Place::Context)])
}

/// **Decline** and **Answer**, apart and of equal size.
pub fn incoming_controls(scope: Scope) -> View {
    let act = move |intent| {
        scope.phone.act(intent);
        scope.focus.send(Spot::Middle);
    };
    let decline = Button::with_icon("action stop", icon(Icon::PhoneOff), words::DECLINE)
        .disabled(move || !scope.read(|view| view.may.decline))
        .on_click(move || act(Intent::Decline));
    let answer = Button::with_icon("action go", icon(Icon::Phone), words::ANSWER)
        .described_by("answer-hint")
        .disabled(move || scope.read(|view| view.may.answer.is_err()))
        .on_click(move || act(Intent::Answer));
    block("controls incoming-controls", vec![decline, answer])
}

fn refusal(view: &PhoneView) -> String {
    view.may.answer.err().map(words::why_not).unwrap_or_default().to_owned()
}
