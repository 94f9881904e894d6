//! Reads a whole message, and decides what is wrong with it (RFC 3261, sections 8.1.1 and 16.3; RFC 4475).

use super::framing::{self, Flaw, Framed, MAX_LENGTH};
use super::scan::text;
use super::start_line::{self, StartLine, is_response};
use super::{
    BadMessage, BadValue, CSeq, Core, Headers, Message, Method, Name, NameAddr, Request, Response,
    Scheme,
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
    // The version comes first: another one may have other rules for all the rest.
    let read = start_line::read(line).and_then(|start| match flaw {
        Some(flaw) => Err(flaw),
        None => Ok((start, essentials(&headers)?)),
    });
    let complete = read.and_then(|(start, core)| match start {
        StartLine::Request(method, uri) => {
            check_request(&method, &core, &headers)?;
            if uri.scheme() == Scheme::Other {
                return Err(Flaw {
                    status: 416,
                    field: "",
                    why: "the scheme of the request's address is unknown",
                });
            }
            Ok((StartLine::Request(method, uri), core))
        }
        response => Ok((response, core)),
    });
    match complete {
        Ok((StartLine::Request(method, uri), core)) => {
            Ok(Message::Request(Request { method, uri, core: core.with(headers) }))
        }
        Ok((StartLine::Response(status, phrase), core)) => {
            Ok(Message::Response(Response { status, phrase, core: core.with(headers) }))
        }
        Err(flaw) => Err(bad_message(flaw, line, headers)),
    }
}

/// What every message has, read.
struct Essentials {
    via: super::Via,
    from: NameAddr,
    to: NameAddr,
    call_id: String,
    cseq: CSeq,
}

impl Essentials {
    fn with(self, headers: Headers) -> Core {
        let Essentials { via, from, to, call_id, cseq } = self;
        Core { headers, via, from, to, call_id, cseq }
    }
}

fn essentials(headers: &Headers) -> Result<Essentials, Flaw> {
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
    Ok(Essentials {
        via: vias.into_iter().next().ok_or(missing(Name::Via))?,
        from: read(headers, Name::From, NameAddr::parse)?,
        to: read(headers, Name::To, NameAddr::parse)?,
        call_id: read(headers, Name::CallId, call_id)?,
        cseq: read(headers, Name::CSeq, CSeq::parse)?,
    })
}

fn read<T>(
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

fn check_request(method: &Method, core: &Essentials, headers: &Headers) -> Result<(), Flaw> {
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
    match headers.get(Name::Date) {
        Some(date) if !date.ends_with(b" GMT") => {
            Err(Flaw::in_field(Name::Date, "the time zone is not GMT"))
        }
        _ => Ok(()),
    }
}

/// A response and an ACK are never answered (RFC 3261, sections 17.1 and 18.3), and nothing is without a
/// Via and a CSeq to copy.
fn bad_message(flaw: Flaw, line: &[u8], headers: Headers) -> BadMessage {
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
