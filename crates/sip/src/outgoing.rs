//! A request before it has a transaction: everything but its `Via`.

use crate::message::{CSeq, Draft, Method, Name, Uri};

/// The media type of a session description.
pub(crate) const SDP: &str = "application/sdp";

/// A request that may be sent more than once: again with credentials, each time in a transaction of its own.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    /// The values of the `Route` headers.
    pub(crate) routes: Vec<String>,
    /// The whole `From` value, with our tag.
    pub(crate) from: String,
    /// The whole `To` value.
    pub(crate) to: String,
    pub(crate) call_id: String,
    pub(crate) cseq: u32,
    /// Further headers.
    pub(crate) headers: Vec<(Name, String)>,
    /// The media type and the body, if one goes along.
    pub(crate) body: Option<(&'static str, String)>,
    /// The headers with the digests that are due.
    pub(crate) credentials: Vec<(Name, String)>,
}

impl Outgoing {
    /// The message, as it goes into the socket.
    pub(crate) fn print(&self, via: &str) -> Vec<u8> {
        let mut draft = Draft::request(&self.method, &self.uri);
        draft.push(Name::Via, via);
        draft.push(Name::MaxForwards, "70");
        for route in &self.routes {
            draft.push(Name::Route, route);
        }
        draft.push(Name::From, &self.from);
        draft.push(Name::To, &self.to);
        draft.push(Name::CallId, &self.call_id);
        let cseq = CSeq { number: self.cseq, method: self.method.clone() };
        draft.push(Name::CSeq, cseq.print());
        for (name, value) in self.credentials.iter().chain(&self.headers) {
            draft.push(*name, value);
        }
        match &self.body {
            Some((kind, body)) => draft.with_body(kind, body.as_str()).to_bytes(),
            None => draft.to_bytes(),
        }
    }

    /// The ACK or the CANCEL of this INVITE: the same address and the same number, for the same transaction
    /// (RFC 3261, sections 9.1 and 17.1.1.3).
    pub(crate) fn companion(&self, method: Method, to: String) -> Outgoing {
        let (headers, credentials) = (Vec::new(), Vec::new());
        Outgoing { method, to, headers, body: None, credentials, ..self.clone() }
    }
}
