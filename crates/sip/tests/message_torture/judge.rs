//! The verdict on a message: the same that `examples/parse.rs` gives.

use ringdock_sip::message::{Message, Request, Response};

use crate::message_support::check;

#[derive(Debug)]
enum Verdict {
    Request(Request),
    Response(Response),
    Answered(u16),
    Dropped,
}

fn judge(bytes: &[u8]) -> Verdict {
    for end in 0..bytes.len() {
        check(&bytes[..end]);
    }
    check(bytes);
    match Message::parse(bytes) {
        Ok(Message::Request(request)) if !request.headers().has_gmt_date() => {
            Verdict::Answered(400)
        }
        Ok(Message::Request(request)) => match ringdock_sip::verdict(&request) {
            Some(refusal) => Verdict::Answered(refusal.status),
            None => Verdict::Request(request),
        },
        Ok(Message::Response(response)) => Verdict::Response(response),
        Err(bad) if bad.answerable.is_some() => Verdict::Answered(bad.status),
        Err(_) => Verdict::Dropped,
    }
}

/// What must be taken as a request.
#[track_caller]
pub fn accepted(bytes: &[u8]) -> Request {
    match judge(bytes) {
        Verdict::Request(request) => request,
        other => panic!("not taken as a request: {other:?}"),
    }
}

/// What must be taken as a response.
#[track_caller]
pub fn accepted_response(bytes: &[u8]) -> Response {
    match judge(bytes) {
        Verdict::Response(response) => response,
        other => panic!("not taken as a response: {other:?}"),
    }
}

/// The status of what must be refused.
#[track_caller]
pub fn answered(bytes: &[u8]) -> u16 {
    match judge(bytes) {
        Verdict::Answered(status) => status,
        other => panic!("not answered: {other:?}"),
    }
}

/// Whether it is neither taken nor answered.
#[track_caller]
pub fn dropped(bytes: &[u8]) -> bool {
    matches!(judge(bytes), Verdict::Dropped)
}
