//! What the agent needs to know to register and to call.

use std::fmt;

/// An account on a SIP server.
///
/// `Debug` never shows the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The address of record, `1001@pbx.example.com`, with or without `sip:` before it.
    pub identity: String,
    /// The user name of the digest; empty: the user part of `identity`.
    pub username: String,
    /// The password of the digest.
    pub password: String,
    /// The servers, at least one. Another one is tried when one cannot be reached.
    pub servers: Vec<Server>,
    /// The name that callees see, if any.
    pub display_name: Option<String>,
    /// The `User-Agent` header.
    pub user_agent: String,
}

/// A way to the account: the WebSocket server of a PBX or a proxy. Order and chance are those of RFC 2782.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// A host name alone means `wss://host:8089/ws`; otherwise a whole `wss:` URL.
    /// `ws:` is accepted for loopback addresses alone.
    pub url: String,
    /// Lower ones are tried first, and returned to.
    pub priority: u16,
    /// Among those of one priority, the share of phones that try this one first.
    pub weight: u16,
}

/// A server without rivals.
impl From<&str> for Server {
    fn from(url: &str) -> Server {
        Server { url: url.to_owned(), priority: 0, weight: 1 }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("identity", &self.identity)
            .field("username", &self.username)
            .field("password", &"…")
            .field("servers", &self.servers)
            .field("display_name", &self.display_name)
            .field("user_agent", &self.user_agent)
            .finish()
    }
}

/// Why an account cannot work as it is written; the sentence says what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountError(pub String);

impl fmt::Display for AccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AccountError {}
