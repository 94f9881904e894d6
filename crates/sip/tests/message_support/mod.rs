//! Messages for the tests of the message layer.
#![allow(
    dead_code,
    clippy::panic,
    reason = "each test file uses a part; a failed expectation panics"
)]

use ringdock_sip::message::{BadMessage, Message, Request, Response};

/// A request line that is in order.
pub const INVITE: &str = "INVITE sip:grace@pbx.example SIP/2.0";

/// Lines with CRLF behind each, and the empty line.
pub fn lines(lines: &[&str]) -> Vec<u8> {
    [&lines.join("\r\n"), "\r\n\r\n"].concat().into_bytes()
}

/// A request that is in order but for what the test is about: `fields` take the place of the fields of the
/// same name, or come behind the others. A field of the form `Name` alone takes one away.
pub fn request(start_line: &str, fields: &[&str]) -> Vec<u8> {
    let method = start_line.split(' ').next().unwrap_or_default();
    let cseq = format!("CSeq: 314 {method}");
    let usual = [
        start_line,
        "Via: SIP/2.0/WSS 7f3k2.invalid;branch=z9hG4bKq81vx",
        "From: \"Ada\" <sip:ada@pbx.example>;tag=9a1f",
        "To: <sip:grace@pbx.example>",
        "Call-ID: 0b7d1e4c@7f3k2.invalid",
        &cseq,
        "Max-Forwards: 69",
    ];
    with_fields(&usual, fields)
}

/// The same for a response.
pub fn response(start_line: &str, fields: &[&str]) -> Vec<u8> {
    let usual = [
        start_line,
        "Via: SIP/2.0/WSS 7f3k2.invalid;branch=z9hG4bKq81vx;received=192.0.2.7;rport=50123",
        "From: \"Ada\" <sip:ada@pbx.example>;tag=9a1f",
        "To: <sip:grace@pbx.example>;tag=77c0",
        "Call-ID: 0b7d1e4c@7f3k2.invalid",
        "CSeq: 314 INVITE",
    ];
    with_fields(&usual, fields)
}

fn with_fields(usual: &[&str], fields: &[&str]) -> Vec<u8> {
    let name = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let (start_line, usual) = usual.split_first().unwrap_or((&"", &[]));
    let kept = usual.iter().filter(|line| !fields.iter().any(|field| name(field) == name(line)));
    let new = fields.iter().filter(|field| field.contains(':'));
    let all = std::iter::once(start_line).chain(kept).chain(new).copied().collect::<Vec<_>>();
    lines(&all)
}

/// Reads what must be a request.
pub fn accepted(bytes: &[u8]) -> Request {
    match Message::parse(bytes) {
        Ok(Message::Request(request)) => request,
        other => panic!("not taken as a request: {other:?}"),
    }
}

/// Reads what must be a response.
pub fn accepted_response(bytes: &[u8]) -> Response {
    match Message::parse(bytes) {
        Ok(Message::Response(response)) => response,
        other => panic!("not taken as a response: {other:?}"),
    }
}

/// Reads what must be refused.
pub fn refused(bytes: &[u8]) -> BadMessage {
    match Message::parse(bytes) {
        Ok(message) => panic!("taken: {message:?}"),
        Err(bad) => bad,
    }
}

/// The status of what must be refused, for a request that can be answered.
pub fn answered(bytes: &[u8]) -> u16 {
    let bad = refused(bytes);
    assert!(bad.answerable.is_some(), "cannot be answered: {bad:?}");
    bad.status
}

/// Whether what must be refused is not answered.
pub fn dropped(bytes: &[u8]) -> bool {
    refused(bytes).answerable.is_none()
}
