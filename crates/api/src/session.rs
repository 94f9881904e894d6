//! Who is signed in.

use serde::{Deserialize, Serialize};

use crate::{Id, user::Permission};

/// What the sign-in page shows before anybody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInPage {
    /// The company's name.
    pub workspace: String,
    /// Users who came with a demo server, and sign in with one click; empty on any other.
    pub demo_users: Vec<DemoUser>,
}

/// A user of a demo server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoUser {
    /// The name to sign in with.
    pub login: String,
    /// The full name.
    pub name: String,
    /// The role's name.
    pub role: String,
}

/// Signs a user in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The name to sign in with.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Signs a user of a demo server in, without a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoSignIn {
    /// One of [`SignInPage::demo_users`].
    pub login: String,
}

/// The user who is signed in, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The user; 0 for the key of another program.
    pub user: Id,
    /// The name to sign in with; the key's name for another program.
    pub login: String,
    /// The full name.
    pub name: String,
    /// The role's name.
    pub role: String,
    /// What the role allows.
    pub permissions: Vec<Permission>,
    /// The company's name.
    pub workspace: String,
    /// Whose national numbers are meant, two letters (ISO 3166-1): the user's country, else the workspace's.
    pub country: String,
    /// What the user chose.
    pub preferences: Preferences,
}

/// What a user chooses for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// Whether the note dialog opens after an answered call.
    pub note_dialog: bool,
    /// The country of national numbers, two letters (ISO 3166-1); without it, the workspace's.
    pub country: Option<String>,
}

/// Changes one's own password. All other sessions of the user end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The one so far.
    pub current: String,
    /// The new one, 8 to 200 characters, and not the name to sign in with.
    pub new: String,
}
