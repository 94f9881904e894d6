//! Where the PBX reports its calls.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::pbx::{PbxWebhooks, PbxWebhooksInput};

use crate::{
    client::{Fetched, send},
    parts::{Form, Icon, Input, Question, copy_field, icon, loaded},
    state::Scope,
    words,
};

pub fn pbx(scope: Scope) -> AnyView {
    let hooks: Fetched<PbxWebhooks> =
        Fetched::new(scope.reach, || Some("/api/pbx-webhooks".to_owned()));
    let body = move || loaded(hooks.state(), 6, |now| show(scope, hooks, now));
    body.into_any()
}

fn show(scope: Scope, hooks: Fetched<PbxWebhooks>, now: PbxWebhooks) -> AnyView {
    let origin = window().location().origin().unwrap_or_default();
    let whole = |path: &str| [&origin, path].concat();
    view! {
        <section class="card form">
            {copy_field("inbound", words::INBOUND_URL, whole(&now.inbound))}
            {copy_field("outbound", words::OUTBOUND_URL, whole(&now.outbound))}
            {copy_field("log", words::LOG_URL, whole(&now.log))}
            <div class="buttons">{renew(scope, hooks)}</div>
        </section>
        <section class="card" aria-labelledby="signature">
            <div class="card-top"><h2 id="signature">{words::SIGNATURE}</h2></div>
            {signature(scope, hooks, now.signed)}
        </section>
    }
    .into_any()
}

fn renew(scope: Scope, hooks: Fetched<PbxWebhooks>) -> AnyView {
    let form = Form::new(scope.reach, "renew");
    let dialog = Question::new(form);
    let act = move || {
        form.send(
            async { send::<PbxWebhooks>(Method::POST, "/api/pbx-webhooks/renew", &()).await },
            move |now| {
                dialog.close();
                hooks.set(now);
                scope.say(words::RENEWED);
            },
        );
    };
    view! {
        <button type="button" class="button" on:click=move |_| dialog.ask()>
            {icon(Icon::Renew)}<span>{words::RENEW}</span>
        </button>
        {dialog.view(words::RENEW_THIS, words::RENEW_TEXT, words::RENEW, act)}
    }
    .into_any()
}

fn signature(scope: Scope, hooks: Fetched<PbxWebhooks>, signed: bool) -> AnyView {
    let form = Form::new(scope.reach, "signature");
    let key = RwSignal::new(String::new());
    let save = move |key: Option<String>| {
        let body = PbxWebhooksInput { hmac_key: key };
        form.send(
            async move { send::<PbxWebhooks>(Method::PUT, "/api/pbx-webhooks", &body).await },
            move |now| {
                hooks.set(now);
                scope.say(words::SAVED);
            },
        );
    };
    let stop = signed.then(|| view! {
        <button type="button" class="button" on:click=move |_| save(None)>{words::STOP_SIGNING}</button>
    });
    let state = if signed { words::SIGNED } else { words::UNSIGNED };
    let input = Input::new(form, "hmac_key", words::HMAC_KEY, key)
        .kind("password")
        .autocomplete("new-password")
        .hint(words::SECRET_HINT)
        .view();
    let fields = view! { <p>{state}</p>{input} };
    form.view(words::SAVE, fields.into_any(), stop.into_any(), move || {
        save(Some(key.get_untracked()));
    })
}
