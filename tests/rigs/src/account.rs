//! The accounts that a rig hands to the page under test.

use serde::Serialize;

/// One extension, as the development page takes it from `/dev/accounts.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// What a person picks from a list: number and name.
    pub label: String,
    /// `user@domain`, the address of record without its scheme.
    pub identity: String,
    /// The digest user name.
    pub username: String,
    /// The digest password.
    pub password: String,
    /// Where SIP is spoken: a `ws://` URL.
    pub server: String,
    /// The name shown to the other side.
    pub display_name: String,
}
