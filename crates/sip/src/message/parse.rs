//! Reads a whole message, and decides what is wrong with it (RFC 3261, sections 8.1.1 and 16.3; RFC 4475).

use super::framing::{self, Flaw, Framed, MAX_LENGTH};
use super::scan::text;
use super::start_line::{self, StartLine, is_response};
use super::{
    BadMessage, BadValue, CSeq, Core, Headers, Message, Method, Name, NameAddr, Request, Response,
    Scheme, Uri,
};

pub(super) fn message(bytes: &[u8]) -> Result<Message, BadMessage> {
    if bytes.len() > MAX_LENGTH {
        return Err(BadMessage {
            status: 513,
            why: "the message is too long".to_owned(),
            answerable: None,
        });
    }
    let Framed { start_line, headers, flaw } = framing::split(bytes);
    let line = bytes.get(start_line).unwrap_or_default();
    match read(line, &headers, flaw) {
        Ok((StartLine::Request(method, uri), core)) => {
            Ok(Message::Request(Request { method, uri, headers, core }))
        }
        Ok((StartLine::Response(status, phrase), core)) => {
            Ok(Message::Response(Response { status, phrase, headers, core }))
        }
        Err(flaw) => Err(bad_message(&flaw, line, headers)),
    }
}

fn read(line: &[u8], headers: &Headers, flaw: Option<Flaw>) -> Result<(StartLine, Core), Flaw> {
    // The version comes first: another one may have other rules for all the rest.
    let start = start_line::read(line)?;
    if let Some(flaw) = flaw {
        return Err(flaw);
    }
    let core = core(headers)?;
    if let StartLine::Request(method, uri) = &start {
        check_request(method, uri, &core, headers)?;
    }
    Ok((start, core))
}

fn core(headers: &Headers) -> Result<Core, Flaw> {
    // Two of these, and two readers of the message can take it for two different ones.
    let single = [
        Name::From,
        Name::To,
        Name::CallId,
        Name::CSeq,
        Name::MaxForwards,
        Name::ContentLength,
        Name::ContentType,
        Name::Expires,
    ];
    for name in single {
        if headers.all(name).nth(1).is_some() {
            return Err(Flaw::in_field(name, "it is there more than once"));
        }
    }
    let vias = headers.vias().map_err(|bad| in_field(Name::Via, bad))?;
    Ok(Core {
        via: vias.into_iter().next().ok_or(missing(Name::Via))?,
        from: value(headers, Name::From, NameAddr::parse)?,
        to: value(headers, Name::To, NameAddr::parse)?,
        call_id: value(headers, Name::CallId, call_id)?,
        cseq: value(headers, Name::CSeq, CSeq::parse)?,
    })
}

fn value<T>(
    headers: &Headers,
    name: Name,
    read: fn(&[u8]) -> Result<T, BadValue>,
) -> Result<T, Flaw> {
    read(headers.get(name).ok_or(missing(name))?).map_err(|bad| in_field(name, bad))
}

fn in_field(name: Name, BadValue(why): BadValue) -> Flaw {
    Flaw::in_field(name, why)
}

fn missing(name: Name) -> Flaw {
    Flaw::in_field(name, "it is missing")
}

fn call_id(value: &[u8]) -> Result<String, BadValue> {
    match !value.is_empty() && value.iter().all(u8::is_ascii_graphic) {
        true => Ok(text(value).to_owned()),
        false => Err(BadValue("it is empty, or holds more than a word")),
    }
}

fn check_request(method: &Method, uri: &Uri, core: &Core, headers: &Headers) -> Result<(), Flaw> {
    if core.cseq.method != *method {
        // Of a method that nobody knows, this is the answer that also fits later versions (RFC 4475, section
        // 3.1.2.18).
        let status = if matches!(method, Method::Other(_)) { 501 } else { 400 };
        return Err(Flaw {
            status,
            field: "CSeq",
            why: "its method is not the one of the request line",
        });
    }
    if headers.get(Name::MaxForwards).is_some() && headers.max_forwards().is_none() {
        return Err(Flaw::in_field(Name::MaxForwards, "it is not a number from 0 to 255"));
    }
    headers.contacts().map_err(|bad| in_field(Name::Contact, bad))?;
    for name in [Name::Route, Name::RecordRoute] {
        headers.addresses(name).map_err(|bad| in_field(name, bad))?;
    }
    match uri.scheme() {
        Scheme::Other => Err(Flaw {
            status: 416,
            field: "",
            why: "the scheme of the request's address is unknown",
        }),
        Scheme::Sip | Scheme::Sips | Scheme::Tel => Ok(()),
    }
}

/// A response and an ACK are never answered (RFC 3261, sections 17.1 and 18.3), and nothing is without a
/// Via and a CSeq to copy.
fn bad_message(flaw: &Flaw, line: &[u8], headers: Headers) -> BadMessage {
    let has = |name| headers.get(name).is_some();
    let answerable =
        !is_response(line) && !line.starts_with(b"ACK ") && has(Name::Via) && has(Name::CSeq);
    let separator = if flaw.field.is_empty() { "" } else { ": " };
    BadMessage {
        status: flaw.status,
        why: [flaw.field, separator, flaw.why].concat(),
        answerable: answerable.then(|| Box::new(headers)),
    }
}
