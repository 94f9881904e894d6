//! The header: state, own number, the timer of a call, and what is always at hand.

use super::focus::{Focus, Spot};
use super::icon::{Icon, icon};
use super::slice::{Scene, answered_at, scene, slice};
use super::status::Status;
use crate::state::{Dock, Panel, PhoneModel, words};
use leptos::html;
use leptos::prelude::*;

/// The header of the open dock.
#[component]
pub fn Header() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dock = expect_context::<Dock>();
    let focus = expect_context::<Focus>();
    let since = slice(phone, answered_at);
    let dial_pad = NodeRef::<html::Button>::new();
    let collapse = NodeRef::<html::Button>::new();
    focus.receive(Spot::DialPad, dial_pad);
    focus.receive(Spot::Collapse, collapse);
    let in_call = slice(phone, |view| scene(view) != Scene::Idle);
    let expanded = move || dock.panel.get() == Panel::DialPad && !in_call.get();
    let toggle_dial_pad = move |_| {
        dock.toggle(Panel::DialPad);
        if dock.panel.get_untracked() == Panel::DialPad {
            focus.send(Spot::Number);
        }
    };
    let shrink = move |_| {
        dock.collapsed.set(true);
        focus.send(Spot::Expand);
    };
    view! {
        <header class="header">
            <Status/>
            <span class="own">{move || dock.own.get()}</span>
            // Seen only: the timer of the middle is the one with the role.
            <span class="clock" aria-hidden="true">
                {move || since.get().map(|since| words::clock(phone.now.get() - since))}
            </span>
            <button
                type="button"
                class="icon-button"
                node_ref=dial_pad
                aria-label=words::DIAL_PAD
                aria-expanded=move || if expanded() { "true" } else { "false" }
                disabled=move || in_call.get()
                on:click=toggle_dial_pad
            >
                {icon(Icon::Keypad)}
            </button>
            <button
                type="button"
                class="icon-button"
                node_ref=collapse
                aria-label=words::COLLAPSE
                on:click=shrink
            >
                {icon(Icon::ChevronDown)}
            </button>
        </header>
    }
}
