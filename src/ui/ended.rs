//! The word about a call that is over.

use super::focus::{Focus, Spot};
use super::icon::{Icon, icon};
use super::slice::slice;
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::{CallView, Direction, EndReason, Intent, Stage};
use std::time::Duration;

/// Why the call ended, how long it was, and what can be done now.
#[component]
pub fn Ended() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let call = slice(phone, |view| view.call.clone());
    move || {
        let call = call.get()?;
        match &call.stage {
            Stage::Ended { reason, talk } => Some(card(phone, &call, reason, *talk)),
            _ => None,
        }
    }
}

fn card(phone: PhoneModel, call: &CallView, reason: &EndReason, talk: Option<Duration>) -> AnyView {
    let focus = expect_context::<Focus>();
    let trouble = words::is_trouble(reason);
    let missed = *reason == EndReason::CallerGaveUp;
    let sign = if missed { Icon::PhoneMissed } else { Icon::PhoneOff };
    let party = call.party.clone();
    let who = words::who(&party).to_owned();
    let number = words::numbered(&party).to_owned();
    let again = (trouble && call.direction == Direction::Outgoing).then(|| {
        let may_dial = slice(phone, |view| view.may.dial.is_ok());
        let dial = move |_| {
            phone.act(Intent::Dial(party.clone()));
            focus.send(Spot::Middle);
        };
        view! {
            <button type="button" class="button" disabled=move || !may_dial.get() on:click=dial>
                {words::CALL_AGAIN}
            </button>
        }
    });
    let dismiss = move |_| {
        phone.act(Intent::Dismiss);
        focus.send(Spot::Middle);
    };
    let detail = words::ended_detail(reason).map(|code| view! { <p class="detail">{code}</p> });
    let talk = talk.map(|talk| view! { <p class="numeric">{words::talk_time(talk)}</p> });
    view! {
        <div class="ended" class:trouble=trouble>
            <span class="ended-sign">{icon(sign)}</span>
            <div class="ended-text">
                <h2>{words::ended_title(reason)}</h2>
                <p class="ended-who" dir="auto">{who}</p>
                <p class="number">{number}</p>
                {talk}
                <p>{words::ended(reason)}</p>
                {detail}
                {again}
            </div>
            <button
                type="button"
                class="icon-button"
                aria-label=words::DISMISS
                on:click=dismiss
            >
                {icon(Icon::Close)}
            </button>
        </div>
    }
    .into_any()
}
