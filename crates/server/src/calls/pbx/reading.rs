//! Reads what a PBX says of a call.

use std::{cmp::Reverse, collections::BTreeMap};

use axum::http::{HeaderMap, header};
use ringdock_api::{
    Millis,
    call::{Channel, Direction, Outcome},
    pbx::PbxReport,
};
use serde_json::{Value, value::RawValue};

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

/// So far a PBX's clock may be ahead of ours; all its times are ahead then, and fit each other.
const SKEW: Millis = 5 * time::MINUTE;

/// Reads a report: JSON or form fields.
pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<PbxReport> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let report: PbxReport = match kind.split(';').next().unwrap_or_default().trim() {
        "application/json" => from_json(body)?,
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

/// Reads JSON whose values may be written without quotes. A number is the text that stands there: `1795175999.10` is another
/// id than `1795175999.1`.
fn from_json(body: &[u8]) -> Result<PbxReport> {
    let values: BTreeMap<String, Box<RawValue>> = extract::from_json(body)?;
    let text = |value: &RawValue| match value.get().as_bytes().first() {
        Some(b'n') => Ok(Value::from("")),
        Some(b't' | b'f' | b'-' | b'0'..=b'9') => Ok(Value::from(value.get())),
        _ => serde_json::from_str(value.get()),
    };
    let report = values.into_iter().map(|(key, value)| Ok((key, text(&value)?)));
    let report = report.collect::<serde_json::Result<_>>().map(Value::Object);
    report
        .and_then(serde_json::from_value)
        .map_err(|_| Error::Malformed("A field is no text, number, boolean or null.".to_owned()))
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

/// What a report says, but for the agent. National numbers are those of `country`. A report that does not say its direction by
/// its address is a final log: the call is over.
pub fn facts(report: &PbxReport, direction: Option<Direction>, country: &str) -> Result<Facts> {
    for (field, text) in
        [("from", &report.from), ("to", &report.to), ("extension", &report.extension)]
    {
        check::at_most(field, text, number::LONGEST)?;
    }
    let is_log = direction.is_none();
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
    let now = now();
    let started = at("started", &report.started)?.map(|at| said_of(at, now));
    let started = started.filter(|said| said.0 == Source::Carrier);
    let answered = at("answered", &report.answered)?.map(|at| said_of(at, now));
    let ended = at("ended", &report.ended)?.map(|at| said_of(at, now));
    let told = outcome(&report.status)?.filter(|outcome| *outcome != Outcome::Ringing);
    let was_answered = answered.is_some() || told == Some(Outcome::Answered);
    // A call whose end nobody dated ended when that was said.
    let is_over = is_log || told.is_some();
    let ended = ended.or_else(|| is_over.then_some(Said(Source::Receipt, now)));
    let outcome = match told {
        Some(Outcome::Answered) => None,
        Some(outcome) => Some(Said(Source::Carrier, outcome)),
        // Whoever says more of it knows better.
        None => (is_log && !was_answered).then_some(Said(Source::Receipt, Outcome::NoAnswer)),
    };
    // It began no later than anything that is known of it.
    let begun = [&answered, &ended].into_iter().flatten().map(|said| said.1).min();
    let begun = Said(Source::Guess, Reverse(begun.map_or(now, |at| at.min(now))));
    // A caller's own extension is what the dock says as well; it must not hide the number that was presented.
    let is_own = direction == Some(Direction::Outgoing) && report.from == report.extension;
    let caller = if is_own { Source::Dock } else { Source::Carrier };
    let mut facts = Facts {
        channel: Some(Said(Source::Carrier, Channel::Pbx)),
        direction: direction.map(|direction| Said(Source::Carrier, direction)),
        caller: said(caller, &Number::canonical(&report.from, country)),
        callee: said(Source::Carrier, &Number::canonical(&report.to, country)),
        recording: said(Source::Carrier, &report.recording),
        started: Some(started.map_or(begun, |Said(by, at)| Said(by, Reverse(at)))),
        answered: answered.map(|Said(by, at)| Said(by, Reverse(at))),
        ended,
        was_answered,
        outcome,
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

/// A time of the PBX's clock. One that is still to come nobody can know: it was now, when that was said.
fn said_of(at: Millis, now: Millis) -> Said<Millis> {
    if at > now + SKEW { Said(Source::Receipt, now) } else { Said(Source::Carrier, at) }
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
    use axum::http::HeaderValue;

    use super::*;

    fn from(json: &str) -> Result<PbxReport> {
        let json_type = HeaderValue::from_static("application/json");
        read(&HeaderMap::from_iter([(header::CONTENT_TYPE, json_type)]), json.as_bytes())
    }

    fn log(json: &str) -> Facts {
        facts(&from(json).unwrap(), None, "GB").unwrap()
    }

    #[test]
    fn values_are_taken_without_quotes_as_with() {
        let bare = from(
            r#"{"call_id":1795175999.10,"from":1001,"started":1795899771,"answered":0,"recording":null,"status":true,"other":[{}]}"#,
        );
        let quoted = from(
            r#"{"call_id":"1795175999.10","from":"1001","started":"1795899771","answered":"0","recording":"","status":"true"}"#,
        );
        assert_eq!(bare.unwrap(), quoted.unwrap());
        for wrong in [
            r#"{"call_id":[1]}"#,
            r#"{"from":{}}"#,
            r#"{"to":1e}"#,
            r#"{"to":"\ud800"}"#,
            "[]",
            "1",
            "",
        ] {
            assert!(matches!(from(wrong), Err(Error::Malformed(_))), "{wrong}");
        }
        assert!(from("{\"to\":\"\\u0000\"}").is_err());
    }

    #[test]
    fn a_final_log_is_of_a_call_that_is_over() {
        let before = now();
        let silent = log(r#"{"call_id":"1"}"#);
        assert_eq!(silent.outcome(), Outcome::NoAnswer);
        assert!(silent.ended_at().is_some_and(|at| (before..=now()).contains(&at)));
        let dated = log(r#"{"call_id":"1","status":"RINGING","ended":1795176030}"#);
        assert_eq!(dated.outcome(), Outcome::NoAnswer);
        assert_eq!(dated.ended_at(), Some(1_795_176_030_000));
        assert_eq!(dated.started_at(), dated.ended_at(), "it began no later");
        let answered = log(r#"{"call_id":"1","answered":1795176004}"#);
        assert_eq!(answered.outcome(), Outcome::Answered);
        assert!(answered.ended_at() >= Some(before));
        // What another source says of how it went is better than that nothing was said.
        let mut known = silent.clone();
        known.join(&log(r#"{"call_id":"1","status":"BUSY"}"#));
        known.join(&silent);
        assert_eq!(known.outcome(), Outcome::Busy);
        // The same report, sent again later.
        let mut twice = silent.clone();
        twice.join(&Facts {
            ended: silent.ended.clone().map(|Said(by, at)| Said(by, at + 9)),
            ..Facts::default()
        });
        assert_eq!(twice, silent);
    }

    #[test]
    fn times_that_make_no_sense_are_put_right() {
        let before = now();
        let ahead = (before + 400 * time::DAY) / time::SECOND;
        let times =
            format!(r#"{{"call_id":"1","started":{ahead},"answered":{ahead},"ended":{ahead}}}"#);
        let future = log(&times);
        for at in [future.started_at(), future.answered_at(), future.ended_at()] {
            assert!(at.is_some_and(|at| (before..=now()).contains(&at)), "{at:?}");
        }
        // A clock that is a little ahead loses nothing.
        let ahead = before / time::SECOND + 60;
        let skewed = log(&format!(
            r#"{{"call_id":"1","started":{ahead},"answered":{ahead},"ended":{}}}"#,
            ahead + 30
        ));
        assert_eq!((skewed.started_at(), skewed.talk_seconds()), (Some(ahead * time::SECOND), 30));
        let backwards =
            log(r#"{"call_id":"1","started":1795176030,"answered":1795176010,"ended":1795176000}"#);
        for at in [backwards.started_at(), backwards.answered_at(), backwards.ended_at()] {
            assert_eq!(at, Some(1_795_176_030_000));
        }
    }

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
