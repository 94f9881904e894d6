//! A new record that takes the running call.

use super::Forms;
use super::frame::Frame;
use crate::client::Failure;
use crate::crm::{Crm, new_key};
use crate::drafts::is_record;
use crate::lookup::Lookup;
use crate::words;
use leptos::prelude::*;
use ringdock_api::Fields;
use ringdock_api::record::{Field, FieldKind, NewRecord, Record, RecordBrief, RecordType};
use wasm_bindgen_futures::spawn_local;

/// What makes the record's title and what it cannot be without; for somebody unknown also the number.
pub fn record(crm: Crm, forms: Forms, key: &'static str) -> impl IntoView {
    let kind = crm.types.with(|types| types.iter().find(|kind| kind.key == key).cloned());
    kind.map(|kind| of_kind(crm, forms, kind))
}

fn of_kind(crm: Crm, forms: Forms, kind: RecordType) -> impl IntoView {
    let unknown = crm.lookup.with_untracked(Lookup::is_unknown);
    let number = crm.lookup.with_untracked(|lookup| lookup.number.clone());
    let phone = kind.fields.iter().find(|field| unknown && field.kind == FieldKind::Phone);
    let typed = |field: &&Field| !matches!(field.kind, FieldKind::Link | FieldKind::Choice);
    let asked = kind.fields.iter().filter(typed).filter(|field| {
        kind.title.contains(&field.key)
            || field.required
            || phone.is_some_and(|p| p.key == field.key)
    });
    let values: Vec<(Field, RwSignal<String>)> = asked
        .map(|field| {
            let given = if phone.is_some_and(|p| p.key == field.key) {
                number.clone()
            } else {
                String::new()
            };
            (field.clone(), RwSignal::new(given))
        })
        .collect();
    let frame = Frame::new(forms);
    let fields = values
        .iter()
        .map(|(one, value)| frame.field(one.label.clone(), input(one.kind), *value, one.required))
        .collect_view();
    // The same for every attempt: however often it is sent, it is one record.
    let once = new_key();
    let label = kind.name.clone();
    let submit = move || {
        let mut fields = crm.lookup.with_untracked(|lookup| links(&kind, lookup));
        for (field, value) in &values {
            fields.set(&field.key, value.get_untracked().trim());
        }
        let call = crm.lookup.with_untracked(|lookup| lookup.channel_id.clone());
        let new = NewRecord {
            key: Some(once.clone()),
            record_type: kind.key.clone(),
            fields,
            call: Some(call).filter(|call| !call.is_empty()),
        };
        frame.busy.set(true);
        spawn_local(async move {
            let answer: Result<Record, Failure> = crm.client().create("/api/records", &new).await;
            frame.busy.try_set(false);
            match answer {
                Ok(record) => {
                    let Record { id, record_type, title, status, .. } = record;
                    forms.finish(frame.element(), format!("{}: {title}", words::ADDED));
                    if unknown {
                        crm.add(RecordBrief { id, record_type, title, status });
                    } else {
                        crm.look_again();
                    }
                }
                Err(failure) => _ = frame.trouble.try_set(Some(failure.sentence())),
            }
        });
    };
    frame.view(label, fields, submit)
}

fn input(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Phone => "tel",
        FieldKind::Email => "email",
        FieldKind::Date => "date",
        FieldKind::Text | FieldKind::Choice | FieldKind::Money | FieldKind::Link => "text",
    }
}

/// The links of the new record to the other side, and to the account that it belongs to.
fn links(kind: &RecordType, lookup: &Lookup) -> Fields {
    let mut fields = Fields::default();
    let Some(primary) = lookup.primary().filter(|found| is_record(&found.record)) else {
        return fields;
    };
    let around = [Some(&primary.record), primary.related.account.as_ref()];
    for field in kind.fields.iter().filter(|field| field.kind == FieldKind::Link) {
        let target = around
            .into_iter()
            .flatten()
            .find(|record| Some(&record.record_type) == field.target.as_ref());
        if let Some(target) = target {
            fields.set(&field.key, &target.id.to_string());
        }
    }
    fields
}
