use leptos::prelude::*;
use ringdock_api::{
    call::{Call, Outcome},
    record::RecordType,
};

use crate::words;

/// A word with a colour behind it: `ok`, `warn`, `danger`, `info` or none.
pub fn badge(tone: &'static str, word: String) -> AnyView {
    view! { <span class=["badge ", tone].concat()>{word}</span> }.into_any()
}

/// A record's status; nothing if it has none.
pub fn status_badge(kind: Option<&RecordType>, status: Option<&str>) -> AnyView {
    let Some(value) = status else { return ().into_any() };
    let option = kind
        .and_then(RecordType::status_field)
        .and_then(|field| field.options.iter().find(|option| option.value == value));
    match option {
        Some(option) => badge(if option.closed { "" } else { "info" }, option.label.clone()),
        None => badge("", value.to_owned()),
    }
}

/// How a call went.
pub fn outcome_badge(call: &Call) -> AnyView {
    let tone = match call.outcome {
        Outcome::Ringing => "info",
        Outcome::Answered => "ok",
        Outcome::Busy | Outcome::NoAnswer | Outcome::Cancelled | Outcome::Declined => "warn",
        Outcome::Failed => "danger",
    };
    badge(tone, words::outcome(call).to_owned())
}
