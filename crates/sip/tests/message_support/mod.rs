//! Messages for the tests of the message layer.
#![allow(
    dead_code,
    clippy::panic,
    reason = "each test file uses a part; a failed expectation panics"
)]

use ringdock_sip::digest::challenges;
use ringdock_sip::message::{BadMessage, Headers, Message, Name, Request, Response};

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

/// Reads everything that can be read on demand.
fn touch(headers: &Headers) {
    let _ = (headers.vias(), headers.contacts(), headers.content_type(), headers.reasons());
    let _ = (headers.warnings(), headers.max_forwards());
    for name in [
        Name::Route,
        Name::From,
        Name::Require,
        Name::Expires,
        Name::Subject,
        Name::WwwAuthenticate,
        Name::Other,
    ] {
        let _ = (
            headers.addresses(name),
            headers.items(name),
            headers.seconds(name),
            headers.text(name),
        );
        headers.all(name).for_each(|value| drop(challenges(value)));
    }
}

/// Reads the bytes; what is understood must print and read as the same again.
pub fn check(bytes: &[u8]) {
    match Message::parse(bytes) {
        Ok(message) => {
            touch(message.headers());
            if let Message::Request(request) = &message {
                request.refusal(&[]);
            }
            let printed = message.to_bytes();
            assert_eq!(Message::parse(&printed).as_ref(), Ok(&message));
            assert_eq!(message.to_bytes(), printed);
        }
        Err(bad) => {
            assert!(!bad.why.is_empty() && (400..=699).contains(&bad.status));
            if let Some(headers) = bad.answerable {
                touch(&headers);
            }
        }
    }
}
