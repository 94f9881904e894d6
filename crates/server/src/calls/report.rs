//! What docks report of their calls.

use std::cmp::Reverse;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use ringdock_api::{
    call::{Call, CallReport, Direction, Outcome},
    event::Change,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    facts::{Facts, Said, Source},
    links,
    list::may_see,
    pbx, store, tell,
};
use crate::{
    app::App,
    auth::Who,
    check,
    db::Tx,
    error::{Error, Result},
    extract,
    number::{self, Number},
    records,
};

/// The longest id of a channel, in bytes.
pub const LONGEST_ID: usize = 255;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(report))
}

/// Takes what a dock knows of its agent's call. Reports may repeat and come out of order. A call that who asks may not
/// see, because a colleague answered it, is not told.
#[utoipa::path(post, path = "/api/calls", tag = "calls", request_body = CallReport,
    responses((status = 200, body = Call), (status = 204, description = "filed, and not to be seen")))]
async fn report(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<CallReport>,
) -> Result<Response> {
    let country = records::country(&app, &who).await?;
    let mut tx = app.db.begin().await?;
    tx.lock_calls().await?;
    let source = source(&tx, &input, &who).await?;
    let facts = facts(&input, &who, &country, source)?;
    // The call counts more than its link: it is filed without a record that was deleted meanwhile.
    let record = match input.record {
        Some(id) => records::store::find(&tx, id).await?,
        None => None,
    };
    let row = store::join(&mut tx, &[input.call_id], &facts).await?;
    if let Some(record) = record {
        links::link(&mut tx, &row, record.id, None).await?;
        records::tell(&mut tx, &record, Change::Timeline);
        store::tell(&mut tx, &row).await?;
    }
    let reply = match may_see(&who, &row) {
        true => Json(tell::call(&tx, &who, row).await?).into_response(),
        false => StatusCode::NO_CONTENT.into_response(),
    };
    tx.commit().await?;
    Ok(reply)
}

/// How well the dock knows its call. A call is answered by one dock: another that says the same later, under the same id,
/// is no better than one at which it rang, and does not become the call's agent.
async fn source(tx: &Tx, report: &CallReport, who: &Who) -> Result<Source> {
    if report.answered_at.is_none() {
        return Ok(Source::Dock);
    }
    let known = super::find(tx, &report.call_id).await?;
    let agent = known.as_ref().map(store::facts).transpose()?.and_then(|facts| facts.agent);
    match agent {
        Some(Said(Source::Answerer, agent)) if who.user != Some(agent) => Ok(Source::Dock),
        _ => Ok(Source::Answerer),
    }
}

fn facts(report: &CallReport, who: &Who, country: &str, source: Source) -> Result<Facts> {
    if report.call_id.is_empty() {
        return Err(Error::required("call_id"));
    }
    check::at_most("call_id", &report.call_id, LONGEST_ID)?;
    if report.call_id.starts_with(pbx::OWN) {
        return Err(Error::invalid("call_id", "Ids that begin so are the PBX's own."));
    }
    for (field, text, most) in [
        ("from", Some(&report.from), number::LONGEST),
        ("to", Some(&report.to), number::LONGEST),
        ("line", report.line.as_ref(), number::LONGEST),
        ("reason", report.reason.as_ref(), 500),
    ] {
        check::at_most(field, text.map_or("", String::as_str), most)?;
    }
    check::at("started_at", report.started_at)?;
    for (field, at) in [("answered_at", report.answered_at), ("ended_at", report.ended_at)] {
        if let Some(at) = at {
            check::at(field, at)?;
            if at < report.started_at {
                return Err(Error::invalid(field, "This is before the call began."));
            }
        }
    }
    let live = report.outcome == Outcome::Ringing || report.outcome == Outcome::Answered;
    if !live && report.ended_at.is_none() {
        return Err(Error::required("ended_at"));
    }
    if report.outcome == Outcome::Ringing
        && (report.answered_at.is_some() || report.ended_at.is_some())
    {
        return Err(Error::invalid(
            "outcome",
            "A call that was answered or is over is not ringing.",
        ));
    }
    let said = |text: &str| Some(Said(source, text.to_owned())).filter(|said| !said.1.is_empty());
    let party = |typed: &str| said(&Number::canonical(typed, country));
    Ok(Facts {
        channel: Some(Said(source, report.channel)),
        direction: Some(Said(source, report.direction)),
        caller: party(&report.from),
        callee: party(&report.to),
        line: said(report.line.as_deref().unwrap_or(match report.direction {
            Direction::Incoming => &report.to,
            Direction::Outgoing => &report.from,
        })),
        agent: who.user.map(|user| Said(source, user)),
        reason: said(report.reason.as_deref().unwrap_or_default()),
        recording: None,
        started: Some(Said(Source::Dock, Reverse(report.started_at))),
        answered: report.answered_at.map(|at| Said(source, Reverse(at))),
        ended: report.ended_at.map(|at| Said(source, at)),
        was_answered: report.outcome == Outcome::Answered || report.answered_at.is_some(),
        outcome: (!live).then_some(Said(source, report.outcome)),
        told_by: who.user.into_iter().collect(),
    })
}
