//! Types of record.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::{
    event::Event,
    record::{FieldKind, RecordType},
};

use super::{
    editor::Editor,
    key_name::{control_of, key_of, title_fields},
    rows::{row, table},
    type_field::{FieldDraft, field_card, keys},
};
use crate::{
    client::{Failure, send},
    parts::{Form, Icon, Input, icon, select},
    state::Scope,
    words,
};

pub fn types(scope: Scope) -> AnyView {
    let editor: Editor<RecordType> = Editor::new(scope, "/api/types", |kind| &kind.plural);
    // They may be changed elsewhere.
    scope.live.on(move |event| {
        if *event == Event::Types {
            editor.list.reload_soon();
        }
    });
    editor.view(
        words::ADD_TYPE,
        move |kind| form(scope, editor, kind),
        move |kinds| {
            let rows = kinds.iter().map(|kind| {
                let labels = kind.fields.iter().map(|field| field.label.as_str());
                let labels = labels.collect::<Vec<_>>().join(", ");
                let cell = view! { <span class="muted">{labels}</span> }.into_any();
                row(&kind.plural, vec![cell], editor.edit_button(kind))
            });
            table(&[words::NAME, words::FIELDS], rows.collect())
        },
    )
}

/// A type while it is changed.
#[derive(Clone, Copy)]
struct Draft {
    /// None for a new type, whose key is made of its name.
    key: StoredValue<Option<String>>,
    name: RwSignal<String>,
    plural: RwSignal<String>,
    /// The key of the status field; empty for none.
    status: RwSignal<String>,
    /// The fields that made the title before.
    title: StoredValue<Vec<String>>,
    fields: RwSignal<Vec<FieldDraft>>,
}

impl Draft {
    fn new(kind: Option<RecordType>) -> Self {
        let fields = match &kind {
            Some(kind) => kind.fields.iter().map(FieldDraft::of).collect(),
            // Every record needs something to be called by.
            None => vec![FieldDraft::named(words::NAME, true)],
        };
        let text = |read: fn(&RecordType) -> &String| {
            RwSignal::new(kind.as_ref().map(read).cloned().unwrap_or_default())
        };
        let title = kind.as_ref().map(|kind| kind.title.clone()).unwrap_or_default();
        let status = kind.as_ref().and_then(|kind| kind.status.clone()).unwrap_or_default();
        Self {
            name: text(|kind| &kind.name),
            plural: text(|kind| &kind.plural),
            status: RwSignal::new(status),
            title: StoredValue::new(title),
            fields: RwSignal::new(fields),
            key: StoredValue::new(kind.map(|kind| kind.key)),
        }
    }

    /// The type as it is to be; `taken` are the keys of those there are.
    fn read(self, taken: &[String]) -> Result<RecordType, Failure> {
        let name = self.name.get_untracked();
        let is_taken = |key: &str| taken.iter().any(|other| other == key);
        let key = match self.key.get_value() {
            Some(key) => key,
            None => {
                let key = key_of(&name, "type", is_taken);
                if is_taken(&key) {
                    return Err(Failure::of_field("name", words::TYPE_TAKEN));
                }
                key
            }
        };
        let drafts = self.fields.get_untracked();
        let keys = untrack(|| keys(&drafts));
        let fields: Vec<_> = drafts.iter().zip(keys).map(|(draft, key)| draft.read(key)).collect();
        let status = Some(self.status.get_untracked());
        Ok(RecordType {
            key,
            name,
            plural: self.plural.get_untracked(),
            title: self.title.with_value(|before| title_fields(before, &fields)),
            status: status.filter(|status| fields.iter().any(|field| field.key == *status)),
            fields,
        })
    }
}

fn form(scope: Scope, editor: Editor<RecordType>, kind: Option<RecordType>) -> AnyView {
    let form = Form::new(scope.reach, "type");
    let key = kind.as_ref().map(|kind| kind.key.clone());
    let draft = Draft::new(kind);
    let cards = move || {
        let fields = draft.fields.get();
        let card = |(at, field)| field_card(scope, form, draft.fields, at, field);
        fields.into_iter().enumerate().map(card).collect_view()
    };
    let status = move || {
        let none = (String::new(), words::NONE.to_owned());
        let choices = draft.fields.with(|fields| {
            let named = fields.iter().zip(keys(fields));
            let choices =
                named.filter(|(field, _)| field.kind.get() == words::field_kind(FieldKind::Choice));
            choices.map(|(field, key)| (key, field.label.get())).collect::<Vec<_>>()
        });
        let options = std::iter::once(none).chain(choices).collect();
        select(form, "status", words::STATUS_FIELD, draft.status, options)
    };
    let add = move |_| {
        form.touch();
        draft.fields.update(|fields| fields.push(FieldDraft::named("", false)));
    };
    let fields = view! {
        <div class="fields">
            {Input::new(form, "name", words::SINGULAR, draft.name).required(true).view()}
            {Input::new(form, "plural", words::PLURAL, draft.plural).required(true).view()}
            {status}
        </div>
        <fieldset class="type-fields"><legend>{words::FIELDS}</legend>
            {cards}
            <button type="button" class="button" on:click=add>{icon(Icon::Plus)}<span>{words::ADD_FIELD}</span></button>
        </fieldset>
    };
    let buttons = editor.buttons(key);
    form.view(words::SAVE, fields.into_any(), buttons, move || {
        let known = untrack(|| scope.types.value()).map(|page| page.items).unwrap_or_default();
        let known: Vec<String> = known.into_iter().map(|kind| kind.key).collect();
        let kind = match draft.read(&known) {
            Ok(kind) => kind,
            Err(failure) => return form.refuse(failure),
        };
        let path = ["/api/types/", &kind.key].concat();
        let request = async move {
            let answer = send::<RecordType>(Method::PUT, &path, &kind).await;
            answer.map_err(|failure| failure.at(control_of))
        };
        form.send(request, move |_| {
            editor.saved();
            scope.types.reload();
        });
    })
}
