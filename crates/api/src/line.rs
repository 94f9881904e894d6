//! What a dock registers with.

use serde::{Deserialize, Serialize};

use crate::Id;

/// How a PBX wants external numbers dialled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DialFormat {
    /// `+442079460958`
    #[default]
    E164,
    /// `442079460958`
    NoPlus,
    /// `02079460958`
    National,
}

/// The line of who asks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// The account to register with: the user's own, else the one used by all; none if there is neither.
    pub account: Option<LineAccount>,
}

/// An account with its password, for the one browser that registers with it. To be kept in memory alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineAccount {
    /// The account.
    pub id: Id,
    /// `1001@pbx.example.com`
    pub identity: String,
    /// The digest user name.
    pub username: String,
    /// The digest password.
    pub password: String,
    /// A `wss://` URL (`ws://` for loopback addresses alone).
    pub server: String,
    /// The user's name, shown to the other side.
    pub display_name: String,
    /// Put in front of every external number dialled.
    pub prefix: String,
    /// Put behind every external number dialled.
    pub postfix: String,
    /// How external numbers are dialled.
    pub format: DialFormat,
}

/// An account on a PBX, as it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VoipAccount {
    /// The account.
    pub id: Id,
    /// Whose it is; none if it is used by all.
    pub owner: Option<Id>,
    /// Whether the PBX bridges calls to other phones of the owner.
    pub bridging: bool,
    /// Whether any user without an account of their own may use it.
    pub shared: bool,
    /// The digest user name.
    pub username: String,
    /// `1001@pbx.example.com`
    pub identity: String,
    /// Whether there is a password. It is never read back.
    pub has_password: bool,
    /// Host name or URL, as typed.
    pub server: String,
    /// The URL that is made of it.
    pub url: String,
    /// Put in front of every external number dialled.
    pub prefix: String,
    /// Put behind every external number dialled.
    pub postfix: String,
    /// How external numbers are dialled.
    pub format: DialFormat,
}

/// Makes an account, or replaces one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VoipAccountInput {
    /// Whose it is: one account to a user. None only if it is used by all.
    #[serde(default)]
    pub owner: Option<Id>,
    /// Whether the PBX bridges calls to other phones of the owner.
    #[serde(default)]
    pub bridging: bool,
    /// Whether any user without an account of their own may use it.
    #[serde(default)]
    pub shared: bool,
    /// The digest user name.
    pub username: String,
    /// `1001@pbx.example.com`. No two accounts have the same.
    pub identity: String,
    /// Must be given for a new account; without it, an old one's stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// A host name (`pbx.example.com`: `wss://pbx.example.com:8089/ws` is meant), a host and a port
    /// (`pbx.example.com:7443`, `[2001:db8::1]:7443`), or a whole URL without user, password and fragment.
    pub server: String,
    /// Put in front of every external number dialled: up to 20 of `0`-`9`, `*`, `#`, `+`.
    #[serde(default)]
    pub prefix: String,
    /// Put behind every external number dialled: likewise.
    #[serde(default)]
    pub postfix: String,
    /// How external numbers are dialled.
    #[serde(default)]
    pub format: DialFormat,
}
