//! Somebody calls.

use super::focus::{Focus, Spot};
use super::icon::{Icon, icon};
use super::slice::slice;
use super::who::Who;
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::{Intent, PhoneView};

/// Who calls, and why the call cannot be taken if that is so.
#[component]
pub fn Incoming() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let refusal = slice(phone, refusal);
    view! {
        <div class="call ringing">
            <Who><span class="stage">{words::INCOMING_CALL}</span></Who>
            {move || refusal.get().map(|reason| view! {
                <p class="hint wrong" id="answer-hint">{reason}</p>
            })}
        </div>
    }
}

/// **Decline** and **Answer**, apart and of equal size.
#[component]
pub fn IncomingControls() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let focus = expect_context::<Focus>();
    let may_decline = slice(phone, |view| view.may.decline);
    let refusal = slice(phone, refusal);
    let act = move |intent| {
        phone.act(intent);
        focus.send(Spot::Middle);
    };
    view! {
        <div class="controls incoming-controls">
            <button
                type="button"
                class="action stop"
                disabled=move || !may_decline.get()
                on:click=move |_| act(Intent::Decline)
            >
                {icon(Icon::PhoneOff)}
                {words::DECLINE}
            </button>
            <button
                type="button"
                class="action go"
                aria-describedby="answer-hint"
                disabled=move || refusal.get().is_some()
                on:click=move |_| act(Intent::Answer)
            >
                {icon(Icon::Phone)}
                {words::ANSWER}
            </button>
        </div>
    }
}

fn refusal(view: &PhoneView) -> Option<&'static str> {
    view.may.answer.err().map(words::why_not)
}
