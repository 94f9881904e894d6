//! What the phone tells of its calls, and the reports that are made of it.

use ringdock_api::call::{CallReport, Channel, Direction, Outcome};
use ringdock_api::{Id, Millis};

/// The phone at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The dot is green.
    pub connected: bool,
    /// The agent's own extension.
    pub own: String,
    /// The text in the field of the dial pad.
    pub typed: String,
    /// The call that is up, or has just ended.
    pub call: Option<PhoneCall>,
    /// The call to a colleague.
    pub consult: Option<PhoneCall>,
}

impl Snapshot {
    /// The call that is up.
    pub fn live(&self) -> Option<&PhoneCall> {
        self.call.as_ref().filter(|call| call.stage != Stage::Ended)
    }
}

/// A call at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneCall {
    /// Tells it from the dock's other calls.
    pub id: i32,
    /// Who called whom.
    pub direction: Direction,
    /// How far it is.
    pub stage: Stage,
    /// The other side's number; empty if it is withheld.
    pub number: String,
    /// The number of the business that was called, or that the agent chose to call from.
    pub own_number: Option<String>,
    /// The name that the network or the page gave.
    pub name: Option<String>,
    /// The channel's own id; empty until it is known.
    pub channel_id: String,
    /// When it began.
    pub started_at: Millis,
    /// When it was answered, while that can be told.
    pub answered_at: Option<Millis>,
}

/// How far a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Not answered yet, by the one or the other side.
    Ringing,
    /// The two sides speak.
    Active,
    /// It is being ended.
    Ending,
    /// It is over.
    Ended,
}

/// A call that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedCall {
    /// As [`PhoneCall::id`].
    pub id: i32,
    /// Who called whom.
    pub direction: Direction,
    /// The other side's number.
    pub number: String,
    /// The other side's name.
    pub name: Option<String>,
    /// The channel's own id; empty if it never had one.
    pub channel_id: String,
    /// When it began.
    pub started_at: Millis,
    /// When it was answered.
    pub answered_at: Option<Millis>,
    /// When it was over.
    pub ended_at: Millis,
    /// How it went.
    pub outcome: Outcome,
    /// Why it ended as it did, in a sentence.
    pub reason: String,
    /// A colleague was asked in it, while a customer was held.
    pub consult: bool,
}

/// Makes reports of what the phone tells: one whenever there is something new to say of a call.
#[derive(Debug, Default)]
pub struct Reporter {
    /// The last report of each call that is not over.
    live: Vec<CallReport>,
}

impl Reporter {
    /// A call as it is now. `own` is the agent's extension; `record` the one that it was chosen to be about. None if the
    /// server was told all of it.
    pub fn see(&mut self, call: &PhoneCall, own: &str, record: Option<Id>) -> Option<CallReport> {
        if call.channel_id.is_empty() || matches!(call.stage, Stage::Ending | Stage::Ended) {
            return None;
        }
        let outcome = if call.answered_at.is_some() { Outcome::Answered } else { Outcome::Ringing };
        // What is presented to the other side, the server knows better.
        let called = call.own_number.as_deref().filter(|_| call.direction == Direction::Incoming);
        let (from, to) = sides(call.direction, &call.number, called.unwrap_or(own));
        let report = CallReport {
            channel: Channel::Pbx,
            call_id: call.channel_id.clone(),
            direction: call.direction,
            from,
            to,
            outcome,
            started_at: call.started_at,
            answered_at: call.answered_at,
            ended_at: None,
            line: Some(own.to_owned()).filter(|own| !own.is_empty()),
            record,
            reason: None,
        };
        self.tell(report)
    }

    /// A call that is over.
    pub fn end(&mut self, call: &EndedCall, own: &str, record: Option<Id>) -> Option<CallReport> {
        if call.channel_id.is_empty() {
            return None;
        }
        let (from, to) = sides(call.direction, &call.number, own);
        let report = CallReport {
            channel: Channel::Pbx,
            call_id: call.channel_id.clone(),
            direction: call.direction,
            from,
            to,
            outcome: call.outcome,
            started_at: call.started_at,
            answered_at: call.answered_at,
            ended_at: Some(call.ended_at),
            line: Some(own.to_owned()).filter(|own| !own.is_empty()),
            record,
            reason: Some(call.reason.clone()).filter(|reason| !reason.is_empty()),
        };
        self.tell(report)
    }

    /// The page goes, and all calls with it.
    pub fn close(&mut self, now: Millis) -> Vec<CallReport> {
        let over = |mut report: CallReport| {
            report.ended_at = Some(now.max(report.answered_at.unwrap_or(report.started_at)));
            if report.answered_at.is_none() {
                report.outcome = match report.direction {
                    Direction::Outgoing => Outcome::Cancelled,
                    Direction::Incoming => Outcome::Failed,
                };
            }
            report.reason = Some("The page with the phone was closed.".to_owned());
            report
        };
        std::mem::take(&mut self.live).into_iter().map(over).collect()
    }

    /// Moments are kept as they were first told: the page's clock reads them a little differently each time. So are the
    /// two sides, whoever takes the other's place later, and though the number that was called is not told at the end.
    fn tell(&mut self, mut report: CallReport) -> Option<CallReport> {
        let known = self.live.iter().position(|known| known.call_id == report.call_id);
        if let Some(old) = known.map(|at| &self.live[at]) {
            report.started_at = old.started_at;
            report.from.clone_from(&old.from);
            report.to.clone_from(&old.to);
            report.answered_at = old.answered_at.or(report.answered_at);
            report.ended_at =
                report.ended_at.map(|at| at.max(report.answered_at.unwrap_or(report.started_at)));
            report.record = report.record.or(old.record);
            if *old == report {
                return None;
            }
        }
        match (known, report.ended_at) {
            (Some(at), Some(_)) => {
                self.live.swap_remove(at);
            }
            (Some(at), None) => self.live[at] = report.clone(),
            (None, Some(_)) => {}
            (None, None) => self.live.push(report.clone()),
        }
        Some(report)
    }
}

/// The report of a call, as JSON, without the record that it is to be about; none if it names none, or is no report.
pub fn without_record(report: &str) -> Option<String> {
    let report: CallReport = serde_json::from_str(report).ok()?;
    report.record?;
    serde_json::to_string(&CallReport { record: None, ..report }).ok()
}

fn sides(direction: Direction, number: &str, own: &str) -> (String, String) {
    match direction {
        Direction::Incoming => (number.to_owned(), own.to_owned()),
        Direction::Outgoing => (own.to_owned(), number.to_owned()),
    }
}
