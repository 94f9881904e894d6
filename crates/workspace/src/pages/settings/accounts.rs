//! Lines to the PBX.

use leptos::prelude::*;
use ringdock_api::{
    Page,
    line::{DialFormat, VoipAccount, VoipAccountInput},
    user::User,
};

use super::{
    editor::Editor,
    rows::{row, table},
};
use crate::{
    client::Fetched,
    parts::{Form, Input, badge, check, select},
    state::Scope,
    words,
};

const FORMATS: [DialFormat; 3] = [DialFormat::E164, DialFormat::NoPlus, DialFormat::National];

pub fn accounts(scope: Scope) -> AnyView {
    let users: Fetched<Page<User>> =
        Fetched::new(scope.reach, || Some("/api/users?limit=200".to_owned()));
    let editor: Editor<VoipAccount> =
        Editor::new(scope, "/api/voip-accounts", |account| &account.identity);
    editor.view(
        words::ADD_ACCOUNT,
        move |account| match users.value() {
            Some(page) => form(scope, editor, page.items, account),
            None => ().into_any(),
        },
        move |accounts| {
            let name_of = |id| {
                users.with(|page| {
                    page?.items.iter().find(|user| user.id == id).map(|u| u.name.clone())
                })
            };
            let rows = accounts.iter().map(|account| {
                let shared = account.shared.then(|| badge("info", words::USED_BY_ALL.to_owned()));
                let owner = account.owner.and_then(name_of);
                let whose = view! { {owner}" "{shared} }.into_any();
                let url =
                    view! { <span class="muted break">{account.url.clone()}</span> }.into_any();
                let button = editor.edit_button(account);
                row(&account.identity, vec![whose, url], button)
            });
            table(&[words::IDENTITY, words::OWNER, words::SERVER], rows.collect())
        },
    )
}

fn form(
    scope: Scope,
    editor: Editor<VoipAccount>,
    users: Vec<User>,
    account: Option<VoipAccount>,
) -> AnyView {
    let form = Form::new(scope.reach, "account");
    let id = account.as_ref().map(|account| account.id.to_string());
    let text = |read: fn(&VoipAccount) -> &String| {
        RwSignal::new(account.as_ref().map(read).cloned().unwrap_or_default())
    };
    let username = text(|account| &account.username);
    let identity = text(|account| &account.identity);
    let server = text(|account| &account.server);
    let prefix = text(|account| &account.prefix);
    let postfix = text(|account| &account.postfix);
    let password = RwSignal::new(String::new());
    let owner = account.as_ref().and_then(|account| account.owner);
    let owner = RwSignal::new(owner.map(|id| id.to_string()).unwrap_or_default());
    let bridging = RwSignal::new(account.as_ref().is_some_and(|account| account.bridging));
    let shared = RwSignal::new(account.as_ref().is_some_and(|account| account.shared));
    let format = account.as_ref().map_or(DialFormat::E164, |account| account.format);
    let format = RwSignal::new(words::dial_format(format).to_owned());
    let none = (String::new(), words::NONE.to_owned());
    let users = users.into_iter().map(|user| (user.id.to_string(), user.name));
    let owners = std::iter::once(none).chain(users).collect();
    let formats = FORMATS.map(words::dial_format).map(|f| (f.to_owned(), f.to_owned())).to_vec();
    let hint = if id.is_some() { words::UNCHANGED_IF_EMPTY } else { "" };
    let fields = view! {
        <div class="fields">
            {select(form, "owner", words::OWNER, owner, owners)}
            {Input::new(form, "identity", words::IDENTITY, identity).required(true).hint(words::IDENTITY_HINT).view()}
            {Input::new(form, "username", words::USERNAME, username).required(true).view()}
            {Input::new(form, "password", words::PASSWORD, password).kind("password").required(id.is_none())
                .autocomplete("new-password").hint(hint).view()}
            {Input::new(form, "server", words::SERVER, server).required(true).hint(words::SERVER_HINT).view()}
            {select(form, "format", words::DIAL_FORMAT, format, formats)}
            {Input::new(form, "prefix", words::GLOBAL_PREFIX, prefix).hint(words::AFFIX_HINT).view()}
            {Input::new(form, "postfix", words::GLOBAL_POSTFIX, postfix).hint(words::AFFIX_HINT).view()}
        </div>
        {check(words::USED_BY_ALL, Some(words::USED_BY_ALL_HINT), shared)}
        {check(words::BRIDGING, Some(words::BRIDGING_HINT), bridging)}
    };
    let buttons = editor.buttons(id.clone());
    form.view(words::SAVE, fields.into_any(), buttons, move || {
        let chosen = format.get_untracked();
        let password = Some(password.get_untracked()).filter(|password| !password.is_empty());
        let body = VoipAccountInput {
            owner: owner.get_untracked().parse().ok(),
            bridging: bridging.get_untracked(),
            shared: shared.get_untracked(),
            username: username.get_untracked(),
            identity: identity.get_untracked(),
            password,
            server: server.get_untracked(),
            prefix: prefix.get_untracked(),
            postfix: postfix.get_untracked(),
            format: FORMATS
                .into_iter()
                .find(|format| words::dial_format(*format) == chosen)
                .unwrap_or_default(),
        };
        editor.save(form, id.clone(), body);
    })
}
