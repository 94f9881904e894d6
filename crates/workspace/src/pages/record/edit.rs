//! The fields, to be changed.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::record::{Record, RecordChange, RecordType};

use super::Subject;
use crate::{
    client::send,
    pages::records::fields::{Draft, inputs},
    parts::{Form, focus},
    words,
};

pub fn edit(subject: Subject, kind: &RecordType, record: &Record) -> AnyView {
    let form = Form::new(subject.scope.reach, "record");
    let draft = Draft::new(kind, &record.fields, &record.links);
    let fields = inputs(subject.scope, form, kind, &draft);
    let close = move || {
        subject.editing.set(false);
        request_animation_frame(|| focus("edit-record"));
    };
    let cancel = view! {
        <button type="button" class="button" on:click=move |_| close()>{words::CANCEL}</button>
    };
    let before = record.fields.clone();
    let save = move || {
        let change = RecordChange { fields: draft.changes(&before) };
        if change.fields.0.is_empty() {
            return close();
        }
        let path = ["/api/records/", &subject.id.to_string()].concat();
        form.send(
            async move { send::<Record>(Method::PATCH, &path, &change).await },
            move |record| {
                subject.record.set(record);
                subject.scope.say(words::SAVED);
                close();
            },
        );
    };
    view! { <div id="record-form" tabindex="-1">{form.view(words::SAVE, fields, cancel.into_any(), save)}</div> }
        .into_any()
}
