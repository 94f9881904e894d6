//! Keys for other programs.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::{
    Page,
    key::{CreatedKey, Key, NewKey},
    user::Role,
};

use super::{
    editor::Editor,
    roles::least,
    rows::{row, table},
};
use crate::{
    client::{Fetched, send},
    parts::{Form, Input, copy_field, select},
    state::Scope,
    words,
};

pub fn keys(scope: Scope) -> AnyView {
    let roles: Fetched<Page<Role>> = Fetched::new(scope.reach, || Some("/api/roles".to_owned()));
    let editor: Editor<Key> = Editor::new(scope, "/api/keys", |key| &key.name);
    let made = RwSignal::new(None::<String>);
    let secret = move || {
        made.get().map(|secret| {
            view! {
                <section class="card" role="status">
                    {copy_field("new-key", words::NEW_KEY, secret)}
                    <p class="hint">{words::NEW_KEY_TEXT}</p>
                </section>
            }
        })
    };
    let list = editor.view(
        words::ADD_KEY,
        move |key| match (key, roles.value()) {
            // A key is not changed, only made and deleted.
            (Some(key), _) => remove(editor, &key),
            (None, Some(page)) => form(scope, editor, page.items, made),
            (None, None) => ().into_any(),
        },
        move |keys| {
            let role_name = |id| {
                roles.with(|page| {
                    page?.items.iter().find(|role| role.id == id).map(|r| r.name.clone())
                })
            };
            let rows = keys.iter().map(|key| {
                let used = key.used_at.map_or_else(|| words::NEVER.to_owned(), words::moment);
                let cells = vec![
                    role_name(key.role).unwrap_or_default().into_any(),
                    words::date(key.created_at).into_any(),
                    used.into_any(),
                ];
                row(&key.name, cells, editor.edit_button(key))
            });
            table(&[words::PROGRAM, words::ROLE, words::MADE, words::USED], rows.collect())
        },
    );
    vec![secret.into_any(), list].into_any()
}

fn remove(editor: Editor<Key>, key: &Key) -> AnyView {
    let buttons = editor.buttons(Some(key.id.to_string()));
    view! { <div class="form"><p>{words::KEY_STAYS}</p><div class="buttons">{buttons}</div></div> }
        .into_any()
}

fn form(
    scope: Scope,
    editor: Editor<Key>,
    roles: Vec<Role>,
    made: RwSignal<Option<String>>,
) -> AnyView {
    let form = Form::new(scope.reach, "key");
    let name = RwSignal::new(String::new());
    let first = least(&roles).map(|id| id.to_string());
    let role = RwSignal::new(first.unwrap_or_default());
    let roles = roles.into_iter().map(|role| (role.id.to_string(), role.name)).collect();
    let fields = vec![
        Input::new(form, "name", words::PROGRAM, name).required(true).view(),
        select(form, "role", words::ROLE, role, roles),
    ];
    form.view(words::CREATE, fields.into_any(), editor.buttons(None), move || {
        let role = role.get_untracked().parse().unwrap_or_default();
        let body = NewKey { name: name.get_untracked(), role };
        form.send(
            async move { send::<CreatedKey>(Method::POST, "/api/keys", &body).await },
            move |created| {
                made.set(Some(created.secret));
                editor.saved();
            },
        );
    })
}
