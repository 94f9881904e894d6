//! The dock as a whole: panel or bubble, in one of the window's two bottom corners.

use super::announcer::Announcer;
use super::bubble::Bubble;
use super::focus::{Focus, Spot};
use super::panel::Panel as DockPanel;
use super::slice::{Scene, scene, slice};
use crate::state::{Corner, Dock, Panel, PhoneModel, words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use ringdock_phone::LineState;

/// The dock. Wants the contexts [`PhoneModel`], [`Dock`] and [`Numbers`](crate::state::Numbers) above it,
/// and draws nothing while there is no line.
#[component]
pub fn Root() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dock = expect_context::<Dock>();
    provide_context(Focus::new());
    follow_calls(phone, dock);
    let off = slice(phone, |view| view.line == LineState::Off);
    move || (!off.get()).then(|| view! { <Softphone/> }.into_any())
}

#[component]
fn Softphone() -> impl IntoView {
    let dock = expect_context::<Dock>();
    let focus = expect_context::<Focus>();
    // A memo, so that opening what is open does not build the panel anew.
    let collapsed = Memo::new(move |_| dock.collapsed.get());
    let corner = move || match dock.corner.get() {
        Corner::Left => "left",
        Corner::Right => "right",
    };
    let close_panel = move |ev: KeyboardEvent| {
        let opener = match dock.panel.get_untracked() {
            Panel::DialPad => Spot::DialPad,
            Panel::Keypad => Spot::Keypad,
            Panel::None => return,
        };
        if ev.key() == "Escape" && !dock.collapsed.get_untracked() {
            ev.stop_propagation();
            dock.panel.set(Panel::None);
            focus.send(opener);
        }
    };
    view! {
        <section
            class="dock"
            class:bubbled=move || collapsed.get()
            aria-label=words::SOFTPHONE
            data-corner=corner
            on:keydown=close_panel
        >
            <Announcer/>
            {move || if collapsed.get() {
                view! { <Bubble/> }.into_any()
            } else {
                view! { <DockPanel/> }.into_any()
            }}
        </section>
    }
}

/// Opens the dock when a call begins, and puts the keypad away when it is over.
fn follow_calls(phone: PhoneModel, dock: Dock) {
    let live = slice(phone, |view| {
        view.call.as_ref().filter(|_| scene(view) != Scene::Idle).map(|call| call.leg)
    });
    Effect::new(move |_| {
        if live.get().is_some() {
            dock.collapsed.set(false);
        } else if dock.panel.get_untracked() == Panel::Keypad {
            dock.panel.set(Panel::None);
        }
    });
}
