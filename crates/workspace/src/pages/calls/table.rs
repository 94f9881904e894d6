use leptos::prelude::*;
use ringdock_api::call::{Call, CallQuery};

use super::row::row;
use crate::{
    client::Paged,
    parts::{Icon, empty, loaded},
    state::Scope,
    words,
};

/// The calls, newest first.
pub fn table(scope: Scope, query: Memo<CallQuery>, calls: Paged<Call>) -> AnyView {
    let inside = move || {
        loaded(calls.state(), 10, |calls| {
            if calls.is_empty() {
                return nothing(query.get() == CallQuery::default());
            }
            let rows = calls.iter().map(|call| row(scope, call)).collect_view();
            view! {
                <table class="table calls">
                    <thead><tr>
                        <th scope="col">{words::WITH}</th>
                        <th scope="col">{words::OUTCOME}</th>
                        <th scope="col" class="end">{words::TALK_TIME}</th>
                        <th scope="col" class="late">{words::AGENT}</th>
                        <th scope="col">{words::WHEN}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        })
    };
    view! { <div class="card list">{inside}</div> }.into_any()
}

fn nothing(unfiltered: bool) -> AnyView {
    let none = ().into_any();
    if unfiltered {
        empty(Icon::Phone, words::NO_CALLS, words::NO_CALLS_TEXT, none)
    } else {
        empty(Icon::Search, words::NO_CALLS_FOUND, words::NO_CALLS_FOUND_TEXT, none)
    }
}
