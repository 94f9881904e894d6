//! What a PBX reports of its calls, to three secret addresses.

mod reading;

use std::time::Duration;

use axum::{
    Json,
    extract::{Request, State},
};
use ringdock_api::{
    call::Direction,
    pbx::{PbxAnswer, PbxReport, PbxWebhooks, PbxWebhooksInput},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    caller,
    facts::{Said, Source, text},
    store,
};
use crate::{
    app::{App, OpenError},
    entity::workspace,
    error::{Error, Result},
    extract::{self, Path},
    number::{self, Number},
    numbers::choice::OwnNumbers,
    secret,
};

const SIGNATURE: &str = "x-ringdock-signature";

/// The PBX's own ids are kept apart from those of SIP, which docks know as well.
pub const OWN: &str = "pbx/";

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(addresses, set_key))
        .routes(routes!(renew))
        .routes(routes!(take))
}

/// The three addresses.
#[utoipa::path(get, path = "/api/pbx-webhooks", tag = "pbx", responses((status = 200, body = PbxWebhooks)))]
async fn addresses(State(app): State<App>) -> Result<Json<PbxWebhooks>> {
    let row = app.workspace().await?;
    told(&app, &row).map(Json)
}

/// Sets or takes away the key that signs reports.
#[utoipa::path(put, path = "/api/pbx-webhooks", tag = "pbx", request_body = PbxWebhooksInput,
    responses((status = 200, body = PbxWebhooks)))]
async fn set_key(
    State(app): State<App>,
    extract::Json(input): extract::Json<PbxWebhooksInput>,
) -> Result<Json<PbxWebhooks>> {
    let key = match input.hmac_key {
        Some(key) if (16..=200).contains(&key.len()) => Some(app.seal.seal(&key)?),
        Some(_) => return Err(Error::invalid("hmac_key", "A key has 16 to 200 characters.")),
        None => None,
    };
    let mut row = app.workspace().await?.into_active_model();
    row.hmac_key = Set(key);
    save(&app, row).await
}

/// Makes new addresses. The old ones are dead at once.
#[utoipa::path(post, path = "/api/pbx-webhooks/renew", tag = "pbx", responses((status = 200, body = PbxWebhooks)))]
async fn renew(State(app): State<App>) -> Result<Json<PbxWebhooks>> {
    let mut row = app.workspace().await?.into_active_model();
    row.inbound_secret = Set(app.seal.seal(&secret::token()?)?);
    row.outbound_secret = Set(app.seal.seal(&secret::token()?)?);
    row.log_secret = Set(app.seal.seal(&secret::token()?)?);
    save(&app, row).await
}

async fn save(app: &App, row: workspace::ActiveModel) -> Result<Json<PbxWebhooks>> {
    let tx = app.db.begin().await?;
    let row = row.update(&tx).await?;
    tx.commit().await?;
    told(app, &row).map(Json)
}

/// The three addresses, relative to the server's own: inbound, outbound, log.
///
/// # Errors
/// The database or the key file does not give them.
pub async fn hooks(app: &App) -> Result<[String; 3], OpenError> {
    let told = async { told(app, &app.workspace().await?) };
    let hooks = told.await.map_err(|error| OpenError::new(error.detail()))?;
    Ok([hooks.inbound, hooks.outbound, hooks.log])
}

fn told(app: &App, row: &workspace::Model) -> Result<PbxWebhooks> {
    let address = |kind: &str, sealed: &str| {
        app.seal.unseal(sealed).map(|secret| format!("/hooks/pbx/{kind}/{secret}"))
    };
    Ok(PbxWebhooks {
        inbound: address("inbound", &row.inbound_secret)?,
        outbound: address("outbound", &row.outbound_secret)?,
        log: address("log", &row.log_secret)?,
        signed: row.hmac_key.is_some(),
    })
}

/// Takes a report of the PBX.
#[utoipa::path(post, path = "/hooks/pbx/{kind}/{secret}", tag = "pbx",
    params(("kind" = String, Path, description = "`inbound`, `outbound` or `log`"),
        ("secret" = String, Path, description = "the secret part of the address")),
    request_body(content((PbxReport = "application/json"), (PbxReport = "application/x-www-form-urlencoded"))),
    responses((status = 200, body = PbxAnswer)))]
async fn take(
    State(app): State<App>,
    Path((kind, key)): Path<(String, String)>,
    request: Request,
) -> Result<Json<PbxAnswer>> {
    let row = app.workspace().await?;
    let (sealed, direction) = match kind.as_str() {
        "inbound" => (&row.inbound_secret, Some(Direction::Incoming)),
        "outbound" => (&row.outbound_secret, Some(Direction::Outgoing)),
        "log" => (&row.log_secret, None),
        _ => return Err(Error::NotFound),
    };
    if !secret::same(&app.seal.unseal(sealed)?, &key) {
        return Err(Error::NotFound);
    }
    let headers = request.headers().clone();
    let body = extract::body(request, &app).await?;
    if let Some(sealed) = &row.hmac_key {
        let wanted = format!("sha256={}", secret::sign(&app.seal.unseal(sealed)?, &[&body])?);
        let given =
            headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !secret::same(&wanted, given) {
            return Err(Error::BadSignature);
        }
    }
    let report = reading::read(&headers, &body)?;
    let ids = reading::ids(&report)?;
    let mut facts = reading::facts(&report, direction, &row.country)?;
    let direction = facts.direction.as_ref().map(|said| said.1);
    let patience = if kind == "outbound" { caller::PATIENCE } else { Duration::ZERO };
    let agent = caller::agent(&app, &report, direction, patience).await?;
    let mut tx = app.db.begin().await?;
    facts.agent = agent.map(|agent| Said(reading::agents_source(&facts), agent));
    if let Some(agent) = agent.filter(|_| direction == Some(Direction::Outgoing)) {
        // The agent dialled it, and means the numbers of their own country.
        let country = caller::country(&tx, agent).await?;
        let country = country.as_deref().unwrap_or(&row.country);
        facts.callee = reading::said(Source::Carrier, &Number::canonical(&report.to, country));
    }
    let present = match agent {
        Some(agent) if kind == "outbound" => {
            let own = OwnNumbers::of(&tx, agent).await?;
            let wanted = Number::canonical(number::in_address(&report.preferred), &row.country);
            own.for_call(&tx, &wanted, text(&facts.callee)).await?
        }
        _ => None,
    };
    if let Some(present) = &present {
        facts.caller = Some(Said(Source::Carrier, present.number.clone()));
    }
    let call = store::join(&mut tx, &ids, &facts).await?;
    tx.commit().await?;
    Ok(Json(PbxAnswer { call: call.id, present }))
}
