//! Roles and what they may do.

use leptos::prelude::*;
use ringdock_api::{
    Id,
    user::{Permission, Role, RoleInput},
};

use super::{
    editor::Editor,
    rows::{row, table},
};
use crate::{
    parts::{Form, Input, check},
    state::Scope,
    words,
};

pub fn roles(scope: Scope) -> AnyView {
    let editor: Editor<Role> = Editor::new(scope, "/api/roles", |role| &role.name);
    editor.view(
        words::ADD_ROLE,
        move |role| form(scope, editor, role),
        move |roles| {
            let rows = roles.iter().map(|role| {
                let names = role.permissions.iter().map(|p| words::permission(*p));
                let names = names.collect::<Vec<_>>().join(", ");
                let cell = view! { <span class="muted">{names}</span> }.into_any();
                row(&role.name, vec![cell], editor.edit_button(role))
            });
            table(&[words::NAME, words::PERMISSIONS], rows.collect())
        },
    )
}

fn form(scope: Scope, editor: Editor<Role>, role: Option<Role>) -> AnyView {
    let form = Form::new(scope.reach, "role");
    let id = role.as_ref().map(|role| role.id.to_string());
    let name = RwSignal::new(role.as_ref().map(|role| role.name.clone()).unwrap_or_default());
    let given = role.map(|role| role.permissions).unwrap_or_default();
    let permissions =
        Permission::ALL.map(|permission| (permission, RwSignal::new(given.contains(&permission))));
    let checks =
        permissions.map(|(permission, value)| check(words::permission(permission), None, value));
    let fields = view! {
        {Input::new(form, "name", words::NAME, name).required(true).view()}
        <fieldset class="checks"><legend>{words::PERMISSIONS}</legend>{checks.collect_view()}</fieldset>
    };
    let buttons = editor.buttons(id.clone());
    form.view(words::SAVE, fields.into_any(), buttons, move || {
        let permissions = permissions.iter().filter(|(_, given)| given.get_untracked());
        let body = RoleInput {
            name: name.get_untracked(),
            permissions: permissions.map(|(permission, _)| *permission).collect(),
        };
        editor.save(form, id.clone(), body);
    })
}

/// The `id` of the role that allows least, which is the one to begin with.
pub fn least(roles: &[Role]) -> Option<Id> {
    roles.iter().min_by_key(|role| role.permissions.len()).map(|role| role.id)
}
