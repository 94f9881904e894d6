//! Calls of nobody known from a number that the record has since been given: it may take them over.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::{Page, call::Call};

use super::{Subject, entry::call_icon};
use crate::{
    client::{Fetched, order},
    parts::{Form, icon, keep_focus, moment, outcome_badge},
    words,
};

pub fn offered(subject: Subject) -> AnyView {
    let scope = subject.scope;
    let record = subject.record;
    let calls: Fetched<Page<Call>> = Fetched::new(scope.reach, move || {
        // Its numbers may be new ones.
        record.with(|_| ());
        let path = ["/api/records/", &subject.id.to_string(), "/offered-calls"].concat();
        scope.sees_calls().then_some(path)
    });
    let offers =
        Memo::new(move |_| calls.with(|page| page.map(|p| p.items.clone()).unwrap_or_default()));
    // One was taken over: its button, which has the keyboard, goes.
    let taken = StoredValue::new(false);
    let rows = move || {
        if taken.get_value() {
            keep_focus(["offered", "timeline-heading"]);
        }
        offers.get().into_iter().map(|call| row(subject, calls, &call, taken)).collect_view()
    };
    view! {
        <section class="card" aria-labelledby="offered" hidden=move || offers.with(Vec::is_empty)>
            <h3 id="offered" tabindex="-1">{words::OFFERED_CALLS}</h3>
            <p class="muted">{words::OFFERED_CALLS_TEXT}</p>
            <ul class="offers">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(
    subject: Subject,
    calls: Fetched<Page<Call>>,
    call: &Call,
    taken: StoredValue<bool>,
) -> AnyView {
    let form = Form::new(subject.scope.reach, "offer");
    let (id, record) = (call.id.to_string(), subject.id.to_string());
    let take = move |_| {
        let path = ["/api/calls/", &id, "/records/", &record].concat();
        form.send(async move { order(Method::PUT, &path).await }, move |()| {
            taken.set_value(true);
            calls.reload();
            subject.timeline.reload_soon();
        });
    };
    let label = words::take_over(&words::inline_moment(call.started_at));
    view! {
        <li>
            {icon(call_icon(call))}
            {moment(call.started_at)}
            {outcome_badge(call)}
            <button type="button" class="button" aria-label=label on:click=take>{words::TAKE_OVER}</button>
            {form.alert()}
        </li>
    }
    .into_any()
}
