//! What a PBX reports of its calls, to three secret addresses.

use std::{cmp::Reverse, time::Duration};

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, header},
};
use ringdock_api::{
    Millis,
    call::{Channel, Direction, Outcome},
    pbx::{PbxAnswer, PbxReport, PbxWebhooks, PbxWebhooksInput},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    caller,
    facts::{Facts, Said, Source, text},
    report::LONGEST_ID,
    store,
};
use crate::{
    app::{App, OpenError},
    check,
    entity::workspace,
    error::{Error, Result},
    extract::{self, Path},
    number::{self, Number},
    numbers::choice::OwnNumbers,
    secret,
    time::{self, now},
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
            return Err(Error::Forbidden);
        }
    }
    let report = read(&headers, &body)?;
    let ids = ids(&report)?;
    let mut facts = facts(&report, direction, &row.country)?;
    let direction = facts.direction.as_ref().map(|said| said.1);
    let patience = if kind == "outbound" { caller::PATIENCE } else { Duration::ZERO };
    let agent = caller::agent(&app, &report, direction, patience).await?;
    let mut tx = app.db.begin().await?;
    facts.agent = agent.map(|agent| Said(agents_source(&facts), agent));
    if let Some(agent) = agent.filter(|_| direction == Some(Direction::Outgoing)) {
        // The agent dialled it, and means the numbers of their own country.
        let country = caller::country(&tx, agent).await?;
        let country = country.as_deref().unwrap_or(&row.country);
        facts.callee = said(Source::Carrier, &Number::canonical(&report.to, country));
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

fn read(headers: &HeaderMap, body: &[u8]) -> Result<PbxReport> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let report: PbxReport = match kind.split(';').next().unwrap_or_default().trim() {
        "application/json" => extract::from_json(body)?,
        "application/x-www-form-urlencoded" => {
            serde_urlencoded::from_bytes(body).map_err(|_| {
                Error::Malformed("These are no form fields that can be read.".to_owned())
            })?
        }
        _ => return Err(Error::MediaType("application/json or application/x-www-form-urlencoded")),
    };
    let texts = [
        &report.call_id,
        &report.sip_call_id,
        &report.from,
        &report.to,
        &report.extension,
        &report.preferred,
        &report.recording,
    ];
    if texts.iter().any(|text| text.contains('\0')) {
        return Err(Error::Malformed("A text holds the character NUL.".to_owned()));
    }
    Ok(report)
}

fn ids(report: &PbxReport) -> Result<Vec<String>> {
    check::at_most("call_id", &report.call_id, LONGEST_ID)?;
    check::at_most("sip_call_id", &report.sip_call_id, LONGEST_ID)?;
    check::at_most("preferred", &report.preferred, LONGEST_ID)?;
    let own = Some(format!("{OWN}{}", report.call_id)).filter(|_| !report.call_id.is_empty());
    let sip = Some(report.sip_call_id.clone()).filter(|id| !id.is_empty());
    let ids: Vec<String> = own.into_iter().chain(sip).collect();
    if ids.is_empty() { Err(Error::required("call_id")) } else { Ok(ids) }
}

fn facts(report: &PbxReport, direction: Option<Direction>, country: &str) -> Result<Facts> {
    for (field, text) in
        [("from", &report.from), ("to", &report.to), ("extension", &report.extension)]
    {
        check::at_most(field, text, number::LONGEST)?;
    }
    let direction = match (direction, report.direction.as_str()) {
        (Some(direction), _) => Some(direction),
        (None, "") => None,
        (None, "inbound") => Some(Direction::Incoming),
        (None, "outbound") => Some(Direction::Outgoing),
        (None, _) => return Err(Error::invalid("direction", "This is inbound or outbound.")),
    };
    if !report.recording.is_empty() {
        check::web_url("recording", &report.recording)?;
    }
    let (started, answered) = (at("started", &report.started)?, at("answered", &report.answered)?);
    let outcome = outcome(&report.status)?;
    let over = outcome.is_some_and(|outcome| outcome != Outcome::Ringing);
    let ended = at("ended", &report.ended)?.map(|at| Said(Source::Carrier, at));
    // A call whose end nobody dated ended when that was said.
    let ended = ended.or_else(|| over.then(|| Said(Source::Guess, now())));
    // A caller's own extension is what the dock says as well; it must not hide the number that was presented.
    let is_own = direction == Some(Direction::Outgoing) && report.from == report.extension;
    let caller = if is_own { Source::Dock } else { Source::Carrier };
    let mut facts = Facts {
        channel: Some(Said(Source::Carrier, Channel::Pbx)),
        direction: direction.map(|direction| Said(Source::Carrier, direction)),
        caller: said(caller, &Number::canonical(&report.from, country)),
        callee: said(Source::Carrier, &Number::canonical(&report.to, country)),
        recording: said(Source::Carrier, &report.recording),
        started: started
            .map(|at| Said(Source::Carrier, Reverse(at)))
            .or(Some(Said(Source::Guess, Reverse(now())))),
        answered: answered.map(|at| Said(Source::Carrier, Reverse(at))),
        ended,
        was_answered: answered.is_some() || outcome == Some(Outcome::Answered),
        outcome: outcome
            .filter(|o| ![Outcome::Ringing, Outcome::Answered].contains(o))
            .map(|o| Said(Source::Carrier, o)),
        ..Facts::default()
    };
    facts.line = said(agents_source(&facts), &report.extension);
    Ok(facts)
}

fn said(by: Source, text: &str) -> Option<Said<String>> {
    Some(Said(by, text.to_owned())).filter(|said| !said.1.is_empty())
}

/// How well the PBX knows who our side of a call is. Who calls out, it knows best. A call that comes in it takes to an
/// extension, but who answers may be somebody else, whose dock says so; before that, it is as good as a dock that rings.
fn agents_source(facts: &Facts) -> Source {
    match (&facts.direction, facts.was_answered) {
        (Some(Said(_, Direction::Outgoing)), _) => Source::Carrier,
        (_, true) => Source::Exchange,
        (_, false) => Source::Dock,
    }
}

/// Seconds since 1970, with a fraction or without. Zero, in any way of writing, is what a PBX says of what did not happen.
fn at(field: &str, text: &str) -> Result<Option<Millis>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let wrong = || Error::invalid(field, "A time is in seconds since 1970.");
    if !digits(seconds) || !digits(fraction) || seconds.len() > 12 {
        return Err(wrong());
    }
    let seconds: Millis = seconds.parse().map_err(|_| wrong())?;
    let millis: Millis =
        format!("{fraction:0<3}").get(..3).and_then(|ms| ms.parse().ok()).unwrap_or(0);
    let at = seconds * time::SECOND + millis;
    if at == 0 {
        return Ok(None);
    }
    check::at(field, at)?;
    Ok(Some(at))
}

fn outcome(status: &str) -> Result<Option<Outcome>> {
    Ok(Some(match status.trim().to_ascii_lowercase().as_str() {
        "" => return Ok(None),
        "answer" | "answered" => Outcome::Answered,
        "busy" => Outcome::Busy,
        "noanswer" | "no_answer" => Outcome::NoAnswer,
        "cancel" | "cancelled" => Outcome::Cancelled,
        "dontcall" | "torture" | "declined" => Outcome::Declined,
        "congestion" | "chanunavail" | "invalidargs" | "failed" => Outcome::Failed,
        "ringing" => Outcome::Ringing,
        _ => return Err(Error::invalid("status", "This is no outcome of a call.")),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_with_or_without_a_fraction() {
        assert_eq!(at("x", "1732189000").unwrap(), Some(1_732_189_000_000));
        assert_eq!(at("x", "1732189000.25").unwrap(), Some(1_732_189_000_250));
        assert_eq!(at("x", "1732189000.123456").unwrap(), Some(1_732_189_000_123));
        for none in ["", " ", "0", "0.000000", "00", "0."] {
            assert_eq!(at("x", none).unwrap(), None, "{none}");
        }
        for bad in ["-1", "1e9", "now", "9999999999999", "1.x", "1.é"] {
            assert!(at("x", bad).is_err(), "{bad}");
        }
    }
}
