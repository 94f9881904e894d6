//! What the agent needs to know to register and to call.

/// An account on a SIP server.
///
/// `Debug` never shows the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The address of record, `1001@pbx.example.com`, with or without `sip:` before it.
    pub identity: String,
    /// The user name of the digest; often the user part of `identity`.
    pub username: String,
    /// The password of the digest.
    pub password: String,
    /// The server: a host name alone means `wss://host:8089/ws`; otherwise a whole `wss:` URL.
    /// `ws:` is accepted for loopback addresses alone.
    pub server: String,
    /// The name that callees see, if any.
    pub display_name: Option<String>,
    /// The `User-Agent` header.
    pub user_agent: String,
}

/// Why an account cannot work as it is written; the sentence says what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountError(pub String);
