use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{Icon, icon};
use crate::words;

/// A text to be taken elsewhere, with a button that copies it.
pub fn copy_field(id: &'static str, label: &'static str, text: String) -> AnyView {
    let copied = RwSignal::new(false);
    let source = text.clone();
    let copy = move |_| {
        let Some(window) = web_sys::window() else { return };
        let promise = window.navigator().clipboard().write_text(&source);
        spawn_local(async move {
            // Where the browser refuses, the text is there to be marked by hand.
            if JsFuture::from(promise).await.is_ok() && copied.try_set(true).is_none() {
                TimeoutFuture::new(2_000).await;
                let _ = copied.try_set(false);
            }
        });
    };
    let sign = move || icon(if copied.get() { Icon::Check } else { Icon::Copy });
    let word = move || if copied.get() { words::COPIED } else { words::COPY };
    view! {
        <div class="field copy">
            <label for=id>{label}</label>
            <div class="row">
                <input id=id type="text" readonly value=text spellcheck="false" />
                <button type="button" class="button" aria-label=[words::COPY, " ", label].concat() on:click=copy>
                    {sign}<span aria-live="polite">{word}</span>
                </button>
            </div>
        </div>
    }
    .into_any()
}
