//! The dock as a whole: panel or bubble, in one of the window's two bottom corners.

use super::announcer::announcer;
use super::bubble::bubble;
use super::focus::{Focus, Spot};
use super::markup::{dynamic, follow, text, when};
use super::panel::panel;
use super::scope::{Scope, is_live};
use crate::state::{Corner, Panel, words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use ringdock_phone::LineState;

/// The dock. Wants the contexts [`PhoneModel`](crate::state::PhoneModel), [`Dock`](crate::state::Dock) and
/// [`Numbers`](crate::state::Numbers) above it, and draws nothing while there is no line.
#[component]
pub fn Root() -> impl IntoView {
    let scope = Scope {
        phone: expect_context(),
        dock: expect_context(),
        numbers: expect_context(),
        focus: Focus { dock: NodeRef::new() },
    };
    follow_calls(scope);
    when(scope.holds(|view| view.line != LineState::Off), move || softphone(scope))
}

fn softphone(scope: Scope) -> AnyView {
    let Scope { dock, .. } = scope;
    // A memo, so that opening what is open does not build the panel anew.
    let collapsed = Memo::new(move |_| dock.collapsed.get());
    let class = text(move || if collapsed.get() { "dock bubbled" } else { "dock" }.to_owned());
    let corner = text(move || match dock.corner.get() {
        Corner::Left => "left".to_owned(),
        Corner::Right => "right".to_owned(),
    });
    let content = move || if collapsed.get() { bubble(scope) } else { panel(scope) };
    view! {
        <section
            class=class
            node_ref=scope.focus.dock
            aria-label=words::SOFTPHONE
            data-corner=corner
            on:keydown=move |ev| close_panel(scope, &ev)
        >
            {announcer(scope)}
            {dynamic(content)}
        </section>
    }
    .into_any()
}

/// Escape closes what is unfolded, and gives focus back to the button that unfolded it.
fn close_panel(scope: Scope, ev: &KeyboardEvent) {
    let opener = match scope.dock.panel.get_untracked() {
        Panel::DialPad => Spot::DialPad,
        Panel::Keypad => Spot::Keypad,
        Panel::None => return,
    };
    if ev.key() == "Escape" && !scope.dock.collapsed.get_untracked() {
        ev.stop_propagation();
        scope.dock.panel.set(Panel::None);
        scope.focus.send(opener);
    }
}

/// Opens the dock when a call begins, and puts the keypad away when it is over.
fn follow_calls(scope: Scope) {
    let Scope { dock, .. } = scope;
    let live = scope.holds(is_live);
    follow(move || {
        if live.get() {
            dock.collapsed.set(false);
        } else if dock.panel.get_untracked() == Panel::Keypad {
            dock.panel.set(Panel::None);
        }
    });
}
