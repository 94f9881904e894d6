//! Requests of other programs to call the record back. They never place a call: a person clicks.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::call_back::CallBack;

use super::Subject;
use crate::{
    client::send,
    parts::{Form, Icon, icon, keep_focus, number_button},
    words,
};

pub fn call_backs(subject: Subject) -> AnyView {
    let open = Memo::new(move |_| {
        subject.related.with(|related| related.map(|r| r.call_backs.clone()).unwrap_or_default())
    });
    // One was closed here: its button, which has the keyboard, goes.
    let done = StoredValue::new(false);
    let rows = move || {
        if done.get_value() {
            keep_focus(["call-backs", "page-heading"]);
        }
        open.get().into_iter().map(|request| row(subject, request, done)).collect_view()
    };
    view! {
        <section class="call-backs" aria-labelledby="call-backs" hidden=move || open.with(Vec::is_empty)>
            <h2 id="call-backs" tabindex="-1">{icon(Icon::CallBack)}{words::CALL_BACKS}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(subject: Subject, request: CallBack, done: StoredValue<bool>) -> AnyView {
    let form = Form::new(subject.scope.reach, "call-back");
    let label = words::mark_done(&request.reason);
    let close = move |_| {
        let path = ["/api/call-backs/", &request.id.to_string(), "/done"].concat();
        form.send(async move { send::<CallBack>(Method::POST, &path, &()).await }, move |_| {
            done.set_value(true);
            subject.related.reload_soon();
        });
    };
    let due = request.due_at.map(|due| words::not_before(&words::moment(due)));
    let number = request.number.clone();
    let call = (!number.is_empty()).then(|| {
        view! {
            <span class="number">{number.clone()}</span>
            {number_button(subject.scope, &number, number.clone(), Some(&request.record))}
        }
    });
    view! {
        <li>
            <div class="call-back-text"><p>{request.reason}</p><p class="muted small">{due}</p></div>
            <div class="call-back-actions">{call}
                <button type="button" class="button" aria-label=label on:click=close>{words::MARK_DONE}</button>
            </div>
            {form.alert()}
        </li>
    }
    .into_any()
}
