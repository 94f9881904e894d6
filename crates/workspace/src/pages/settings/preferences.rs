//! What a user chooses for themselves.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::session::{NewPassword, Preferences, Session};

use super::country::countries;
use crate::{
    client::{send, tell},
    parts::{Form, Input, check, select},
    state::Scope,
    words,
};

pub fn preferences(scope: Scope) -> AnyView {
    view! {
        <section class="card narrow">{choices(scope)}</section>
        <section class="card narrow" aria-labelledby="password-heading">
            <div class="card-top"><h2 id="password-heading">{words::OWN_PASSWORD}</h2></div>
            {password(scope)}
        </section>
    }
    .into_any()
}

fn choices(scope: Scope) -> AnyView {
    let form = Form::new(scope.reach, "preferences");
    let now = scope.session.with_untracked(|session| session.preferences.clone());
    let dialog = RwSignal::new(now.note_dialog);
    let country = RwSignal::new(now.country.unwrap_or_default());
    let none = (String::new(), words::COUNTRY_OF_WORKSPACE.to_owned());
    let options = std::iter::once(none).chain(countries()).collect();
    let fields = vec![
        check(words::NOTE_DIALOG, Some(words::NOTE_DIALOG_HINT), dialog),
        select(form, "country", words::COUNTRY, country, options),
        view! { <p class="hint">{words::COUNTRY_HINT}</p> }.into_any(),
    ];
    form.view(words::SAVE, fields.into_any(), ().into_any(), move || {
        let country = Some(country.get_untracked()).filter(|country| !country.is_empty());
        let body = Preferences { note_dialog: dialog.get_untracked(), country };
        form.send(
            async move { send::<Session>(Method::PUT, "/api/me", &body).await },
            move |session| {
                scope.session.set(session);
                scope.say(words::SAVED);
            },
        );
    })
}

fn password(scope: Scope) -> AnyView {
    let form = Form::new(scope.reach, "password");
    let current = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let fields = vec![
        Input::new(form, "current", words::CURRENT_PASSWORD, current)
            .kind("password")
            .autocomplete("current-password")
            .view(),
        Input::new(form, "new", words::NEW_PASSWORD, new)
            .kind("password")
            .autocomplete("new-password")
            .hint(words::PASSWORD_HINT)
            .view(),
    ];
    form.view(words::CHANGE_PASSWORD, fields.into_any(), ().into_any(), move || {
        let body = NewPassword { current: current.get_untracked(), new: new.get_untracked() };
        form.send(async move { tell(Method::PUT, "/api/me/password", &body).await }, move |()| {
            current.set(String::new());
            new.set(String::new());
            scope.say(words::PASSWORD_CHANGED);
        });
    })
}
