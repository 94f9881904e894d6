//! Calls.

use ringdock_api::{
    call::{Call, Direction, Outcome},
    number::NamedNumber,
};

/// The column of who called or was called.
pub const WITH: &str = "With";
/// The column of the number.
pub const NUMBER: &str = "Number";
/// The column of how a call went.
pub const OUTCOME: &str = "Outcome";
/// The column of the time of talk.
pub const TALK_TIME: &str = "Talk time";
/// The column of the agent.
pub const AGENT: &str = "Agent";
/// The column of when a call began.
pub const WHEN: &str = "When";
/// The column of the direction.
pub const DIRECTION: &str = "Direction";
/// The first day.
pub const FROM: &str = "From";
/// The last day.
pub const UNTIL: &str = "Until";
/// The record that calls are linked to.
pub const RECORD: &str = "Record";
/// Every agent.
pub const ALL_AGENTS: &str = "All agents";
/// Every outcome.
pub const ANY_OUTCOME: &str = "Any outcome";
/// Both directions.
pub const BOTH_DIRECTIONS: &str = "In and out";
/// The filters of the call history.
pub const FILTERS: &str = "Filters";
/// Shows all calls again.
pub const CLEAR_FILTERS: &str = "Clear filters";
/// Saves what is filtered as a file.
pub const EXPORT_CSV: &str = "Export CSV";
/// Heads an empty history.
pub const NO_CALLS: &str = "No calls yet";
/// Says what an empty history waits for.
pub const NO_CALLS_TEXT: &str = "Calls stand here as soon as the first has been made or taken.";
/// Heads a history in which the filters leave nothing.
pub const NO_CALLS_FOUND: &str = "No calls like these";
/// Says what to do about it.
pub const NO_CALLS_FOUND_TEXT: &str = "Widen the dates, or clear the filters.";
/// Plays a recording.
pub const RECORDING: &str = "Recording";
/// A call that goes on.
pub const GOING_ON: &str = "In progress";
/// A call whose other side did not tell its number.
pub const WITHHELD: &str = "Number withheld";
/// The column of what was written about a call, and its recording.
pub const LEFT: &str = "Note";
/// A call of nobody known.
pub const UNKNOWN_CALLER: &str = "Unknown";

/// The accessible name of the button that calls a number.
pub fn call_number(number: &str) -> String {
    ["Call ", number].concat()
}

/// How a call stands or went.
pub fn outcome(call: &Call) -> &'static str {
    match (call.outcome, call.ended_at) {
        (Outcome::Answered, None) => GOING_ON,
        (outcome, _) => outcome_word(outcome),
    }
}

/// A way a call can go.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ringing => "Ringing",
        Outcome::Answered => "Answered",
        Outcome::Busy => "Busy",
        Outcome::NoAnswer => "No answer",
        Outcome::Cancelled => "Cancelled",
        Outcome::Declined => "Declined",
        Outcome::Failed => "Failed",
    }
}

/// Why a call failed; of any other, the outcome says enough. The dock tells it to its agent: what is addressed to them, and
/// what they should do about it, is left out for who reads it later.
pub fn why_failed(call: &Call) -> Option<&str> {
    let reason = call.reason.as_deref().filter(|_| call.outcome == Outcome::Failed)?;
    let what = reason.split_inclusive(". ").next()?.trim();
    (!what.is_empty() && !what.starts_with("You ")).then_some(what)
}

/// Who called whom.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "Incoming",
        Direction::Outgoing => "Outgoing",
    }
}

/// The number of the business that a call went through, by its profile if it has one.
pub fn through(direction: Direction, business: &NamedNumber) -> String {
    let whom = if business.name.is_empty() { &business.number } else { &business.name };
    let how = match direction {
        Direction::Incoming => "to ",
        Direction::Outgoing => "from ",
    };
    [how, whom].concat()
}

/// Heads a call on a timeline.
pub fn call_title(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "Incoming call",
        Direction::Outgoing => "Outgoing call",
    }
}
