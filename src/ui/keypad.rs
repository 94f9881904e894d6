//! The keypad of a call: keys on screen and on the keyboard send tones, and what was sent stays visible.

use super::keys::keys;
use super::slice::slice;
use crate::state::{PhoneModel, words};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};
use ringdock_phone::{Digit, Intent};

/// The digits sent, and the keys.
#[component]
pub fn Keypad() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let sent =
        slice(phone, |view| view.call.as_ref().map(|call| call.digits.clone()).unwrap_or_default());
    let disabled = slice(phone, |view| !view.may.digit);
    let send = Callback::new(move |sign| {
        if let Some(digit) = Digit::new(sign) {
            phone.act(Intent::Digit(digit));
        }
    });
    // On the window, so that nobody has to click into the dock first.
    let listener = window_event_listener(ev::keydown, move |ev| {
        if let Some(sign) = typed_digit(&ev).filter(|_| !disabled.get_untracked()) {
            ev.prevent_default();
            send.run(sign);
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <div class="keypad" id="keypad">
            <p class="sent">
                <span class="unseen">{words::DIGITS_SENT}": "</span>
                <span class="sent-digits">{move || sent.get()}</span>
            </p>
            {keys(send, disabled.into(), false)}
        </div>
    }
}

/// The telephone key that was typed, unless it was typed into a text field or as part of a shortcut.
fn typed_digit(ev: &KeyboardEvent) -> Option<char> {
    if ev.default_prevented() || ev.repeat() || ev.ctrl_key() || ev.alt_key() || ev.meta_key() {
        return None;
    }
    // The first of the path is the element itself, also inside a shadow root.
    let target = ev.composed_path().get(0).dyn_into::<HtmlElement>().ok();
    let takes_text = |element: &HtmlElement| {
        element.is_content_editable()
            || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    };
    if target.as_ref().is_some_and(takes_text) {
        return None;
    }
    let key = ev.key();
    let mut signs = key.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    Digit::new(sign).map(Digit::as_char)
}
