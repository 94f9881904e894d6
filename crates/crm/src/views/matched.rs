//! What the other side's name was found by.

use crate::crm::Crm;
use crate::lookup::Found;
use crate::words;
use leptos::prelude::*;

/// One line below the number, of the same height whether it is known or not.
pub fn matched(crm: Crm) -> impl IntoView {
    let line = move || {
        crm.lookup.with(|lookup| match &lookup.found {
            Found::Matches(matches) if matches.is_empty() => words::UNKNOWN.to_owned(),
            Found::Matches(_) => lookup.primary().map(words::matched).unwrap_or_default(),
            Found::Nothing | Found::Waiting | Found::Failed(_) => String::new(),
        })
    };
    let asked = move || crm.lookup.with(|lookup| lookup.found != Found::Nothing);
    view! {
        <Show when=asked>
            <p class="matched-on">{line}</p>
        </Show>
    }
}
