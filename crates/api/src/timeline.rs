//! What happened to a record, newest first.

use serde::{Deserialize, Serialize};

use crate::{Millis, call::Call, note::Note, task::Task};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// When.
    pub at: Millis,
    /// What.
    pub what: What,
}

/// What a timeline tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A call, with the notes that were taken in it.
    Call(Call),
    /// A note without a call.
    Note(Note),
    /// A task.
    Task(Task),
}
