//! Where other programs are told of calls, and what became of it.

use leptos::prelude::*;
use ringdock_api::webhook::{Delivery, DeliveryState, Topic, Webhook, WebhookInput};

use super::{
    editor::Editor,
    rows::{Row, row, table},
};
use crate::{
    client::Paged,
    parts::{Form, Icon, Input, badge, check, empty, icon, loaded, more},
    state::Scope,
    words,
};

pub fn webhooks(scope: Scope) -> AnyView {
    let editor: Editor<Webhook> = Editor::new(scope, "/api/webhooks", |webhook| &webhook.url);
    let shown = RwSignal::new(None::<Webhook>);
    let list = editor.view(
        words::ADD_WEBHOOK,
        move |webhook| form(scope, editor, webhook),
        move |webhooks| {
            let rows = webhooks.iter().map(|webhook| {
                let state = match webhook.active {
                    true => badge("ok", words::ACTIVE.to_owned()),
                    false => badge("warn", words::PAUSED.to_owned()),
                };
                let log = { let webhook = webhook.clone(); move |_| shown.set(Some(webhook.clone())) };
                let actions = view! {
                    <button type="button" class="button quiet" on:click=log>{words::DELIVERIES}</button>
                    {editor.edit_button(webhook)}
                };
                row(&webhook.url, vec![state], actions.into_any())
            });
            table(&[words::URL, words::STATUS], rows.collect())
        },
    );
    let log = move || shown.get().map(|webhook| deliveries(scope, shown, &webhook));
    vec![list, log.into_any()].into_any()
}

fn form(scope: Scope, editor: Editor<Webhook>, webhook: Option<Webhook>) -> AnyView {
    let form = Form::new(scope.reach, "webhook");
    let id = webhook.as_ref().map(|webhook| webhook.id.to_string());
    let url = RwSignal::new(webhook.as_ref().map(|w| w.url.clone()).unwrap_or_default());
    let active = RwSignal::new(webhook.is_none_or(|webhook| webhook.active));
    let secret = RwSignal::new(String::new());
    let hint = if id.is_some() { words::UNCHANGED_IF_EMPTY } else { words::SECRET_HINT };
    let fields = view! {
        {Input::new(form, "url", words::URL, url).kind("url").required(true).view()}
        {Input::new(form, "secret", words::SECRET, secret).kind("password").required(id.is_none())
            .autocomplete("new-password").hint(hint).view()}
        {check(words::ACTIVE, None, active)}
    };
    let buttons = editor.buttons(id.clone());
    form.view(words::SAVE, fields.into_any(), buttons, move || {
        let body = WebhookInput {
            url: url.get_untracked(),
            topics: vec![Topic::CallEnded],
            active: active.get_untracked(),
            secret: Some(secret.get_untracked()).filter(|secret| !secret.is_empty()),
        };
        editor.save(form, id.clone(), body);
    })
}

fn deliveries(scope: Scope, shown: RwSignal<Option<Webhook>>, webhook: &Webhook) -> AnyView {
    let path = ["/api/webhooks/", &webhook.id.to_string(), "/deliveries"].concat();
    let log: Paged<Delivery> = Paged::new(scope.reach, move || path.clone());
    let rows = move || {
        loaded(log.state(), 4, |items| {
            if items.is_empty() {
                return empty(
                    Icon::Clock,
                    words::NONE_YET,
                    words::NO_DELIVERIES_TEXT,
                    ().into_any(),
                );
            }
            let heads = [words::WHEN, words::STATUS, words::ATTEMPTS, words::ANSWER];
            table(&heads, items.iter().map(delivery).collect())
        })
    };
    view! {
        <section class="card list scroll" aria-labelledby="deliveries">
            <div class="card-top inset">
                <h2 id="deliveries">{words::DELIVERIES}" · "{webhook.url.clone()}</h2>
                <div class="buttons">
                    <button type="button" class="icon-button" aria-label=words::REFRESH title=words::REFRESH
                        on:click=move |_| log.reload_soon()>{icon(Icon::Renew)}</button>
                    <button type="button" class="icon-button" aria-label=words::CLOSE title=words::CLOSE
                        on:click=move |_| shown.set(None)>{icon(Icon::Close)}</button>
                </div>
            </div>
            {rows}
            {more(log)}
        </section>
    }
    .into_any()
}

fn delivery(delivery: &Delivery) -> Row {
    let tone = match delivery.state {
        DeliveryState::Waiting => "info",
        DeliveryState::Delivered => "ok",
        DeliveryState::Failed => "danger",
    };
    let status = delivery.last_status.map(|status| status.to_string());
    let answer = [status, delivery.last_error.clone()].into_iter().flatten().collect::<Vec<_>>();
    let cells = vec![
        badge(tone, words::delivery(delivery.state).to_owned()),
        delivery.attempts.into_any(),
        view! { <span class="muted break">{answer.join(" · ")}</span> }.into_any(),
    ];
    row(&words::moment(delivery.created_at), cells, ().into_any())
}
