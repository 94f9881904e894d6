//! The status dot: a shape, a colour and a word, and the last message on hover or focus.

use super::markup::{Text, text};
use super::scope::Scope;
use crate::state::words;
use leptos::prelude::*;
use ringdock_phone::Dot;

/// A class, and the state of the line as another.
pub fn dotted(scope: Scope, class: &'static str) -> Text {
    text(move || {
        let state = match scope.read(|view| view.dot()) {
            Dot::Connected => " is-ok",
            Dot::Connecting => " is-warn",
            Dot::Disconnected => " is-bad",
            Dot::Off => "",
        };
        [class, state].concat()
    })
}

/// The word of the state.
pub fn word(scope: Scope) -> Text {
    text(move || words::dot(scope.read(|view| view.dot())).to_owned())
}

/// The dot with its word and its tooltip.
pub fn status(scope: Scope) -> AnyView {
    let message = text(move || {
        let now = scope.phone.now.get();
        scope.phone.view.with(|view| words::status(view, now))
    });
    view! {
        <div class="status-box">
            <span class="status" role="status" tabindex="0" aria-describedby="status-message">
                <span class=dotted(scope, "dot")></span>
                {word(scope)}
            </span>
            <span class="tooltip" role="tooltip" id="status-message">{message}</span>
        </div>
    }
    .into_any()
}
