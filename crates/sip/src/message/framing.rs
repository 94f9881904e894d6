//! Cuts a message into its start line, an index of header fields, and the body.

use std::ops::Range;

use super::headers::Field;
use super::scan::{digits, is_blank, is_token, trim};
use super::{Headers, Name};

/// The largest message that is looked at, in bytes: what a SIP element must be able to take (RFC 3261, section
/// 18.1.1). A browser's longest session descriptions are about 10 kB.
pub(super) const MAX_LENGTH: usize = 65_535;

/// The largest number of header lines. The longest messages seen have about 60; lookups are linear in it.
const MAX_FIELDS: usize = 256;

/// What is wrong with a message: the status to answer with, the header field, the sentence.
pub(super) struct Flaw {
    pub(super) status: u16,
    pub(super) field: &'static str,
    pub(super) why: &'static str,
}

impl Flaw {
    pub(super) fn bad_request(why: &'static str) -> Flaw {
        Flaw { status: 400, field: "", why }
    }

    pub(super) fn in_field(name: Name, why: &'static str) -> Flaw {
        Flaw { status: 400, field: name.as_str(), why }
    }
}

/// A message in its parts. With a flaw, the parts are what could be read all the same.
pub(super) struct Framed {
    pub(super) start_line: Range<usize>,
    pub(super) headers: Headers,
    pub(super) flaw: Option<Flaw>,
}

/// Cuts a message up. A line feed alone ends a line too, and the end of the input behind a whole line ends the header
/// fields.
pub(super) fn split(bytes: &[u8]) -> Framed {
    let start = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(bytes.len());
    let (start_line, mut at) = line(bytes, start);
    let mut fields = Vec::new();
    let mut flaw = None;
    let mut complete = false;
    while at < bytes.len() {
        let (range, behind) = line(bytes, at);
        at = behind;
        if range.is_empty() {
            complete = true;
            break;
        }
        if let Err(found) = add_line(bytes, range, &mut fields) {
            flaw = flaw.or(Some(found));
        }
    }
    // Some leave the empty line out where nothing is to follow. A body that was promised is missed further down.
    if !complete && !bytes.ends_with(b"\n") {
        flaw = flaw.or(Some(Flaw::bad_request("no empty line ends the header fields")));
    }
    if bytes.get(..at).is_some_and(has_lone_return) {
        flaw = flaw.or(Some(Flaw::bad_request("a carriage return stands inside a line")));
    }
    for field in &mut fields {
        field.value = trimmed(bytes, field.value.clone());
    }
    let mut headers = Headers { bytes: bytes.into(), fields, body: at..bytes.len() };
    match body_length(&headers) {
        Ok(length) => headers.body = at..at + length,
        Err(found) => flaw = flaw.or(Some(found)),
    }
    Framed { start_line, headers, flaw }
}

/// The line that begins at `start`, without its end, and where the next one begins.
fn line(bytes: &[u8], start: usize) -> (Range<usize>, usize) {
    let rest = bytes.get(start..).unwrap_or_default();
    match rest.iter().position(|&byte| byte == b'\n') {
        Some(length) => {
            let returned = rest.get(..length).is_some_and(|line| line.ends_with(b"\r"));
            (start..start + length - usize::from(returned), start + length + 1)
        }
        None => (start..bytes.len(), bytes.len()),
    }
}

fn has_lone_return(lines: &[u8]) -> bool {
    lines.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n')
}

/// A field, or the continuation of the last one (RFC 3261, section 7.3.1).
fn add_line(bytes: &[u8], range: Range<usize>, fields: &mut Vec<Field>) -> Result<(), Flaw> {
    let line = bytes.get(range.clone()).unwrap_or_default();
    if line.first().is_some_and(|&byte| is_blank(byte)) {
        let last = fields
            .last_mut()
            .ok_or(Flaw::bad_request("the first header line begins with a blank"))?;
        last.value.end = range.end;
        return Ok(());
    }
    let Some(colon) = line.iter().position(|&byte| byte == b':') else {
        return Err(Flaw::bad_request("a header line has no colon"));
    };
    let label = trimmed(bytes, range.start..range.start + colon);
    let text = bytes.get(label.clone()).unwrap_or_default();
    if text.is_empty() || !text.iter().copied().all(is_token) {
        return Err(Flaw::bad_request("the name of a header field is not a token"));
    }
    if fields.len() == MAX_FIELDS {
        return Err(Flaw::bad_request("there are too many header fields"));
    }
    fields.push(Field { name: Name::read(text), label, value: range.start + colon + 1..range.end });
    Ok(())
}

fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let slice = bytes.get(range.clone()).unwrap_or_default();
    let front = slice.iter().take_while(|&&byte| is_blank(byte)).count();
    let start = range.start + front;
    start..start + trim(slice).len()
}

/// How much of what is behind the headers is the body: all of it, or what Content-Length says. What is
/// beyond is dropped; a message cut short is an error (RFC 3261, section 18.3).
fn body_length(headers: &Headers) -> Result<usize, Flaw> {
    let Some(value) = headers.get(Name::ContentLength) else {
        return Ok(headers.body.len());
    };
    let length = digits(value).and_then(|length| usize::try_from(length).ok());
    match length {
        Some(length) if length <= headers.body.len() => Ok(length),
        Some(_) => Err(Flaw::in_field(Name::ContentLength, "the body is shorter")),
        None => Err(Flaw::in_field(Name::ContentLength, "it is not a number")),
    }
}
