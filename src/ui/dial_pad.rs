//! The dial pad: a field and twelve keys in the middle, **Call** below.

use super::dialer::{Dialer, Hint};
use super::focus::{Focus, Spot};
use super::icon::{Icon, icon};
use super::keys::keys;
use crate::state::words;
use leptos::ev::{Event, KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::InputEvent;

/// The field **Phone number** and the keys.
#[component]
pub fn DialPad() -> impl IntoView {
    let dialer = Dialer::of_context();
    let focus = expect_context::<Focus>();
    let field = NodeRef::<html::Input>::new();
    focus.receive(Spot::Number, field);
    let hint = dialer.hint();
    let on_input = move |ev: Event| {
        dialer.typed().set(event_target_value(&ev));
        if is_insertion(&ev) {
            dialer.clean();
        }
    };
    // With a mouse the caret stays in the field, so that Enter dials; a finger must not open a keyboard.
    let keep_typing = move |ev: PointerEvent| {
        if ev.pointer_type() == "mouse" {
            focus.send(Spot::Number);
        }
    };
    view! {
        <div class="dial-pad" on:keydown=move |ev| on_key(dialer, &ev) on:pointerup=keep_typing>
            <input
                class="number-field"
                type="text"
                inputmode="tel"
                autocomplete="off"
                spellcheck="false"
                aria-label=words::PHONE_NUMBER
                placeholder=words::PHONE_NUMBER
                aria-describedby="dial-hint"
                aria-invalid=move || (hint.get() == Hint::Wrong).then_some("true")
                node_ref=field
                prop:value=move || dialer.typed().get()
                on:input=on_input
            />
            <p class="hint" id="dial-hint" class:wrong=move || hint.get() == Hint::Wrong>
                {move || hint_text(hint.get())}
            </p>
            {keys(Callback::new(move |sign| dialer.press(sign)), Signal::from(false), true)}
        </div>
    }
}

/// **Delete last digit** and **Call**.
#[component]
pub fn DialControls() -> impl IntoView {
    let dialer = Dialer::of_context();
    let can_call = dialer.can_call();
    let empty = move || dialer.typed().with(String::is_empty);
    view! {
        <div class="controls dial-controls">
            <button
                type="button"
                class="tile"
                aria-label=words::DELETE_LAST_DIGIT
                disabled=empty
                on:mousedown=|ev| ev.prevent_default()
                on:click=move |_| dialer.delete()
            >
                {icon(Icon::Delete)}
            </button>
            <button
                type="button"
                class="action go"
                aria-describedby="dial-hint"
                disabled=move || !can_call.get()
                on:click=move |_| dialer.call()
            >
                {icon(Icon::Phone)}
                {words::CALL}
            </button>
        </div>
    }
}

fn hint_text(hint: Hint) -> AnyView {
    match hint {
        Hint::Wrong => words::NOT_A_NUMBER.into_any(),
        Hint::Remark(text) => text.into_any(),
        Hint::Formatted { number, country } => view! {
            <span class="formatted">{number}</span>
            <span class="country">{country}</span>
        }
        .into_any(),
    }
}

/// Text that was not typed sign by sign: pasted, dropped, filled in.
fn is_insertion(ev: &Event) -> bool {
    let how = ev.dyn_ref::<InputEvent>().map(InputEvent::input_type);
    how.is_some_and(|how| how.starts_with("insertFrom") || how == "insertReplacementText")
}

/// Enter dials. On a key, the keyboard writes into the field as well.
fn on_key(dialer: Dialer, ev: &KeyboardEvent) {
    if ev.ctrl_key() || ev.alt_key() || ev.meta_key() || ev.is_composing() {
        return;
    }
    let in_field = event_target::<leptos::web_sys::Element>(ev).tag_name() == "INPUT";
    let key = ev.key();
    match (key.as_str(), in_field) {
        ("Enter", true) => dialer.call(),
        ("Backspace", false) => dialer.delete(),
        ("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "*" | "#" | "+", false) => {
            key.chars().for_each(|sign| dialer.press(sign));
        }
        _ => return,
    }
    ev.prevent_default();
}
