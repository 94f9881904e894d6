//! Tasks.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis, record::RecordBrief, user::Person};

/// Makes a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// As [`crate::note::NewNote::key`].
    pub key: String,
    /// The record it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Id>,
    /// What is to be done.
    pub title: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Millis>,
    /// Who is to do it; who makes it, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Id>,
}

/// Replaces what is known of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TaskChange {
    /// What is to be done.
    pub title: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Millis>,
    /// Who is to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Id>,
    /// Whether it is done.
    pub done: bool,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    /// The task.
    pub id: Id,
    /// The record it is about.
    pub record: Option<RecordBrief>,
    /// What is to be done.
    pub title: String,
    /// Until when.
    pub due_at: Option<Millis>,
    /// Who is to do it.
    pub assignee: Option<Person>,
    /// When it was done.
    pub done_at: Option<Millis>,
    /// When it was made.
    pub created_at: Millis,
}

/// Which tasks. They come newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct TaskQuery {
    /// About this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Id>,
    /// For this user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Id>,
    /// Only those that are done (true) or not (false).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// As [`crate::PageQuery::cursor`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// As [`crate::PageQuery::limit`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
