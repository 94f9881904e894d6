//! Calls.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis, note::Note, number::NamedNumber, record::RecordBrief, user::Person};

/// What carries a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A PBX, over SIP.
    Pbx,
    /// Twilio.
    Twilio,
}

/// Who called whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The other side called.
    Incoming,
    /// The agent called.
    Outgoing,
}

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is ringing, now.
    Ringing,
    /// It was answered, and may still be going on.
    Answered,
    /// The line was busy.
    Busy,
    /// Nobody answered.
    NoAnswer,
    /// The caller hung up first.
    Cancelled,
    /// It was declined.
    Declined,
    /// The network or the routing failed.
    Failed,
}

/// What the dock knows of a call so far. Sent again whenever that changes; all reports of one call make one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallReport {
    /// What carries it.
    pub channel: Channel,
    /// The channel's own id: SIP `Call-ID`, Twilio `CallSid`.
    pub call_id: String,
    /// Who called whom.
    pub direction: Direction,
    /// The caller, as the channel tells it.
    pub from: String,
    /// Who is called, as dialled.
    pub to: String,
    /// How it stands or went. [`Outcome::Ringing`] until it is answered or over.
    pub outcome: Outcome,
    /// When it began.
    pub started_at: Millis,
    /// When the other side answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Millis>,
    /// When it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
    /// The agent's number or extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The record that the number was clicked on, or that was chosen while ringing. One that was deleted is passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Id>,
    /// Why it ended as it did, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Call {
    /// The call.
    pub id: Id,
    /// What carries it.
    pub channel: Channel,
    /// The channel's ids of it; several where the PBX and the dock name it differently.
    pub call_ids: Vec<String>,
    /// Who called whom.
    pub direction: Direction,
    /// The caller: E.164, or an extension as it is. Of an outgoing call it is the number that was presented, if one was.
    pub from: String,
    /// Who was called, likewise.
    pub to: String,
    /// The number of the business that was called or presented; none if it is none of them.
    pub business: Option<NamedNumber>,
    /// How it stands or went.
    pub outcome: Outcome,
    /// When it began.
    pub started_at: Millis,
    /// When it was answered.
    pub answered_at: Option<Millis>,
    /// When it was over; none while it goes on.
    pub ended_at: Option<Millis>,
    /// Seconds from the answer to the end; 0 until both are known.
    pub talk_seconds: i64,
    /// Why it ended as it did, in a sentence.
    pub reason: Option<String>,
    /// Whether there is a recording (and who asks may hear it).
    pub recording: bool,
    /// The agent.
    pub agent: Option<Person>,
    /// The agent's number or extension.
    pub line: Option<String>,
    /// The records that it is linked to.
    pub records: Vec<CallLink>,
    /// The notes that were taken, oldest first.
    pub notes: Vec<Note>,
}

/// A record that a call is linked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallLink {
    /// The record or user.
    pub record: RecordBrief,
    /// The key of the field that has the number; none if it was chosen by hand.
    pub field: Option<String>,
}

/// Which calls. They come newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CallQuery {
    /// Begun at this time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// Begun before this time, which is not before [`CallQuery::since`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    /// Of this agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// That went so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// In this direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// With this number on the other side, in any way of writing; three digits or more may be its beginning or its last ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Linked to this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Id>,
    /// As [`crate::PageQuery::cursor`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// As [`crate::PageQuery::limit`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
