//! Users, roles and permissions.

use serde::{Deserialize, Serialize};

use crate::Id;

/// What a role may allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Receive calls and click to call.
    Call,
    /// Dial by hand.
    Dial,
    /// Transfer calls.
    Transfer,
    /// See the calls that one took part in.
    SeeOwnCalls,
    /// See everybody's calls.
    SeeAllCalls,
    /// Hear recordings of the calls that one may see.
    HearRecordings,
    /// Set up VoIP accounts and webhooks.
    ManageChannels,
    /// See statistics.
    SeeStatistics,
    /// Set up users, roles, keys, record types and the workspace.
    ManageUsers,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Call,
        Self::Dial,
        Self::Transfer,
        Self::SeeOwnCalls,
        Self::SeeAllCalls,
        Self::HearRecordings,
        Self::ManageChannels,
        Self::SeeStatistics,
        Self::ManageUsers,
    ];
}

/// A user. Who may not manage users sees of others [`User::id`], [`User::name`] and [`User::active`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// The user.
    pub id: Id,
    /// The name to sign in with; empty if it is not told.
    pub login: String,
    /// The full name.
    pub name: String,
    /// The mail address; may be empty.
    pub email: String,
    /// The phone number as typed; may be empty.
    pub phone: String,
    /// The role; 0 if it is not told.
    pub role: Id,
    /// Whether they may sign in.
    pub active: bool,
}

/// Makes a user, or replaces what is known of one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UserInput {
    /// The name to sign in with: 1 to 64 of `a`-`z`, `0`-`9`, `.`, `-`, `_`, `@`.
    pub login: String,
    /// The full name.
    pub name: String,
    /// The mail address.
    #[serde(default)]
    pub email: String,
    /// The phone number.
    #[serde(default)]
    pub phone: String,
    /// The role.
    pub role: Id,
    /// Whether they may sign in.
    pub active: bool,
    /// A new password, 8 to 200 characters, and not the name to sign in with. Must be given for a new user; without it, an
    /// old user's stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// What some users may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Role {
    /// The role.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// Makes a role, or replaces one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleInput {
    /// Its name.
    pub name: String,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// A user by name, wherever something was done by somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// The user.
    pub id: Id,
    /// The full name.
    pub name: String,
}
