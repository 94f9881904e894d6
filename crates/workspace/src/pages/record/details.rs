//! The fields, to be read; a button turns them into a form.

use leptos::prelude::*;
use ringdock_api::record::{Field, FieldKind, Record, RecordType};

use super::{Subject, edit::edit};
use crate::{
    pages::records::brief,
    parts::{call_button, focus},
    route::Route,
    state::Scope,
    words,
};

pub fn details(subject: Subject, kind: Memo<RecordType>) -> AnyView {
    let editing = subject.editing;
    let start = move |_| {
        editing.set(true);
        request_animation_frame(|| focus("record-form"));
    };
    let shown = move || {
        // What is being typed stays, whatever changes elsewhere meanwhile.
        if editing.get() {
            let record = untrack(|| subject.record.value())?;
            return Some(edit(subject, &kind.get_untracked(), &record));
        }
        let record = subject.record.value()?;
        Some(kind.with(|kind| list(subject.scope, kind, &record)))
    };
    view! {
        <section class="card" aria-labelledby="details-heading">
            <div class="card-top">
                <h2 id="details-heading">{words::DETAILS}</h2>
                <button type="button" class="button quiet" id="edit-record" hidden=move || editing.get() || subject.is_gone()
                    on:click=start>{words::EDIT}</button>
            </div>
            {shown}
        </section>
    }
    .into_any()
}

fn list(scope: Scope, kind: &RecordType, record: &Record) -> AnyView {
    let rows = kind.fields.iter().filter_map(|field| {
        let value = value(scope, field, record)?;
        Some(view! { <div class="pair"><dt>{field.label.clone()}</dt><dd>{value}</dd></div> })
    });
    view! {
        <dl class="pairs">{rows.collect_view()}</dl>
        <p class="muted small">{words::changed_at(record.created_at, record.updated_at)}</p>
    }
    .into_any()
}

/// A field's value as it is read; none if it is empty.
fn value(scope: Scope, field: &Field, record: &Record) -> Option<AnyView> {
    let text = record.fields.get(&field.key)?.to_owned();
    Some(match field.kind {
        FieldKind::Phone => {
            let phone = record.phones.iter().find(|phone| phone.field == field.key)?;
            let doubt = phone.e164.is_none().then(|| {
                view! {
                    <small class="error">{words::NOT_A_NUMBER}</small>
                }
            });
            view! {
                <span class="number">{phone.typed.clone()}</span>
                {call_button(scope, phone, &brief(record))}{doubt}
            }
            .into_any()
        }
        FieldKind::Email => {
            let href = ["mailto:", &text].concat();
            view! { <a href=href>{text}</a> }.into_any()
        }
        FieldKind::Choice => {
            let option = field.options.iter().find(|option| option.value == text);
            option.map_or(text, |option| option.label.clone()).into_any()
        }
        FieldKind::Date => words::stored_date(&text).into_any(),
        FieldKind::Money => {
            view! { <span class="number">{words::money(&text, &scope.currency())}</span> }
                .into_any()
        }
        FieldKind::Link => {
            let link = record.links.iter().find(|link| link.field == field.key)?;
            let href = Route::record(&link.record.record_type, link.record.id).href();
            view! { <a href=href>{link.record.title.clone()}</a> }.into_any()
        }
        FieldKind::Text => view! { <span class="text">{text}</span> }.into_any(),
    })
}
