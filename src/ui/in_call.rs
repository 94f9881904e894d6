//! A call that is being placed or is up.

use super::focus::{Focus, Spot};
use super::icon::{Icon, icon};
use super::keypad::Keypad;
use super::slice::{answered_at, slice};
use super::who::Who;
use crate::state::{Dock, Panel, PhoneModel, words};
use leptos::html;
use leptos::prelude::*;
use ringdock_phone::{Intent, PhoneView};

/// Who, state and timer, and the keypad if it is open.
#[component]
pub fn InCall() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dock = expect_context::<Dock>();
    let stage = slice(phone, |view| {
        view.call.as_ref().map(|call| words::stage(&call.stage)).unwrap_or_default()
    });
    let since = slice(phone, answered_at);
    let muted = slice(phone, is_muted);
    let keypad = Memo::new(move |_| dock.panel.get() == Panel::Keypad);
    let timer = move || {
        let since = since.get()?;
        let text = move || words::clock(phone.now.get() - since);
        Some(view! { <span class="timer" role="timer">{text}</span> })
    };
    view! {
        <div class="call">
            <Who>
                {timer}
                <span class="stage">{move || stage.get()}</span>
                {move || muted.get().then(|| view! { <span class="chip">{words::MUTED}</span> })}
            </Who>
            {move || keypad.get().then(|| view! { <Keypad/> }.into_any())}
        </div>
    }
}

/// **End**, **Mute** and **Keypad**. End stands where Decline was, so that a second click on Answer cannot hit it.
#[component]
pub fn CallControls() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dock = expect_context::<Dock>();
    let focus = expect_context::<Focus>();
    let muted = slice(phone, is_muted);
    let may_mute = slice(phone, |view| view.may.mute);
    let may_send = slice(phone, |view| view.may.digit);
    let may_end = slice(phone, |view| view.may.hang_up);
    let keypad = NodeRef::<html::Button>::new();
    focus.receive(Spot::Keypad, keypad);
    let open = move || dock.panel.get() == Panel::Keypad;
    let end = move |_| {
        phone.act(Intent::HangUp);
        focus.send(Spot::Middle);
    };
    let toggle_mute = move |_| phone.act(Intent::SetMuted(!muted.get_untracked()));
    view! {
        <div class="controls call-controls">
            <button type="button" class="action stop" disabled=move || !may_end.get() on:click=end>
                {icon(Icon::PhoneOff)}
                {words::END}
            </button>
            <button
                type="button"
                class="tile"
                aria-pressed=move || truth(muted.get())
                disabled=move || !may_mute.get()
                on:click=toggle_mute
            >
                {move || icon(if muted.get() { Icon::MicrophoneOff } else { Icon::Microphone })}
                {words::MUTE}
            </button>
            <button
                type="button"
                class="tile"
                node_ref=keypad
                aria-expanded=move || truth(open())
                aria-controls="keypad"
                disabled=move || !may_send.get() && !open()
                on:click=move |_| dock.toggle(Panel::Keypad)
            >
                {icon(Icon::Keypad)}
                {words::KEYPAD}
            </button>
        </div>
    }
}

fn is_muted(view: &PhoneView) -> bool {
    view.call.as_ref().is_some_and(|call| call.muted)
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
