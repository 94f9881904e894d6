use std::sync::Arc;

use leptos::prelude::*;
use ringdock_api::{
    Fields, Id,
    record::{Link, NewRecord, Record, RecordType},
};

use super::{
    fields::{Draft, inputs},
    list::brief,
};
use crate::{
    client::{Fetched, Load, create},
    pages::lost::no_page,
    parts::{Form, page_heading, skeleton},
    route::Route,
    state::{Scope, new_key},
    words,
};

/// The form for a new record. `link` names a field of it and the record that it leads to.
pub fn new(scope: Scope, key: String, link: Option<(String, Id)>) -> AnyView {
    let to = link.as_ref().map(|(_, id)| *id);
    let linked: Fetched<Record> =
        Fetched::new(scope.reach, move || to.map(|id| ["/api/records/", &id.to_string()].concat()));
    let unsaved = scope.router.unsaved();
    let kind = Memo::new(move |before: Option<&Option<RecordType>>| match before {
        // What was typed stays, whatever becomes of the type meanwhile.
        Some(Some(kind)) if unsaved.any() => Some(kind.clone()),
        _ => scope.kind(&key),
    });
    let title = move || kind.get().map(|kind| words::new_record(&kind.name)).unwrap_or_default();
    let body = move || {
        let Some(kind) = kind.get() else { return skeleton(6) };
        // Without the record to link to, the form is as good: it is left to be chosen.
        match (&link, linked.state()) {
            (Some(_), Load::Waiting) => skeleton(6),
            (Some((field, _)), Load::Here(record)) => {
                form(scope, &kind, vec![Link { field: field.clone(), record: brief(&record) }])
            }
            _ => form(scope, &kind, Vec::new()),
        }
    };
    let body = Arc::new(body);
    let is_known =
        Memo::new(move |_| kind.with(Option::is_some) || scope.types.with(|t| t.is_none()));
    (move || {
        if !is_known.get() {
            return no_page();
        }
        let body = body.clone();
        view! {
            <div class="page-top">{page_heading(title)}</div>
            <div class="card narrow">{move || body()}</div>
        }
        .into_any()
    })
    .into_any()
}

fn form(scope: Scope, kind: &RecordType, links: Vec<Link>) -> AnyView {
    let form = Form::new(scope.reach, "new");
    let draft = Draft::new(kind, &Fields::default(), &links);
    let fields = inputs(scope, form, kind, &draft);
    let cancel = Route::records(&kind.key).href();
    let cancel = view! { <a class="button" href=cancel>{words::CANCEL}</a> }.into_any();
    let kind = kind.key.clone();
    // The same for every attempt: however often it is sent, it is one record.
    let key = new_key();
    form.view(words::CREATE, fields, cancel, move || {
        let fields = draft.changes(&Fields::default());
        let body =
            NewRecord { key: Some(key.clone()), record_type: kind.clone(), fields, call: None };
        form.send(async move { create::<Record>("/api/records", &body).await }, move |record| {
            scope.say(&words::created(&record.title));
            scope.router.replace(&Route::record(&record.record_type, record.id));
        });
    })
}
