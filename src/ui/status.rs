//! The status dot: a shape, a colour and a word, and the last message on hover or focus.

use super::markup::{Element, Text, View, text};
use super::scope::Scope;
use super::shapes::block;
use crate::state::words;
use ringdock_phone::Dot;

/// The state of the line as a class, to stand behind another.
pub fn dot_class(scope: Scope) -> &'static str {
    match scope.read(|view| view.dot()) {
        Dot::Connected => " is-ok",
        Dot::Connecting => " is-warn",
        Dot::Disconnected => " is-bad",
        Dot::Off => "",
    }
}

/// A class, and the state of the line as another.
pub fn dotted(scope: Scope, class: &'static str) -> Text {
    text(move || [class, dot_class(scope)].concat())
}

/// The word of the state.
pub fn word(scope: Scope) -> Text {
    text(move || words::dot(scope.read(|view| view.dot())).to_owned())
}

/// The dot with its word and its tooltip.
pub fn status(scope: Scope) -> View {
    let message = text(move || {
        let now = scope.phone.now.get();
        scope.phone.view.with(|view| words::status(view, now))
    });
    let dot = Element::new("span").attr("class", dotted(scope, "dot"));
    let state = Element::new("span")
        .attr("class", "status")
        .attr("role", "status")
        .attr("aria-label", word(scope))
        .attr("tabindex", "0")
        .attr("aria-describedby", "status-message")
        .child(dot)
        .child(word(scope));
    let tooltip = Element::new("span")
        .attr("class", "tooltip")
        .attr("role", "tooltip")
        .attr("id", "status-message")
        .child(message);
    block("status-box", vec![state.into(), tooltip.into()])
}
