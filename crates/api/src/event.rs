//! What the server tells open pages.

use serde::{Deserialize, Serialize};

use crate::{Id, presence::Agent};

/// Who listens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct EventQuery {
    /// The page whose presence ends with the stream ([`crate::presence::PresenceReport::page`]); or a key of the browser, if
    /// its pages share the stream: then the presence of all pages ends whose keys begin with it and a `.`. 8 to 64 of `A`-`Z`,
    /// `a`-`z`, `0`-`9`, `-`, `_`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// One server-sent event: its `data` is this as JSON. The event's name is always `message`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The stream begins, or events were lost: whatever was fetched before may be old.
    Ready,
    /// An agent came, went, began or ended a call.
    Presence {
        /// As they are now.
        agent: Agent,
    },
    /// A call began or changed. Told to those who may see it.
    Call {
        /// The call.
        call: Id,
        /// The records on whose timelines it is.
        records: Vec<Id>,
    },
    /// A record, or something on its timeline, changed.
    Record {
        /// The record.
        record: Id,
        /// The type's key.
        record_type: String,
        /// What happened to it.
        change: Change,
    },
    /// The VoIP account of who listens changed: fetch the line again.
    Line,
    /// The numbers of the business changed, or who may call from them.
    Numbers,
    /// The types of record changed: fetch them again, and what shows their fields.
    Types,
    /// The session ended, or the role or the preferences of who listens changed: fetch the session again.
    Session,
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It was made.
    Created,
    /// Its fields changed.
    Updated,
    /// It was deleted.
    Deleted,
    /// Something on its timeline changed: call, note, task, request to call back.
    Timeline,
}
