//! Keys for other programs.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis};

/// Makes a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// Which program it is for.
    pub name: String,
    /// The role that says what it may do.
    pub role: Id,
}

/// A key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Key {
    /// The key.
    pub id: Id,
    /// Which program it is for.
    pub name: String,
    /// The role that says what it may do.
    pub role: Id,
    /// When it was made.
    pub created_at: Millis,
    /// When it was last used, to the minute.
    pub used_at: Option<Millis>,
}

/// A key that was made. Its secret is told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedKey {
    /// The key.
    pub key: Key,
    /// For `Authorization: Bearer SECRET`.
    pub secret: String,
}
