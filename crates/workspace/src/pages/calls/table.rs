use leptos::prelude::*;
use ringdock_api::call::{Call, CallQuery};

use super::row::row;
use crate::{
    client::Paged,
    parts::{Icon, empty, keyed},
    state::Scope,
    words,
};

/// The calls, newest first.
pub fn table(scope: Scope, query: Memo<CallQuery>, calls: Paged<Call>) -> AnyView {
    let inside = keyed(
        move || calls.state(),
        10,
        |call| call.id,
        move || nothing(query.get() == CallQuery::default()),
        move |call| row(scope, call),
        frame,
    );
    view! { <div class="card list">{inside}</div> }.into_any()
}

fn frame(rows: AnyView) -> AnyView {
    view! {
        <table class="table calls stacked">
            <thead><tr>
                <th scope="col">{words::WITH}</th>
                <th scope="col">{words::OUTCOME}</th>
                <th scope="col" class="end">{words::TALK_TIME}</th>
                <th scope="col" class="late">{words::AGENT}</th>
                <th scope="col">{words::LEFT}</th>
                <th scope="col">{words::WHEN}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn nothing(unfiltered: bool) -> AnyView {
    let none = ().into_any();
    if unfiltered {
        empty(Icon::Phone, words::NO_CALLS, words::NO_CALLS_TEXT, none)
    } else {
        empty(Icon::Search, words::NO_CALLS_FOUND, words::NO_CALLS_FOUND_TEXT, none)
    }
}
