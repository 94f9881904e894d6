//! The numbers of the business, their profiles, and who may call from them.

use leptos::prelude::*;
use ringdock_api::{
    Page,
    number::{Number, NumberInput},
    user::User,
};

use super::{
    editor::Editor,
    rows::{row, table},
};
use crate::{
    client::Fetched,
    parts::{Form, Input, check},
    state::Scope,
    words,
};

pub fn numbers(scope: Scope) -> AnyView {
    let users: Fetched<Page<User>> =
        Fetched::new(scope.reach, || Some("/api/users?limit=200".to_owned()));
    let editor: Editor<Number> = Editor::new(scope, "/api/numbers", |number| &number.number);
    editor.view(
        words::ADD_NUMBER,
        move |number| match users.value() {
            Some(page) => form(scope, editor, page.items, number),
            None => ().into_any(),
        },
        move |numbers| {
            let names = |ids: &[ringdock_api::Id]| {
                users.with(|page| {
                    let all = page.map(|page| page.items.as_slice()).unwrap_or_default();
                    let may = all.iter().filter(|user| ids.contains(&user.id));
                    may.map(|user| user.name.clone()).collect::<Vec<_>>().join(", ")
                })
            };
            let rows = numbers.iter().map(|number| {
                let may = match number.users.as_slice() {
                    [] => words::NOBODY_MAY.to_owned(),
                    ids => names(ids),
                };
                let cells = vec![
                    view! { <span class="break">{number.name.clone()}</span> }.into_any(),
                    view! { <span class="muted">{may}</span> }.into_any(),
                ];
                row(&number.number, cells, editor.edit_button(number))
            });
            let heads = [words::NUMBER, words::BUSINESS_PROFILE, words::MAY_CALL_FROM];
            table(&heads, rows.collect())
        },
    )
}

fn form(scope: Scope, editor: Editor<Number>, users: Vec<User>, number: Option<Number>) -> AnyView {
    let form = Form::new(scope.reach, "number");
    let id = number.as_ref().map(|number| number.id.to_string());
    let text = |read: fn(&Number) -> &String| {
        RwSignal::new(number.as_ref().map(read).cloned().unwrap_or_default())
    };
    let typed = text(|number| &number.typed);
    let name = text(|number| &number.name);
    let given = number.map(|number| number.users).unwrap_or_default();
    let users: Vec<_> = users
        .into_iter()
        .filter(|user| user.active || given.contains(&user.id))
        .map(|user| (user.id, user.name, RwSignal::new(given.contains(&user.id))))
        .collect();
    let checks = users.iter().map(|(_, name, value)| check(name, None, *value)).collect_view();
    let fields = view! {
        <div class="fields">
            {Input::new(form, "number", words::NUMBER, typed).kind("tel").required(true).hint(words::COUNTRY_HINT).view()}
            {Input::new(form, "name", words::BUSINESS_PROFILE, name).hint(words::BUSINESS_PROFILE_HINT).view()}
        </div>
        <fieldset class="checks"><legend>{words::MAY_CALL_FROM}</legend>{checks}</fieldset>
    };
    let buttons = editor.buttons(id.clone());
    form.view(words::SAVE, fields.into_any(), buttons, move || {
        let may = users.iter().filter(|(_, _, may)| may.get_untracked());
        let body = NumberInput {
            number: typed.get_untracked(),
            name: name.get_untracked(),
            users: may.map(|(id, ..)| *id).collect(),
        };
        editor.save(form, id.clone(), body);
    })
}
