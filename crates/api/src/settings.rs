//! The workspace.

use serde::{Deserialize, Serialize};

/// What holds for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The company's name.
    pub workspace: String,
    /// Whose national numbers are meant, two letters (ISO 3166-1).
    pub country: String,
    /// The currency of money fields, three letters (ISO 4217).
    pub currency: String,
}
