//! Messages to send.

use super::scan::{push_number, trim};
use super::{Headers, Message, Method, Name, Uri, standard_phrase};

/// A message in the making. Whatever is put into it, it cannot break out of its line: carriage returns and
/// line feeds in a value become spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    start_line: Vec<u8>,
    fields: Vec<(Name, Vec<u8>)>,
    body: Vec<u8>,
}

impl Draft {
    /// A request line and nothing else.
    pub fn request(method: &Method, uri: &Uri) -> Draft {
        let start_line = [method.as_str(), " ", uri.as_str(), " SIP/2.0"].concat().into_bytes();
        Draft { start_line, fields: Vec::new(), body: Vec::new() }
    }

    /// A response with the standard phrase and what must be copied from the request: all Via, From, To,
    /// Call-ID and CSeq, as they came (RFC 3261, section 8.2.6.2). `to_tag` is added to a To without a tag.
    pub fn response(request: &Headers, status: u16, to_tag: Option<&str>) -> Draft {
        let mut start_line = String::from("SIP/2.0 ");
        push_number(&mut start_line, status.into());
        start_line.push(' ');
        start_line.push_str(standard_phrase(status));
        let mut draft =
            Draft { start_line: start_line.into_bytes(), fields: Vec::new(), body: Vec::new() };
        for via in request.all(Name::Via) {
            draft.push(Name::Via, via);
        }
        for name in [Name::From, Name::To, Name::CallId, Name::CSeq] {
            if let Some(value) = request.get(name) {
                draft.push(name, value);
            }
        }
        if let Some(tag) = to_tag
            && request
                .get(Name::To)
                .is_some_and(|to| super::NameAddr::parse(to).is_ok_and(|to| to.tag().is_none()))
            && let Some((_, to)) = draft.fields.iter_mut().find(|(name, _)| *name == Name::To)
        {
            to.extend_from_slice(b";tag=");
            to.extend(tag.bytes().filter(|&byte| super::scan::is_token(byte)));
        }
        draft
    }

    /// The same with a field added at the end.
    #[must_use]
    pub fn with(mut self, name: Name, value: impl AsRef<[u8]>) -> Draft {
        self.push(name, value);
        self
    }

    /// The same with a body and its Content-Type.
    #[must_use]
    pub fn with_body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Draft {
        self.set(Name::ContentType, content_type);
        self.body = body.into();
        self
    }

    /// Adds a field at the end. [`Name::Other`] and [`Name::ContentLength`] are left out: the first has no
    /// name, the second is written by [`Draft::to_bytes`].
    pub fn push(&mut self, name: Name, value: impl AsRef<[u8]>) {
        self.insert(self.fields.len(), name, value.as_ref());
    }

    /// Replaces all fields of a name with one, at the place of the first.
    pub fn set(&mut self, name: Name, value: impl AsRef<[u8]>) {
        let place = self.fields.iter().position(|(known, _)| *known == name);
        self.remove(name);
        self.insert(place.unwrap_or(self.fields.len()), name, value.as_ref());
    }

    fn insert(&mut self, place: usize, name: Name, value: &[u8]) {
        if name != Name::Other && name != Name::ContentLength {
            let clean = |&byte: &u8| if matches!(byte, b'\r' | b'\n') { b' ' } else { byte };
            self.fields.insert(place, (name, trim(value).iter().map(clean).collect()));
        }
    }

    /// Takes all fields of a name out.
    pub fn remove(&mut self, name: Name) {
        self.fields.retain(|(known, _)| *known != name);
    }

    /// The first value of a name.
    pub fn get(&self, name: Name) -> Option<&[u8]> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_slice())
    }

    /// The message as it is sent, with its Content-Length.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024 + self.body.len());
        out.extend_from_slice(&self.start_line);
        for (name, value) in &self.fields {
            push_field(&mut out, name.as_str().as_bytes(), value);
        }
        let mut length = String::new();
        push_number(&mut length, self.body.len() as u64);
        push_field(&mut out, b"Content-Length", length.as_bytes());
        out.extend_from_slice(b"\r\n\r\n");
        out.extend_from_slice(&self.body);
        out
    }
}

fn push_field(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(name);
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
}

/// Prints a message that was read: each field as it came, folds and all.
pub(super) fn print(message: &Message) -> Vec<u8> {
    let headers = message.headers();
    let mut out = Vec::with_capacity(headers.bytes.len() + 64);
    match message {
        Message::Request(request) => {
            out.extend_from_slice(request.method().as_str().as_bytes());
            out.push(b' ');
            out.extend_from_slice(request.uri().as_str().as_bytes());
            out.extend_from_slice(b" SIP/2.0");
        }
        Message::Response(response) => {
            let mut status = String::from("SIP/2.0 ");
            push_number(&mut status, response.status().into());
            status.push(' ');
            out.extend_from_slice(status.as_bytes());
            out.extend_from_slice(&response.phrase);
        }
    }
    for (name, value) in headers.iter() {
        push_field(&mut out, name, value);
    }
    out.extend_from_slice(b"\r\n\r\n");
    out.extend_from_slice(headers.body());
    out
}
