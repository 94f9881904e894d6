//! The header: state, own number, the timer of a call, and what is always at hand.

use super::focus::Spot;
use super::icon::Icon;
use super::markup::{Element, Text, View, text, when};
use super::scope::{Scope, answered_at, is_live};
use super::shapes::{Button, piece, seen_only};
use super::status::status;
use crate::state::signals::memo;
use crate::state::{Panel, words};

/// The header of the open dock.
pub fn header(scope: Scope) -> View {
    let Scope { dock, .. } = scope;
    let own = text(move || dock.own.get());
    // Seen only: the timer of the middle is the one with the role.
    let clock = seen_only("clock", talk_clock(scope));
    let parts = vec![
        status(scope),
        piece("own", own),
        clock,
        when(memo(move || dock.may_dial.get()), move || dial_pad_button(scope)),
        collapse_button(scope),
    ];
    Element::new("header").attr("class", "header").child(parts).into()
}

/// How long the call has been up; nothing before.
pub fn talk_clock(scope: Scope) -> Text {
    text(move || {
        let since = scope.read(answered_at);
        since.map(|since| words::clock(scope.phone.now.get() - since)).unwrap_or_default()
    })
}

fn dial_pad_button(scope: Scope) -> View {
    let Scope { dock, focus, .. } = scope;
    Button::bare("icon-button", Icon::Keypad, words::DIAL_PAD)
        .id(Spot::DialPad.id())
        .expanded(move || dock.panel.get() == Panel::DialPad && !scope.read(is_live))
        .disabled(move || scope.read(is_live))
        .on_click(move || {
            dock.toggle(Panel::DialPad);
            if dock.panel.get_untracked() == Panel::DialPad {
                focus.send(Spot::Number);
            }
        })
}

fn collapse_button(scope: Scope) -> View {
    let Scope { dock, focus, .. } = scope;
    Button::bare("icon-button", Icon::ChevronDown, words::COLLAPSE)
        .id(Spot::Collapse.id())
        .on_click(move || {
            dock.collapsed.set(true);
            focus.send(Spot::Expand);
        })
}
