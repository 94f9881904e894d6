//! Who asks, and what they may do.

pub mod access;
pub mod attempts;
pub mod client;
mod guard;
pub mod identify;
pub mod password;
mod session;

use axum::{extract::FromRequestParts, http::request::Parts};
use ringdock_api::{Id, user::Permission};

use crate::error::{Error, Result};

pub use guard::guard;
pub use session::{COOKIE, router};

/// Who makes a request.
#[derive(Debug, Clone)]
pub struct Who {
    /// The user; none for another program.
    pub user: Option<Id>,
    /// The name to sign in with, or of the program.
    pub login: String,
    /// The full name.
    pub name: String,
    /// The role's name.
    pub role: String,
    /// What the role allows.
    pub permissions: Vec<Permission>,
    /// The user's own country.
    pub country: Option<String>,
    /// Whether the user wants the note dialog.
    pub note_dialog: bool,
    /// The hash of the session's token; none for another program.
    pub session: Option<String>,
    /// The key of another program; none for a user.
    pub key: Option<Id>,
}

impl Who {
    /// Whether the role allows it.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// The user, where only a person will do.
    pub fn person(&self) -> Result<Id> {
        self.user.ok_or(Error::Forbidden)
    }

    /// Whose calls may be seen: everybody's, or one's own.
    pub fn sees_calls_of(&self) -> Result<CallsOf> {
        match (self.may(Permission::SeeAllCalls), self.may(Permission::SeeOwnCalls), self.user) {
            (true, _, _) => Ok(CallsOf::Everybody),
            (_, true, Some(user)) => Ok(CallsOf::One(user)),
            _ => Err(Error::Forbidden),
        }
    }
}

/// Whose calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallsOf {
    /// Everybody's.
    Everybody,
    /// One agent's.
    One(Id),
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        // The guard put it there, or refused.
        parts.extensions.get::<Self>().cloned().ok_or(Error::NotSignedIn)
    }
}
