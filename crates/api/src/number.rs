//! The numbers of the business: which there are, and which of them a call is placed from.

use serde::{Deserialize, Serialize};

use crate::Id;

/// A number of the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Number {
    /// The number's row.
    pub id: Id,
    /// The number in E.164.
    pub number: String,
    /// The number as it was typed.
    pub typed: String,
    /// The business profile: whom callers of this number mean. May be empty.
    pub name: String,
    /// The users who may call from it.
    pub users: Vec<Id>,
}

/// Makes a number, or replaces one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NumberInput {
    /// The number, in any way of writing; without a country code it is one of the workspace's country.
    pub number: String,
    /// The business profile, at most 200 bytes.
    #[serde(default)]
    pub name: String,
    /// The users who may call from it.
    #[serde(default)]
    pub users: Vec<Id>,
}

/// A number of the business, as its people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineNumber {
    /// The number in E.164.
    pub number: String,
    /// The business profile; may be empty.
    pub name: String,
    /// Whether who asks may call from it.
    pub may_call_from: bool,
}

/// A number of the business and its profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedNumber {
    /// The number in E.164.
    pub number: String,
    /// The business profile; may be empty.
    pub name: String,
}

/// Whom a call would go to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CallFromQuery {
    /// The number that would be called, in any way of writing; empty while there is none.
    #[serde(default)]
    pub number: String,
}

/// The number that a call is placed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallFrom {
    /// In E.164. Asked for: none if who asks has no number to call from. Told as a choice: one that they may call from.
    pub number: Option<String>,
}
