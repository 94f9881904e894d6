//! A field of a type of record while it is changed.

use leptos::prelude::*;
use ringdock_api::record::{Choice, Field, FieldKind};

use super::key_name::key_of;
use crate::{
    parts::{Form, Icon, Input, check, icon, select},
    state::Scope,
    words,
};

const KINDS: [FieldKind; 7] = [
    FieldKind::Text,
    FieldKind::Phone,
    FieldKind::Email,
    FieldKind::Choice,
    FieldKind::Date,
    FieldKind::Money,
    FieldKind::Link,
];

/// In front of an option that closes a record.
const CLOSES: char = '!';

/// A field while it is changed.
#[derive(Clone)]
pub struct FieldDraft {
    /// The field as it was; none for a new one, whose key is made of its label.
    old: Option<Field>,
    /// What it is called.
    pub label: RwSignal<String>,
    /// Its kind, as [`words::field_kind`] calls it.
    pub kind: RwSignal<String>,
    required: RwSignal<bool>,
    target: RwSignal<String>,
    /// The options of a choice, one on each line.
    options: RwSignal<String>,
}

impl FieldDraft {
    /// A new field of text.
    pub fn named(label: &str, required: bool) -> Self {
        Self {
            old: None,
            label: RwSignal::new(label.to_owned()),
            kind: RwSignal::new(words::field_kind(FieldKind::Text).to_owned()),
            required: RwSignal::new(required),
            target: RwSignal::new(String::new()),
            options: RwSignal::new(String::new()),
        }
    }

    /// A field that is there.
    pub fn of(field: &Field) -> Self {
        let line = |option: &Choice| {
            let mark = if option.closed { String::from(CLOSES) } else { String::new() };
            mark + &option.label
        };
        let options = field.options.iter().map(line).collect::<Vec<_>>().join("\n");
        Self {
            label: RwSignal::new(field.label.clone()),
            kind: RwSignal::new(words::field_kind(field.kind).to_owned()),
            required: RwSignal::new(field.required),
            target: RwSignal::new(field.target.clone().unwrap_or_default()),
            options: RwSignal::new(options),
            old: Some(field.clone()),
        }
    }

    /// The field as it is to be, with this name in records.
    pub fn read(&self, key: String) -> Field {
        let chosen = self.kind.get_untracked();
        let kind = KINDS.into_iter().find(|kind| words::field_kind(*kind) == chosen);
        let kind = kind.unwrap_or(FieldKind::Text);
        let target = Some(self.target.get_untracked());
        Field {
            key,
            label: self.label.get_untracked(),
            kind,
            options: if kind == FieldKind::Choice { self.choices() } else { Vec::new() },
            target: target.filter(|target| kind == FieldKind::Link && !target.is_empty()),
            required: self.required.get_untracked(),
        }
    }

    /// The options; one whose label stood there before keeps its value.
    fn choices(&self) -> Vec<Choice> {
        let old = self.old.as_ref().map(|field| field.options.as_slice()).unwrap_or_default();
        let text = self.options.get_untracked();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut choices: Vec<Choice> = Vec::new();
        for line in lines {
            let label = line.trim_start_matches(CLOSES).trim();
            let taken = |value: &str| old.iter().chain(&choices).any(|other| other.value == value);
            let before = old.iter().find(|option| option.label == label);
            let value = match before {
                Some(option) => option.value.clone(),
                None => key_of(label, "option", taken),
            };
            let closed = line.starts_with(CLOSES);
            choices.push(Choice { value, label: label.to_owned(), closed });
        }
        choices
    }
}

/// The name of each field in records: the one it has, or one made of its label.
pub fn keys(fields: &[FieldDraft]) -> Vec<String> {
    let old = |key: &str| fields.iter().any(|f| f.old.as_ref().is_some_and(|old| old.key == key));
    let mut keys: Vec<String> = Vec::new();
    for field in fields {
        let key = match &field.old {
            Some(field) => field.key.clone(),
            None => key_of(&field.label.get(), "field", |key| {
                old(key) || keys.iter().any(|other| other == key)
            }),
        };
        keys.push(key);
    }
    keys
}

/// The controls of the field at place `at` of `fields`.
pub fn field_card(
    scope: Scope,
    form: Form,
    fields: RwSignal<Vec<FieldDraft>>,
    at: usize,
    field: FieldDraft,
) -> AnyView {
    let name = |part: &str| ["fields.", &at.to_string(), ".", part].concat();
    let FieldDraft { label, kind, required, target, options, .. } = field;
    let kinds =
        KINDS.map(words::field_kind).map(|kind| (kind.to_owned(), kind.to_owned())).to_vec();
    let is = move |wanted: FieldKind| kind.with(|kind| kind == words::field_kind(wanted));
    let types = untrack(|| scope.types.value()).map(|page| page.items).unwrap_or_default();
    let types: Vec<_> = types.into_iter().map(|kind| (kind.key, kind.name)).collect();
    let (options_name, target_name) = (name("options"), name("target"));
    let more = move || {
        if is(FieldKind::Choice) {
            let input = Input::new(form, &options_name, words::OPTIONS, options);
            return input.lines(4).hint(words::OPTIONS_HINT).view();
        }
        let none = (String::new(), words::NONE.to_owned());
        let types = std::iter::once(none).chain(types.clone()).collect();
        match is(FieldKind::Link) {
            true => select(form, &target_name, words::LINKS_TO, target, types),
            false => ().into_any(),
        }
    };
    let group = move || {
        label.with(|label| match label.trim() {
            "" => words::NEW_FIELD.to_owned(),
            label => label.to_owned(),
        })
    };
    // What is pressed tells the form nothing of a change.
    let change = move |act: &dyn Fn(&mut Vec<FieldDraft>)| {
        form.touch();
        fields.update(act);
    };
    let up = (at > 0).then(|| view! {
        <button type="button" class="button quiet"
            aria-label=move || words::on_field(words::MOVE_UP, &label.get())
            on:click=move |_| change(&|fields| fields.swap(at, at - 1))>{words::MOVE_UP}</button>
    });
    view! {
        <div class="type-field" role="group" aria-label=group>
            <div class="fields">
                {Input::new(form, &name("label"), words::LABEL, label).required(true).view()}
                {select(form, &name("kind"), words::KIND, kind, kinds)}
                {more}
            </div>
            <div class="buttons">
                {check(words::REQUIRED, None, required)}
                {up}
                <button type="button" class="button quiet"
                    aria-label=move || words::on_field(words::REMOVE_FIELD, &label.get())
                    on:click=move |_| change(&|fields| drop(fields.remove(at)))>
                    {icon(Icon::Trash)}<span>{words::REMOVE_FIELD}</span>
                </button>
            </div>
        </div>
    }
    .into_any()
}
