//! The keypad of a call: its keys send tones, and what was sent stays visible. The keyboard's keys do so in
//! every state of the dock, and belong to the page (`host::keys`).

use super::keys::keys;
use super::slice::slice;
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
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
