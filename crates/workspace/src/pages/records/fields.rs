//! The fields of a record as a form.

use leptos::prelude::*;
use ringdock_api::{
    Fields,
    record::{Field, FieldKind, Link, RecordBrief, RecordType},
};

use crate::{
    parts::{Form, Input, picker, select},
    state::Scope,
    words,
};

/// A field and what is in it now.
#[derive(Clone)]
enum Value {
    Text(RwSignal<String>),
    Record(RwSignal<Option<RecordBrief>>),
}

/// The values of a form, before they are sent.
#[derive(Clone)]
pub struct Draft {
    values: Vec<(String, Value)>,
}

impl Draft {
    /// A draft that begins with the values of a record.
    pub fn new(kind: &RecordType, fields: &Fields, links: &[Link]) -> Self {
        let value = |field: &Field| match field.kind {
            FieldKind::Link => {
                let link = links.iter().find(|link| link.field == field.key);
                Value::Record(RwSignal::new(link.map(|link| link.record.clone())))
            }
            _ => Value::Text(RwSignal::new(fields.get(&field.key).unwrap_or_default().to_owned())),
        };
        let values = kind.fields.iter().map(|field| (field.key.clone(), value(field))).collect();
        Self { values }
    }

    /// The values that differ from those of `before`.
    pub fn changes(&self, before: &Fields) -> Fields {
        let mut changed = Fields::default();
        for (key, value) in &self.values {
            let now = value.text();
            if now != before.get(key).unwrap_or_default() {
                changed.set(key, &now);
            }
        }
        changed
    }

    fn value(&self, key: &str) -> Option<&Value> {
        self.values.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

impl Value {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.get_untracked().trim().to_owned(),
            Self::Record(record) => {
                record.with_untracked(|r| r.as_ref().map(|r| r.id.to_string())).unwrap_or_default()
            }
        }
    }
}

/// A control for each field of the type.
pub fn inputs(scope: Scope, form: Form, kind: &RecordType, draft: &Draft) -> AnyView {
    let control =
        |field: &Field| draft.value(&field.key).map(|value| input(scope, form, field, value));
    let controls = kind.fields.iter().filter_map(control).collect_view();
    view! { <div class="fields">{controls}</div> }.into_any()
}

fn input(scope: Scope, form: Form, field: &Field, value: &Value) -> AnyView {
    let name = ["fields.", &field.key].concat();
    let value = match value {
        Value::Record(record) => {
            return picker(scope, form, &name, &field.label, field.target.clone(), *record);
        }
        Value::Text(text) => *text,
    };
    let line = Input::new(form, &name, &field.label, value).required(field.required);
    match field.kind {
        FieldKind::Choice => {
            let none = (!field.required).then(|| (String::new(), words::NONE.to_owned()));
            let options =
                field.options.iter().map(|option| (option.value.clone(), option.label.clone()));
            select(form, &name, &field.label, value, none.into_iter().chain(options).collect())
        }
        FieldKind::Phone => line.kind("tel").view(),
        FieldKind::Email => line.kind("email").view(),
        FieldKind::Date => line.kind("date").view(),
        FieldKind::Money => line.hint(&words::amount_in(&scope.currency())).view(),
        FieldKind::Text if field.key == "description" => line.lines(4).view(),
        FieldKind::Text | FieldKind::Link => line.view(),
    }
}
