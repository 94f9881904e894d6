//! Users.

use leptos::prelude::*;
use ringdock_api::{
    Page,
    user::{Role, User, UserInput},
};

use super::{
    editor::Editor,
    roles::least,
    rows::{row, table},
};
use crate::{
    client::Fetched,
    parts::{Form, Input, badge, check, select},
    state::Scope,
    words,
};

pub fn users(scope: Scope) -> AnyView {
    let roles: Fetched<Page<Role>> = Fetched::new(scope.reach, || Some("/api/roles".to_owned()));
    let editor: Editor<User> = Editor::new(scope, "/api/users", |user| &user.name);
    editor.view(
        words::ADD_USER,
        move |user| match roles.value() {
            Some(page) => form(scope, editor, page.items, user),
            None => ().into_any(),
        },
        move |users| {
            let role_name = |id| {
                roles.with(|page| {
                    page?.items.iter().find(|role| role.id == id).map(|r| r.name.clone())
                })
            };
            let rows = users.iter().map(|user| {
                let name = user.name.as_str();
                let state = match user.active {
                    true => badge("ok", words::ACTIVE.to_owned()),
                    false => badge("warn", words::INACTIVE.to_owned()),
                };
                let cells = vec![
                    user.login.clone().into_any(),
                    role_name(user.role).unwrap_or_default().into_any(),
                    state,
                ];
                row(name, cells, editor.edit_button(user))
            });
            table(&[words::FULL_NAME, words::LOGIN, words::ROLE, words::STATUS], rows.collect())
        },
    )
}

fn form(scope: Scope, editor: Editor<User>, roles: Vec<Role>, user: Option<User>) -> AnyView {
    let form = Form::new(scope.reach, "user");
    let id = user.as_ref().map(|user| user.id.to_string());
    let text = |read: fn(&User) -> &String| {
        RwSignal::new(user.as_ref().map(read).cloned().unwrap_or_default())
    };
    let login = text(|user| &user.login);
    let name = text(|user| &user.name);
    let email = text(|user| &user.email);
    let phone = text(|user| &user.phone);
    let password = RwSignal::new(String::new());
    let active = RwSignal::new(user.as_ref().is_none_or(|user| user.active));
    let first = user.as_ref().map(|user| user.role).or(least(&roles));
    let role = RwSignal::new(first.map(|id| id.to_string()).unwrap_or_default());
    let roles = roles.into_iter().map(|role| (role.id.to_string(), role.name)).collect();
    let hint = if id.is_some() { words::UNCHANGED_IF_EMPTY } else { words::PASSWORD_HINT };
    let fields = view! {
        <div class="fields">
            {Input::new(form, "name", words::FULL_NAME, name).required(true).view()}
            {Input::new(form, "login", words::LOGIN, login).required(true).view()}
            {Input::new(form, "email", words::EMAIL, email).kind("email").view()}
            {Input::new(form, "phone", words::PHONE, phone).kind("tel").view()}
            {select(form, "role", words::ROLE, role, roles)}
            {Input::new(form, "password", words::PASSWORD, password).kind("password")
                .autocomplete("new-password").required(id.is_none()).hint(hint).view()}
        </div>
        {check(words::ACTIVE, Some(words::ACTIVE_USER_HINT), active)}
    };
    let buttons = editor.buttons(id.clone());
    form.view(words::SAVE, fields.into_any(), buttons, move || {
        let password = Some(password.get_untracked()).filter(|password| !password.is_empty());
        let body = UserInput {
            login: login.get_untracked(),
            name: name.get_untracked(),
            email: email.get_untracked(),
            phone: phone.get_untracked(),
            role: role.get_untracked().parse().unwrap_or_default(),
            active: active.get_untracked(),
            password,
        };
        editor.save(form, id.clone(), body);
    })
}
