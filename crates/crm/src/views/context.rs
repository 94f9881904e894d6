//! What is known of the other side: who has the number, what is open around them, and what can be done.

use super::actions::actions;
use super::form::{Forms, form};
use super::open::Opener;
use super::related::related;
use crate::calls::Stage;
use crate::crm::Crm;
use crate::lookup::{Found, Key};
use crate::words;
use leptos::prelude::*;
use ringdock_api::call::Direction;

/// The place below who, while a call comes in or is up.
pub fn context(crm: Crm, open: Opener, forms: Forms) -> impl IntoView {
    // Nothing is done for a caller before the call is taken.
    let taken = Memo::new(move |_| {
        crm.snapshot.with(|snapshot| {
            snapshot.live().is_some_and(|call| {
                call.stage == Stage::Active || call.direction == Direction::Outgoing
            })
        })
    });
    let found = Memo::new(move |_| crm.lookup.with(|lookup| lookup.found.clone()));
    let body = move || match found.get() {
        Found::Nothing => ().into_any(),
        Found::Waiting => skeleton().into_any(),
        Found::Failed(sentence) => view! { <p class="trouble">{sentence}</p> }.into_any(),
        Found::Matches(matches) => {
            let list = (matches.len() > 1).then(|| several(crm));
            view! { {list} {move || primary(crm, open)} }.into_any()
        }
    };
    view! {
        {body}
        <Show when=move || taken.get()>
            {actions(crm, open, forms)}
            {form(crm, forms)}
        </Show>
    }
}

/// The height of what is likely to come, so that nothing jumps.
fn skeleton() -> impl IntoView {
    let line = || view! { <span class="bone"></span> };
    view! { <div class="skeleton" aria-busy="true">{line()} {line()} {line()} {line()}</div> }
}

/// All who have the number; one of them is the one that the call is taken to be with.
fn several(crm: Crm) -> impl IntoView {
    let rows = move || {
        crm.lookup.with(|lookup| {
            let primary = lookup.primary().map(|primary| Key::of(&primary.record));
            let row = |found: &ringdock_api::matching::Match| {
                let key = Key::of(&found.record);
                let kind = crm.types.with(|types| words::type_name(types, &found.record.record_type));
                let (title, on) = (found.record.title.clone(), words::matched(found));
                let about = if on.is_empty() { kind } else { format!("{kind} · {on}") };
                view! {
                    <li>
                        <button type="button" class="match" aria-pressed=(primary == Some(key)).to_string()
                            on:click=move |_| crm.choose(key)>
                            <span class="match-title">{title}</span>
                            " "
                            <span class="match-about">{about}</span>
                        </button>
                    </li>
                }
            };
            lookup.matches().iter().map(row).collect_view()
        })
    };
    let count = move || crm.lookup.with(|lookup| words::several(lookup.matches().len()));
    view! {
        <h3 class="section-title">{count}</h3>
        <ul class="matches" aria-label=words::MATCHES>{rows}</ul>
    }
}

fn primary(crm: Crm, open: Opener) -> impl IntoView {
    let primary = crm.lookup.with(|lookup| lookup.primary().cloned());
    primary.map(|found| related(crm, open, found))
}
