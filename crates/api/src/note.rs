//! Notes.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis, user::Person};

/// Saves a note, and with it a change of the record's status: both or neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// Made by the client, once for the note: however often it is sent, it is one note. 8 to 64 of `A`-`Z`, `a`-`z`,
    /// `0`-`9`, `-`, `_`.
    pub key: String,
    /// The record it is about; none for a call with nobody known. One that was deleted is refused, or, if there is a call and
    /// a text, passed over with the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Id>,
    /// The channel's id of the call it is about ([`crate::call::CallReport::call_id`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// The text, up to [`crate::LONGEST_NOTE`] bytes. May be empty if there is a status.
    pub text: String,
    /// The record's new status, one of the options of its type's status field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Note {
    /// The note.
    pub id: Id,
    /// The record it is about.
    pub record: Option<Id>,
    /// The call it is about.
    pub call: Option<Id>,
    /// Who wrote it; none for another program.
    pub author: Option<Person>,
    /// The text.
    pub text: String,
    /// The change of status that was saved with it.
    pub status: Option<StatusChange>,
    /// When it was saved.
    pub created_at: Millis,
}

/// How a record's status changed; values of its type's status field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusChange {
    /// The status before.
    pub from: Option<String>,
    /// The status after.
    pub to: String,
}
