//! Requests to call somebody back, which another program leaves on a record. They never place a call.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis, record::RecordBrief};

/// Leaves a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewCallBack {
    /// As [`crate::note::NewNote::key`].
    pub key: String,
    /// Whom to call.
    pub record: Id,
    /// The number, if not the record's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Why, in a sentence.
    pub reason: String,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Millis>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallBack {
    /// The request.
    pub id: Id,
    /// Whom to call.
    pub record: RecordBrief,
    /// The number to call; empty if the record has none.
    pub number: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Not before.
    pub due_at: Option<Millis>,
    /// When somebody saw to it.
    pub done_at: Option<Millis>,
    /// When it was left.
    pub created_at: Millis,
}

/// Which requests. They come oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CallBackQuery {
    /// On this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Id>,
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
