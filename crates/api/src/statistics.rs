//! How the calls went.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis, call::Outcome, user::Person};

/// Which calls are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct StatisticsQuery {
    /// Begun at this time or later.
    pub since: Millis,
    /// Begun before this time, at most 366 days later.
    pub until: Millis,
    /// Of this agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// What local time is ahead of UTC, in minutes, -840 to 840: decides where a day begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utc_offset: Option<i32>,
}

/// How the calls of a span of time went. Calls that are still ringing are not counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statistics {
    /// All calls.
    pub total: Tally,
    /// Every local day of the span, also those without calls.
    pub days: Vec<Day>,
    /// Every agent with calls, the most calls first; then those without an agent.
    pub agents: Vec<AgentTally>,
    /// How many went how.
    pub outcomes: Vec<OutcomeCount>,
}

/// Some calls, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tally {
    /// All of them.
    pub calls: i64,
    /// Those that came in.
    pub incoming: i64,
    /// Those that were answered. The answer rate is this by `calls`.
    pub answered: i64,
    /// Seconds of talk.
    pub talk_seconds: i64,
}

/// A day's calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Day {
    /// When the day begins.
    pub at: Millis,
    /// Its calls.
    pub tally: Tally,
}

/// An agent's calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentTally {
    /// The agent; none for calls that nobody took.
    pub agent: Option<Person>,
    /// Their calls.
    pub tally: Tally,
}

/// The calls that went one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutcomeCount {
    /// How they went.
    pub outcome: Outcome,
    /// How many.
    pub calls: i64,
}
