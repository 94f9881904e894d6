//! What becomes of a request that comes (RFC 3261, section 8.2).

use crate::Time;
use crate::call::Calls;
use crate::endpoint::{ALLOW, Endpoint, SUPPORTED};
use crate::message::{Method, Name, Refusal, Request, Scheme};
use crate::outgoing::SDP;
use crate::transaction::Arrival;

pub(crate) fn receive(endpoint: &mut Endpoint, calls: &mut Calls, now: Time, request: &Request) {
    match request.method() {
        Method::Invite => invite(endpoint, calls, now, request),
        Method::Ack => {
            if !endpoint.receive_ack(request) {
                calls.requested(endpoint, now, None, request);
            }
        }
        Method::Cancel => {
            if let Some(call) = endpoint.receive_cancel(request) {
                calls.cancelled(endpoint, now, call, request);
            }
        }
        Method::Bye
        | Method::Info
        | Method::Notify
        | Method::Options
        | Method::Prack
        | Method::Refer
        | Method::Update => {
            if let Some((status, headers)) = refusal(request) {
                endpoint.answer(request, status, &headers);
            } else if request.to().tag().is_some() {
                if !calls.requested(endpoint, now, None, request) {
                    endpoint.answer(request, 481, &[]);
                }
            } else if *request.method() == Method::Options {
                endpoint.answer(request, 200, &capabilities());
            } else if *request.method() == Method::Refer {
                // Nobody outside of a call makes this phone dial.
                endpoint.answer(request, 403, &[]);
            } else {
                // Not without a dialog; a NOTIFY nobody subscribed to is one (RFC 6665, section 4.1.3).
                endpoint.answer(request, 481, &[]);
            }
        }
        Method::Message | Method::Publish | Method::Register | Method::Subscribe => {
            endpoint.answer(request, 405, &[(Name::Allow, ALLOW.to_owned())])
        }
        Method::Other(_) => endpoint.answer(request, 501, &[(Name::Allow, ALLOW.to_owned())]),
    }
}

fn invite(endpoint: &mut Endpoint, calls: &mut Calls, now: Time, invite: &Request) {
    let (server, is_merged) = match endpoint.receive_invite(invite) {
        Arrival::New(server) => (server, false),
        Arrival::Merged(server) => (server, true),
        Arrival::Repeated => return,
    };
    if is_merged {
        endpoint.respond(now, server, 482, &[], None);
    } else if let Some((status, headers)) = refusal(invite) {
        endpoint.respond(now, server, status, &headers, None);
    } else if invite.to().tag().is_none() {
        calls.invited(endpoint, now, server, invite);
    } else if !calls.requested(endpoint, now, Some(server), invite) {
        endpoint.respond(now, server, 481, &[], None);
    }
}

/// Why the agent refuses a request before it looks at what it asks for: 416 for an address that is none of SIP, and
/// what [`Request::refusal`] finds with the extensions that the agent has. `None` if it does not; the method may still
/// be one that the agent does not serve.
pub fn verdict(request: &Request) -> Option<Refusal> {
    if !matches!(request.uri().scheme(), Scheme::Sip | Scheme::Sips) {
        let why = "the request's address is none of SIP";
        return Some(Refusal { status: 416, why, unsupported: Vec::new() });
    }
    let extensions: Vec<&str> = SUPPORTED.split(',').map(str::trim).collect();
    request.refusal(&extensions)
}

/// The verdict as a response: a status, and the headers that say why.
fn refusal(request: &Request) -> Option<(u16, Vec<(Name, String)>)> {
    let refusal = verdict(request)?;
    let headers = match refusal.status {
        420 => vec![(Name::Unsupported, refusal.unsupported.join(", "))],
        415 => vec![(Name::Accept, SDP.to_owned())],
        _ => Vec::new(),
    };
    Some((refusal.status, headers))
}

/// RFC 3261, section 11.2.
fn capabilities() -> [(Name, String); 2] {
    [(Name::Allow, ALLOW.to_owned()), (Name::Accept, SDP.to_owned())]
}
