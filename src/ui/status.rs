//! The status dot: a shape, a colour and a word, and the last message on hover or focus.

use super::slice::slice;
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::Dot;

/// The name of a dot in the style sheet.
pub fn dot_class(dot: Dot) -> &'static str {
    match dot {
        Dot::Connected => "ok",
        Dot::Connecting => "warn",
        Dot::Disconnected => "bad",
        Dot::Off => "off",
    }
}

/// The dot with its word and its tooltip.
#[component]
pub fn Status() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dot = slice(phone, |view| view.dot());
    let message = Memo::new(move |_| {
        let now = phone.now.get();
        phone.view.with(|view| words::status(view, now))
    });
    view! {
        <div class="status-box">
            <span class="status" role="status" tabindex="0" aria-describedby="status-message">
                <span class="dot" data-dot=move || dot_class(dot.get())></span>
                {move || words::dot(dot.get())}
            </span>
            <span class="tooltip" role="tooltip" id="status-message">{move || message.get()}</span>
        </div>
    }
}
