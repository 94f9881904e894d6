//! What holds for everybody.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::settings::Settings;

use super::country::countries;
use crate::{
    client::send,
    parts::{Form, Input, loaded, select},
    state::Scope,
    words,
};

pub fn workspace(scope: Scope) -> AnyView {
    let body = move || loaded(scope.settings.state(), 4, |settings| form(scope, settings));
    view! { <section class="card narrow">{body}</section> }.into_any()
}

fn form(scope: Scope, settings: Settings) -> AnyView {
    let form = Form::new(scope.reach, "workspace");
    let company = RwSignal::new(settings.workspace);
    let country = RwSignal::new(settings.country);
    let currency = RwSignal::new(settings.currency);
    let fields = vec![
        Input::new(form, "workspace", words::COMPANY, company).required(true).view(),
        select(form, "country", words::COUNTRY, country, countries()),
        view! { <p class="hint">{words::COUNTRY_HINT}</p> }.into_any(),
        Input::new(form, "currency", words::CURRENCY, currency).hint(words::CURRENCY_HINT).view(),
    ];
    form.view(words::SAVE, fields.into_any(), ().into_any(), move || {
        let body = Settings {
            workspace: company.get_untracked(),
            country: country.get_untracked(),
            currency: currency.get_untracked(),
        };
        form.send(
            async move { send::<Settings>(Method::PUT, "/api/settings", &body).await },
            move |settings| {
                scope.session.update(|session| session.workspace.clone_from(&settings.workspace));
                scope.settings.set(settings);
                scope.say(words::SAVED);
            },
        );
    })
}
