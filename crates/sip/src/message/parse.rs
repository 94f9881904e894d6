//! Reads a whole message.

use super::{BadMessage, Message};

pub(super) fn message(_bytes: &[u8]) -> Result<Message, BadMessage> {
    Err(BadMessage { status: 400, why: String::new(), answerable: None })
}
