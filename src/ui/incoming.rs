//! Somebody calls.

use super::focus::Spot;
use super::icon::{Icon, icon};
use super::markup::{Button, block, piece, text};
use super::scope::Scope;
use super::who::who;
use crate::state::words;
use leptos::prelude::*;
use ringdock_phone::{Intent, PhoneView};

/// Who calls, and why the call cannot be taken if that is so.
pub fn incoming(scope: Scope) -> AnyView {
    let refusal = text(move || scope.read(refusal));
    let hint = view! { <p class="hint wrong" id="answer-hint">{refusal}</p> };
    let state = vec![piece("stage", words::INCOMING_CALL.into_any())];
    block("call ringing", vec![who(scope, state), hint.into_any()])
}

/// **Decline** and **Answer**, apart and of equal size.
pub fn incoming_controls(scope: Scope) -> AnyView {
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
