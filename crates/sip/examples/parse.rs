//! Reads one SIP message from the standard input. Prints what was understood as JSON and ends with 0, or
//! prints why not and the status to answer with, and ends with 1.
//!
//! `cargo run -q -p ringdock-sip --example parse < message`

use std::io::Read;
use std::process::ExitCode;

use ringdock_sip::digest::{Challenge, challenges};
use ringdock_sip::message::{
    BadValue, Contacts, Headers, Message, Name, NameAddr, Params, Request, Response, Uri, Via,
};
use serde_json::{Map, Value, json};

fn main() -> ExitCode {
    let mut bytes = Vec::new();
    if let Err(error) = std::io::stdin().read_to_end(&mut bytes) {
        eprintln!("The message cannot be read: {error}");
        return ExitCode::from(2);
    }
    match verdict(&bytes) {
        Ok(understood) => {
            println!("{understood:#}");
            ExitCode::SUCCESS
        }
        Err(refused) => {
            println!("{refused:#}");
            ExitCode::FAILURE
        }
    }
}

/// What the user agent makes of the message before it looks at what is asked for, the method included: whether it
/// serves that is another question than whether the message is one.
fn verdict(bytes: &[u8]) -> Result<Value, Value> {
    let message = Message::parse(bytes)
        .map_err(|bad| refused(bad.status, &bad.why, bad.answerable.is_some()))?;
    // The one thing that the agent overlooks: it needs no Date.
    if matches!(&message, Message::Request(request) if !request.headers().has_gmt_date()) {
        return Err(refused(400, "Date: the time zone is not GMT", true));
    }
    if let Message::Request(request) = &message
        && let Some(refusal) = ringdock_sip::verdict(request)
    {
        let mut value = refused(refusal.status, refusal.why, true);
        value["understood"] = request_json(request);
        return Err(value);
    }
    Ok(match &message {
        Message::Request(request) => request_json(request),
        Message::Response(response) => response_json(response),
    })
}

fn refused(status: u16, why: &str, answer: bool) -> Value {
    let action = if answer { "answer" } else { "drop" };
    json!({ "error": why, "status": status, "action": action })
}

fn request_json(request: &Request) -> Value {
    let mut value = json!({
        "kind": "request",
        "method": request.method().as_str(),
        "uri": uri(request.uri()),
    });
    add_common(&mut value, request.headers());
    value["from"] = name_addr(request.from());
    value["to"] = name_addr(request.to());
    value["call_id"] = json!(request.call_id());
    value["cseq"] =
        json!({ "number": request.cseq().number, "method": request.cseq().method.as_str() });
    value
}

fn response_json(response: &Response) -> Value {
    let mut value = json!({
        "kind": "response",
        "status": response.status(),
        "phrase": response.phrase(),
    });
    add_common(&mut value, response.headers());
    value["from"] = name_addr(response.from());
    value["to"] = name_addr(response.to());
    value["call_id"] = json!(response.call_id());
    value["cseq"] =
        json!({ "number": response.cseq().number, "method": response.cseq().method.as_str() });
    value
}

/// Every typed value that is there, and every header field as it came.
fn add_common(value: &mut Value, headers: &Headers) {
    value["via"] = list(headers.vias(), via);
    value["max_forwards"] = json!(headers.max_forwards());
    value["contacts"] = match headers.contacts() {
        Ok(Contacts::All) => json!("*"),
        Ok(Contacts::List(contacts)) => contacts.iter().map(contact).collect(),
        Err(bad) => json!({ "error": bad.0 }),
    };
    for (key, name) in [
        ("routes", Name::Route),
        ("record_routes", Name::RecordRoute),
        ("p_asserted_identity", Name::PAssertedIdentity),
        ("remote_party_id", Name::RemotePartyId),
        ("diversion", Name::Diversion),
    ] {
        value[key] = list(headers.addresses(name), name_addr);
    }
    for (key, name) in [
        ("accept", Name::Accept),
        ("allow", Name::Allow),
        ("supported", Name::Supported),
        ("require", Name::Require),
        ("proxy_require", Name::ProxyRequire),
        ("unsupported", Name::Unsupported),
    ] {
        value[key] = json!(headers.items(name));
    }
    for (key, name) in [
        ("expires", Name::Expires),
        ("min_expires", Name::MinExpires),
        ("retry_after", Name::RetryAfter),
    ] {
        value[key] = json!(headers.seconds(name));
    }
    let challenged =
        |name| -> Value { headers.all(name).flat_map(challenges).map(challenge).collect() };
    value["www_authenticate"] = challenged(Name::WwwAuthenticate);
    value["proxy_authenticate"] = challenged(Name::ProxyAuthenticate);
    value["reasons"] = headers
        .reasons()
        .iter()
        .map(|reason| json!({ "protocol": reason.protocol, "cause": reason.cause, "text": reason.text }))
        .collect();
    value["warnings"] = headers
        .warnings()
        .iter()
        .map(
            |warning| json!({ "code": warning.code, "agent": warning.agent, "text": warning.text }),
        )
        .collect();
    value["content_type"] = headers.content_type().map_or(Value::Null, |kind| {
        json!({ "type": kind.kind, "subtype": kind.subtype, "params": params(&kind.params) })
    });
    value["headers"] =
        headers.iter().map(|(name, text)| json!([lossy(name), lossy(text)])).collect();
    value["body_length"] = json!(headers.body().len());
}

fn list<T>(values: Result<Vec<T>, BadValue>, show: fn(&T) -> Value) -> Value {
    match values {
        Ok(values) => values.iter().map(show).collect(),
        Err(bad) => json!({ "error": bad.0 }),
    }
}

fn uri(uri: &Uri) -> Value {
    let pairs = |(name, value): (&str, Option<&str>)| json!([name, value]);
    json!({
        "text": uri.as_str(),
        "scheme": uri.as_str().split(':').next(),
        "user": (!uri.user().is_empty()).then(|| uri.user()),
        "user_unescaped": (!uri.user().is_empty()).then(|| uri.user_unescaped()),
        "password": uri.password(),
        "host": uri.host(),
        "port": uri.port(),
        "params": uri.params().map(pairs).collect::<Value>(),
        "headers": uri.headers().map(pairs).collect::<Value>(),
    })
}

fn name_addr(address: &NameAddr) -> Value {
    json!({
        "display_name": address.display_name,
        "uri": uri(&address.uri),
        "tag": address.tag(),
        "params": params(&address.params),
    })
}

fn contact(address: &NameAddr) -> Value {
    let mut value = name_addr(address);
    value["expires"] = json!(address.expires());
    value
}

fn via(via: &Via) -> Value {
    json!({
        "transport": via.transport,
        "host": via.host,
        "port": via.port,
        "branch": via.branch(),
        "received": via.received(),
        "rport": via.rport().map(|port| json!({ "port": port })),
        "params": params(&via.params),
    })
}

fn params(params: &Params) -> Value {
    let pairs = params.iter().map(|(name, value)| (name.to_owned(), json!(value)));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn challenge(challenge: Challenge) -> Value {
    json!({
        "realm": challenge.realm,
        "nonce": challenge.nonce,
        "opaque": challenge.opaque,
        "algorithm": challenge.algorithm.as_str(),
        "qop": challenge.qop_auth.then_some("auth"),
        "stale": challenge.stale,
    })
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
