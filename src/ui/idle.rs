//! What an open dock shows between calls.

use super::icon::{Icon, icon};
use super::markup::{View, text, when};
use super::scope::Scope;
use super::shapes::{block, heading, line, piece, region};
use super::status::dotted;
use crate::state::words;
use ringdock_phone::{Dot, LineState, PhoneView};

/// The empty state: whether calls can come, and how to place one. Silent where a banner says it already.
pub fn idle(scope: Scope) -> View {
    when(scope.holds(|view| !is_explained(view)), move || {
        let said = move |read: fn(Dot) -> &'static str| {
            text(move || read(scope.read(|view| view.dot())).to_owned())
        };
        let words = vec![heading("", said(title)), line("", said(advice))];
        let parts = vec![piece("idle-sign", icon(Icon::Phone)), block("", words)];
        region(None, dotted(scope, "idle"), parts)
    })
}

fn title(dot: Dot) -> &'static str {
    match dot {
        Dot::Connected => words::READY,
        Dot::Connecting => words::GETTING_READY,
        Dot::Disconnected | Dot::Off => words::NOT_READY,
    }
}

fn advice(dot: Dot) -> &'static str {
    match dot {
        Dot::Connected => words::READY_TEXT,
        Dot::Connecting => words::GETTING_READY_TEXT,
        Dot::Disconnected | Dot::Off => "",
    }
}

fn is_explained(view: &PhoneView) -> bool {
    words::microphone(view.microphone).is_some()
        || matches!(view.line, LineState::Lost { .. } | LineState::Down { .. })
}
