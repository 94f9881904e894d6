//! Reads what a PBX says of a call.

use std::cmp::Reverse;

use axum::http::{HeaderMap, header};
use ringdock_api::{
    Millis,
    call::{Channel, Direction, Outcome},
    pbx::PbxReport,
};

use super::OWN;
use crate::{
    calls::{
        facts::{Facts, Said, Source},
        report::LONGEST_ID,
    },
    check,
    error::{Error, Result},
    extract,
    number::{self, Number},
    time::{self, now},
};

/// Reads a report: JSON or form fields.
pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<PbxReport> {
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

/// The ids that the report knows its call by, the PBX's own first.
pub fn ids(report: &PbxReport) -> Result<Vec<String>> {
    check::at_most("call_id", &report.call_id, LONGEST_ID)?;
    check::at_most("sip_call_id", &report.sip_call_id, LONGEST_ID)?;
    check::at_most("preferred", &report.preferred, LONGEST_ID)?;
    let own = Some(format!("{OWN}{}", report.call_id)).filter(|_| !report.call_id.is_empty());
    let sip = Some(report.sip_call_id.clone()).filter(|id| !id.is_empty());
    let ids: Vec<String> = own.into_iter().chain(sip).collect();
    if ids.is_empty() { Err(Error::required("call_id")) } else { Ok(ids) }
}

/// What a report says, but for the agent. National numbers are those of `country`.
pub fn facts(report: &PbxReport, direction: Option<Direction>, country: &str) -> Result<Facts> {
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
    let ended = ended.or_else(|| over.then(|| Said(Source::Receipt, now())));
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

/// A text that `by` says; an empty one says nothing.
pub fn said(by: Source, text: &str) -> Option<Said<String>> {
    Some(Said(by, text.to_owned())).filter(|said| !said.1.is_empty())
}

/// How well the PBX knows who our side of a call is. Who calls out, it knows best. A call that comes in it takes to an
/// extension, but who answers may be somebody else, whose dock says so; before that, it is as good as a dock that rings.
pub fn agents_source(facts: &Facts) -> Source {
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
