//! A call that is being placed or is up.

use super::focus::Spot;
use super::header::talk_clock;
use super::icon::{Icon, icon};
use super::keypad::keypad;
use super::markup::{Element, View, dynamic, text, when};
use super::places::Place;
use super::scope::{Scope, answered_at};
use super::shapes::{Button, block, piece};
use super::who::who;
use crate::state::signals::*;
use crate::state::{Panel, words};
use ringdock_phone::{Intent, PhoneView};

/// Who, state and timer, and the keypad if it is open.
pub fn in_call(scope: Scope) -> View {
    let stage = |view: &PhoneView| {
        view.call.as_ref().map(|call| words::stage(&call.stage)).unwrap_or_default().to_owned()
    };
    let open = memo(move || scope.dock.panel.get() == Panel::Keypad);
    let state = vec![
        when(scope.holds(|view| answered_at(view).is_some()), move || timer(scope)),
        piece("stage", text(move || scope.read(stage))),
        when(scope.holds(is_muted), || piece("chip", words::MUTED)),
    ];
    let keypad = when(open, move || keypad(scope));
    block("call", vec![who(scope, state), keypad, scope.places.show(Place::Context)])
}

fn timer(scope: Scope) -> View {
    Element::new("span")
        .attr("class", "timer")
        .attr("role", "timer")
        .child(talk_clock(scope))
        .into()
}

/// **End**, **Mute** and **Keypad**. End stands where Decline was, so that a second click on Answer cannot hit it.
pub fn call_controls(scope: Scope) -> View {
    let Scope { phone, dock, focus, .. } = scope;
    let end = Button::with_icon("action stop", icon(Icon::PhoneOff), words::END)
        .disabled(move || !scope.read(|view| view.may.hang_up))
        .on_click(move || {
            phone.act(Intent::HangUp);
            focus.send(Spot::Middle);
        });
    let microphone = dynamic(move || {
        icon(if scope.read(is_muted) { Icon::MicrophoneOff } else { Icon::Microphone })
    });
    let mute = Button::with_icon("tile", microphone, words::MUTE)
        .pressed(move || scope.read(is_muted))
        .disabled(move || !scope.read(|view| view.may.mute))
        .on_click(move || {
            let muted = phone.view.with_untracked(is_muted);
            phone.act(Intent::SetMuted(!muted));
        });
    let is_open = move || dock.panel.get() == Panel::Keypad;
    let keypad = Button::with_icon("tile", icon(Icon::Keypad), words::KEYPAD)
        .id(Spot::Keypad.id())
        .expanded(is_open)
        .disabled(move || !scope.read(|view| view.may.digit) && !is_open())
        .on_click(move || dock.toggle(Panel::Keypad));
    block("controls call-controls", vec![end, mute, keypad])
}

fn is_muted(view: &PhoneView) -> bool {
    view.call.as_ref().is_some_and(|call| call.muted)
}
