//! What can be wrong with a message.

use std::fmt;

use super::Headers;

/// A value that is not what its place demands; the sentence says how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadValue(pub &'static str);

/// Bytes that are not a SIP message, or a message that this agent must not act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadMessage {
    /// The status to answer with, if it can be answered (RFC 3261, section 21.4).
    pub status: u16,
    /// What is wrong.
    pub why: String,
    /// The header fields of a request that can be answered: give them to
    /// [`Draft::response`](super::Draft::response). `None`: drop it (a response, an ACK, or nothing to answer to).
    pub answerable: Option<Box<Headers>>,
}

impl fmt::Display for BadValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl fmt::Display for BadMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.why)
    }
}

impl std::error::Error for BadValue {}
impl std::error::Error for BadMessage {}
