//! What an open dock shows between calls.

use super::icon::{Icon, icon};
use super::slice::slice;
use super::status::dot_class;
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::{Dot, LineState, PhoneView};

/// The empty state: whether calls can come, and how to place one.
#[component]
pub fn Idle() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dot = slice(phone, |view| view.dot());
    let explained = slice(phone, is_explained);
    let heading = move || match dot.get() {
        Dot::Connected => words::READY,
        Dot::Connecting => words::GETTING_READY,
        Dot::Disconnected | Dot::Off => words::NOT_READY,
    };
    let text = move || match dot.get() {
        Dot::Connected => words::READY_TEXT,
        Dot::Connecting => words::GETTING_READY_TEXT,
        Dot::Disconnected | Dot::Off => "",
    };
    move || {
        let content = || {
            view! {
            <div class="idle" data-dot=move || dot_class(dot.get())>
                <span class="idle-sign">{icon(Icon::Phone)}</span>
                <div>
                    <h2>{heading}</h2>
                    <p>{text}</p>
                </div>
            </div>
            }
        };
        (!explained.get()).then(|| content().into_any())
    }
}

/// A banner says already what is going on.
fn is_explained(view: &PhoneView) -> bool {
    words::microphone(view.microphone).is_some()
        || matches!(view.line, LineState::Lost { .. } | LineState::Down { .. })
}
