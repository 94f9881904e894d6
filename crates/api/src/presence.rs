//! Who is there.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis};

/// What a dock says of its agent, at each change and every 30 s. Of several pages of an agent the busiest counts. A page
/// that was not heard of for 75 s is gone, and so is one whose stream of events ended and did not begin again
/// ([`crate::event::EventQuery`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PresenceReport {
    /// What the agent is doing.
    pub state: PresenceState,
    /// The page that says it: 8 to 64 of `A`-`Z`, `a`-`z`, `0`-`9`, `-`, `_`, unlike any other's. If it shares its browser's
    /// stream of events, its key is `BROWSER.PAGE`, where `BROWSER` is the key that the stream was opened with. A page that
    /// goes while its browser's stream goes on says `offline`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The channel's id of the call that goes on: keeps it from being closed as abandoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
}

/// What an agent is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PresenceState {
    /// Registered and free.
    Idle,
    /// In a call, or ringing.
    OnCall,
    /// Gone.
    #[default]
    Offline,
}

/// An agent who is signed in with a line of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Agent {
    /// The user.
    pub user: Id,
    /// The full name.
    pub name: String,
    /// The number to reach them at inside: the user part of their account's identity; none without an account.
    pub extension: Option<String>,
    /// What they are doing.
    pub state: PresenceState,
    /// Since when.
    pub since: Millis,
}
