//! The call history.

mod filters;
mod row;
mod table;

use leptos::prelude::*;
use ringdock_api::{
    call::{Call, CallQuery},
    event::Event,
};

use crate::{
    client::{Paged, with_query},
    parts::{Icon, icon, more, page_heading},
    route::Route,
    state::Scope,
    words,
};

/// The page of the call history: filters, the calls, and the same as a file.
pub fn page(scope: Scope) -> AnyView {
    let query = Memo::new(move |_| match scope.router.route().get() {
        Route::Calls(query) => query,
        _ => CallQuery::default(),
    });
    let calls: Paged<Call> =
        Paged::new(scope.reach, move || with_query("/api/calls", &query.get()));
    scope.live.on(move |event| {
        if matches!(event, Event::Call { .. }) {
            calls.reload_soon();
        }
    });
    let csv = move || with_query("/api/calls.csv", &query.get());
    view! {
        <div class="page-top">
            {page_heading(|| words::CALLS.to_owned())}
            <div class="page-actions">
                <a class="button" href=csv download="calls.csv">{icon(Icon::Download)}<span>{words::EXPORT_CSV}</span></a>
            </div>
        </div>
        {filters::filters(scope, query)}
        {table::table(scope, query, calls)}
        {more(calls)}
    }
    .into_any()
}
