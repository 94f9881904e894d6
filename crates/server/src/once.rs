//! The same request sent twice has the effect of one.

use ringdock_api::code;
use serde::Serialize;

use crate::{
    error::{Error, Result},
    secret,
};

/// The key of a request, and the digest of what came with it.
pub struct Once {
    /// Made by the client.
    pub key: String,
    /// As [`digest`] made it.
    pub digest: String,
}

/// What tells two requests of one key apart: a hash of what was sent.
pub fn digest(who: Option<i64>, input: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(&(who, input)).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(secret::hash(&text))
}

/// Refuses a key that was used for something else.
pub fn same(known: &str, now: &str) -> Result<()> {
    if known == now {
        return Ok(());
    }
    let detail =
        "This was saved before, with another content. Look at what was saved, and change that."
            .to_owned();
    Err(Error::Conflict { field: Some("key"), code: code::KEY_REUSED, detail })
}
