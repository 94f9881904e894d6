//! The search above a list. It is part of the address, so that the way back leads to what was found.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use ringdock_api::record::{RecordQuery, RecordType};

use crate::{
    parts::{Icon, icon},
    route::Route,
    state::Scope,
    words,
};

/// How long after the last key the list is searched.
const PAUSE: Duration = Duration::from_millis(150);

/// The field **Search**, and the choice of a status.
pub fn filter(scope: Scope, kind: &RecordType, query: Memo<RecordQuery>) -> AnyView {
    let apply = move |change: &dyn Fn(&mut RecordQuery)| {
        let mut query = query.get_untracked();
        change(&mut query);
        scope.router.replace(&Route::Records(query));
    };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let search = move |text: String| {
        if let Some(earlier) = waiting.get_value() {
            earlier.clear();
        }
        let later = move || {
            let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            apply(&move |query| query.search.clone_from(&text));
        };
        waiting.set_value(set_timeout_with_handle(later, PAUSE).ok());
    };
    on_cleanup(move || {
        if let Some(Some(waiting)) = waiting.try_get_value() {
            waiting.clear();
        }
    });
    let first = query.with_untracked(|query| query.search.clone().unwrap_or_default());
    let status = kind.status_field().map(|field| {
        let options = field.options.iter().map(|option| {
            let value = option.value.clone();
            let selected = move || query.with(|query| query.status.as_deref() == Some(&value));
            view! {
                <option value=option.value.clone() prop:selected=selected>{option.label.clone()}</option>
            }
        });
        view! {
            <select aria-label=field.label.clone() on:change:target=move |event| {
                let status = Some(event.target().value()).filter(|status| !status.is_empty());
                apply(&move |query| query.status.clone_from(&status));
            }>
                <option value="" prop:selected=move || query.with(|query| query.status.is_none())>{words::ANY_STATUS}</option>
                {options.collect_view()}
            </select>
        }
    });
    view! {
        <div class="filter" role="search">
            <div class="search-field">
                {icon(Icon::Search)}
                <input type="search" aria-label=words::SEARCH placeholder=words::search_in(&kind.plural) value=first
                    on:input:target=move |event| search(event.target().value()) />
            </div>
            {status}
        </div>
    }
    .into_any()
}
