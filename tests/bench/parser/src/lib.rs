//! The SIP parser as WebAssembly, for the benchmark.

use ringdock_sip::message::{Contacts, Message, Name};
use wasm_bindgen::prelude::wasm_bindgen;

/// Reads a message as the peers' parsers do: start line, Via, From, To, Call-ID, CSeq, Max-Forwards, Contact,
/// Record-Route, Content-Type and body. Gives the number of values, or zero if it is no message.
#[wasm_bindgen]
pub fn parse(message: &str) -> usize {
    let Ok(message) = Message::parse(message.as_bytes()) else { return 0 };
    let headers = message.headers();
    let contacts = match headers.contacts() {
        Ok(Contacts::List(contacts)) => contacts.len(),
        Ok(Contacts::All) | Err(_) => 0,
    };
    headers.vias().map_or(0, |vias| vias.len())
        + contacts
        + headers.addresses(Name::RecordRoute).map_or(0, |routes| routes.len())
        + usize::from(headers.content_type().is_some())
        + headers.max_forwards().map_or(0, usize::from)
        + headers.body().len()
}
