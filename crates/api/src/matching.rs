//! Who has a number.

use serde::{Deserialize, Serialize};

use crate::{call_back::CallBack, note::Note, record::RecordBrief, task::Task};

/// Which number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct MatchQuery {
    /// The number, in any way of writing.
    pub number: String,
}

/// Everybody who has a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Matches {
    /// The number in E.164, or its digits if it is none.
    pub number: String,
    /// Records and users with a phone field of that number, contacts first, then leads, accounts, other records, users; in
    /// each the newest change first. At most 20.
    pub matches: Vec<Match>,
}

/// One who has the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Match {
    /// The record or user.
    pub record: RecordBrief,
    /// The key of the field that has the number.
    pub field: String,
    /// What that field is called.
    pub field_label: String,
    /// What is open around it.
    pub related: Related,
}

/// What is open around a record. At most 10 of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Related {
    /// The account that it belongs to.
    pub account: Option<RecordBrief>,
    /// Deals that are not closed.
    pub deals: Vec<RecordBrief>,
    /// Cases that are not closed.
    pub cases: Vec<RecordBrief>,
    /// Tasks that are not done.
    pub tasks: Vec<Task>,
    /// The newest notes.
    pub notes: Vec<Note>,
    /// Requests to call back that are not done.
    pub call_backs: Vec<CallBack>,
}

/// What was typed so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SuggestionQuery {
    /// Digits or the beginning of a name, at least two characters; less gives nothing.
    pub typed: String,
}

/// A number to dial. At most 8, recent calls first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// The number, in E.164 where it has it.
    pub number: String,
    /// Whose number; none for a recent call to nobody known.
    pub record: Option<RecordBrief>,
    /// What the phone field is called; none for a recent call.
    pub field_label: Option<String>,
    /// The number of the business that a call to it is placed from if the agent chooses none.
    pub call_from: Option<String>,
}
