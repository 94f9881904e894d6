//! Request lines and status lines (RFC 3261, sections 7.1 and 7.2).

use super::framing::Flaw;
use super::scan::{digits, text};
use super::{BadValue, Method, Uri};

pub(super) enum StartLine {
    Request(Method, Uri),
    Response(u16, Vec<u8>),
}

/// A response must never be answered, so what could be one counts as one.
pub(super) fn is_response(line: &[u8]) -> bool {
    line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"SIP/"))
}

pub(super) fn read(line: &[u8]) -> Result<StartLine, Flaw> {
    if is_response(line) { status_line(line) } else { request_line(line) }
}

fn status_line(line: &[u8]) -> Result<StartLine, Flaw> {
    let mut parts = line.splitn(3, |&byte| byte == b' ');
    check_version(parts.next().unwrap_or_default())?;
    let status = match parts.next() {
        Some(status @ [_, _, _]) => digits(status).and_then(|status| u16::try_from(status).ok()),
        _ => None,
    };
    match status {
        Some(status @ 100..700) => {
            Ok(StartLine::Response(status, parts.next().unwrap_or_default().to_vec()))
        }
        _ => Err(Flaw::bad_request("the status is not a number from 100 to 699")),
    }
}

fn request_line(line: &[u8]) -> Result<StartLine, Flaw> {
    let bad = |BadValue(why)| Flaw::bad_request(why);
    let mut parts = line.split(|&byte| byte == b' ');
    let (method, uri, version) = (parts.next(), parts.next(), parts.next());
    let (Some(method), Some(uri), Some(version), None) = (method, uri, version, parts.next())
    else {
        return Err(Flaw::bad_request(
            "the request line is not a method, an address and a version with one space between",
        ));
    };
    check_version(version)?;
    let method = if method.is_ascii() { text(method) } else { "" };
    let method = Method::parse(method).map_err(bad)?;
    let uri = Uri::parse_bytes(uri).map_err(bad)?;
    if uri.headers().next().is_some() {
        return Err(Flaw::bad_request("the address of the request line has headers"));
    }
    Ok(StartLine::Request(method, uri))
}

fn check_version(version: &[u8]) -> Result<(), Flaw> {
    if version.eq_ignore_ascii_case(b"SIP/2.0") {
        return Ok(());
    }
    let number = version.get(4..).filter(|_| is_response(version)).unwrap_or_default();
    let other_version = number.split(|&byte| byte == b'.').map(digits).collect::<Vec<_>>();
    match other_version[..] {
        [Some(_), Some(_)] => {
            Err(Flaw { status: 505, field: "", why: "the version is not SIP/2.0" })
        }
        _ => Err(Flaw::bad_request("the version is not SIP/2.0")),
    }
}
