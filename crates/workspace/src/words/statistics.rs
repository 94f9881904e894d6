//! The statistics.

use super::span;
use ringdock_api::statistics::Tally;

/// The choice of a span.
pub const PERIOD: &str = "Period";
/// All calls.
pub const TOTAL_CALLS: &str = "Calls";
/// How many calls were answered.
pub const ANSWER_RATE: &str = "Answer rate";
/// The talk of all calls together.
pub const TALK_TOGETHER: &str = "Talk time";
/// The talk of an answered call.
pub const TALK_EACH: &str = "Average talk";
/// Calls that came in.
pub const INCOMING: &str = "Incoming";
/// Calls that went out.
pub const OUTGOING: &str = "Outgoing";
/// Calls that were answered.
pub const ANSWERED: &str = "Answered";
/// Calls that were not.
pub const NOT_ANSWERED: &str = "Not answered";
/// Heads the calls of each day.
pub const BY_DAY: &str = "Calls by day";
/// Heads the calls of each agent.
pub const BY_AGENT: &str = "Calls by agent";
/// Heads the calls of each outcome.
pub const BY_OUTCOME: &str = "Calls by outcome";
/// The column of the day.
pub const DAY: &str = "Day";
/// The column of the count.
pub const COUNT: &str = "Calls";
/// Calls that nobody took.
pub const NOBODY: &str = "Nobody";
/// Shows a chart's figures.
pub const AS_TABLE: &str = "Show as table";
/// Heads statistics without calls.
pub const NO_STATISTICS: &str = "No calls in this period";
/// Says what to do about it.
pub const NO_STATISTICS_TEXT: &str = "Choose a longer period, or another agent.";

/// The span of the last days.
pub fn last_days(days: u32) -> String {
    ["Last ", &days.to_string(), " days"].concat()
}

/// A share in percent: "83 %"; a dash of nothing.
pub fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    ((part * 100 + whole / 2) / whole).to_string() + " %"
}

/// The talk of one answered call in words.
pub fn average_talk(tally: Tally) -> String {
    if tally.answered == 0 { "–".to_owned() } else { span(tally.talk_seconds / tally.answered) }
}

/// What the chart of days shows, for who cannot see it.
pub fn days_chart(days: usize, total: Tally) -> String {
    let counts = [total.calls, total.answered].map(|count| count.to_string());
    [&days.to_string(), " days: ", &counts[0], " calls, ", &counts[1], " of them answered"].concat()
}

/// A bar of a chart, for who points at it.
pub fn day_bar(day: &str, tally: Tally) -> String {
    [day, ": ", &tally.calls.to_string(), " calls, ", &tally.answered.to_string(), " answered"]
        .concat()
}
