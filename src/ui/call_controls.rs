//! What can be done with a call.

use super::focus::Spot;
use super::icon::{Icon, icon};
use super::markup::{View, dynamic, text, when};
use super::scope::Scope;
use super::shapes::{Button, block};
use crate::state::signals::memo;
use crate::state::{Panel, words};
use ringdock_phone::{Intent, PhoneView};

/// **Hold** and **Transfer**, or in their places **Back to caller** and **Complete**; below them **End**, **Mute**
/// and **Keypad**.
/// End stands where Decline was, so that a second click on Answer cannot hit it.
pub fn call_controls(scope: Scope) -> View {
    let handling = vec![
        when(scope.holds(|view| view.may.back_to_caller), move || {
            act(
                scope,
                Icon::Back,
                words::BACK_TO_CALLER,
                |view| view.may.back_to_caller,
                Intent::BackToCaller,
            )
        }),
        when(scope.holds(|view| view.can.hold && !view.may.back_to_caller), move || hold(scope)),
        when(scope.holds(|view| view.consult.is_some()), move || {
            act(
                scope,
                Icon::Check,
                words::COMPLETE,
                |view| view.may.complete,
                Intent::CompleteTransfer,
            )
        }),
        when(memo(move || scope.dock.may_transfer.get() && scope.read(passes_on)), move || {
            transfer(scope)
        }),
    ];
    let parts = vec![handling.into(), end(scope), mute(scope), keypad(scope)];
    block("controls call-controls", parts)
}

fn act(
    scope: Scope,
    sign: Icon,
    name: &'static str,
    may: fn(&PhoneView) -> bool,
    intent: Intent,
) -> View {
    Button::with_icon("tile wide", icon(sign), name).disabled(move || !scope.read(may)).on_click(
        move || {
            scope.phone.act(intent.clone());
            scope.focus.send(Spot::Middle);
        },
    )
}

/// While the channel has not replied it stays in reach, so that the keyboard's focus does.
fn hold(scope: Scope) -> View {
    let sign = dynamic(move || icon(if scope.read(is_held) { Icon::Play } else { Icon::Pause }));
    let name =
        text(move || if scope.read(is_held) { words::RESUME } else { words::HOLD }.to_owned());
    Button::with_icon("tile wide", sign, name)
        .busy(move || scope.read(hold_changes))
        .disabled(move || {
            !scope.read(|view| view.may.hold || view.may.resume || hold_changes(view))
        })
        .on_click(move || {
            let held = scope.phone.view.with_untracked(is_held);
            scope.phone.act(if held { Intent::Resume } else { Intent::Hold });
        })
}

fn transfer(scope: Scope) -> View {
    let Scope { dock, focus, .. } = scope;
    let is_open = move || dock.panel.get() == Panel::Transfer;
    Button::with_icon("tile wide", icon(Icon::PhoneForwarded), words::TRANSFER)
        .id(Spot::Transfer.id())
        .expanded(is_open)
        .disabled(move || !scope.read(|view| view.may.transfer || view.may.consult) && !is_open())
        .on_click(move || {
            dock.toggle(Panel::Transfer);
            if dock.panel.get_untracked() == Panel::Transfer {
                focus.send(Spot::TransferTo);
            }
        })
}

fn end(scope: Scope) -> View {
    Button::with_icon("action stop", icon(Icon::PhoneOff), words::END)
        .disabled(move || !scope.read(|view| view.may.hang_up))
        .on_click(move || {
            scope.phone.act(Intent::HangUp);
            scope.focus.send(Spot::Middle);
        })
}

fn mute(scope: Scope) -> View {
    let microphone = dynamic(move || {
        icon(if scope.read(is_muted) { Icon::MicrophoneOff } else { Icon::Microphone })
    });
    Button::with_icon("tile", microphone, words::MUTE)
        .pressed(move || scope.read(is_muted))
        .disabled(move || !scope.read(|view| view.may.mute))
        .on_click(move || {
            let muted = scope.phone.view.with_untracked(is_muted);
            scope.phone.act(Intent::SetMuted(!muted));
        })
}

fn keypad(scope: Scope) -> View {
    let Scope { dock, .. } = scope;
    let is_open = move || dock.panel.get() == Panel::Keypad;
    Button::with_icon("tile", icon(Icon::Keypad), words::KEYPAD)
        .id(Spot::Keypad.id())
        .expanded(is_open)
        .disabled(move || !scope.read(|view| view.may.digit) && !is_open())
        .on_click(move || dock.toggle(Panel::Keypad))
}

fn passes_on(view: &PhoneView) -> bool {
    view.can.transfer && view.consult.is_none()
}

/// The microphone is silenced.
pub fn is_muted(view: &PhoneView) -> bool {
    view.call.as_ref().is_some_and(|call| call.muted)
}

fn is_held(view: &PhoneView) -> bool {
    view.call.as_ref().is_some_and(|call| call.hold.by_us)
}

fn hold_changes(view: &PhoneView) -> bool {
    view.call.as_ref().is_some_and(|call| call.hold_changes)
}
