//! Messages that are written here.
#![allow(clippy::expect_used, reason = "a failed expectation of a helper panics")]

mod message_support;

use message_support::{INVITE, accepted, accepted_response, refused, request};
use ringdock_sip::message::{CSeq, Draft, Message, Method, Name, NameAddr, Uri, Via};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn uri(text: &str) -> Uri {
    Uri::parse(text).expect("an address")
}

#[test]
fn a_request_reads_as_it_was_meant() {
    let draft = Draft::request(&Method::Invite, &uri("sip:600@pbx.example"))
        .with(Name::Via, Via::new("WSS", "x.invalid", "z9hG4bK1").to_string())
        .with(
            Name::From,
            NameAddr::new(uri("sip:ada@pbx.example")).with_param("tag", Some("1")).to_string(),
        )
        .with(Name::To, NameAddr::new(uri("sip:600@pbx.example")).to_string())
        .with(Name::CallId, "abc")
        .with(Name::CSeq, CSeq { number: 1, method: Method::Invite }.print())
        .with(Name::MaxForwards, "70")
        .with_body("application/sdp", "v=0\r\n");
    let expected = "INVITE sip:600@pbx.example SIP/2.0\r\n\
        Via: SIP/2.0/WSS x.invalid;branch=z9hG4bK1\r\n\
        From: <sip:ada@pbx.example>;tag=1\r\n\
        To: <sip:600@pbx.example>\r\n\
        Call-ID: abc\r\n\
        CSeq: 1 INVITE\r\n\
        Max-Forwards: 70\r\n\
        Content-Type: application/sdp\r\n\
        Content-Length: 5\r\n\r\n\
        v=0\r\n";
    assert_eq!(String::from_utf8(draft.to_bytes()).unwrap(), expected);
    let request = accepted(&draft.to_bytes());
    assert_eq!((request.body(), request.from().tag()), (&b"v=0\r\n"[..], Some("1")));
}

#[test]
fn a_second_attempt_changes_some_fields() {
    let mut draft = Draft::request(&Method::Register, &uri("sip:pbx.example"))
        .with(Name::Via, "one")
        .with(Name::CSeq, "1 REGISTER")
        .with(Name::Via, "two");
    draft.set(Name::Via, "three");
    draft.set(Name::Authorization, "Digest x");
    draft.remove(Name::CSeq);
    assert_eq!((draft.get(Name::Via), draft.get(Name::CSeq)), (Some(&b"three"[..]), None));
    let text = String::from_utf8(draft.to_bytes()).unwrap();
    assert_eq!(
        text,
        "REGISTER sip:pbx.example SIP/2.0\r\nVia: three\r\nAuthorization: Digest x\r\nContent-Length: 0\r\n\r\n"
    );
}

#[test]
fn a_response_copies_what_it_must() {
    let bytes = request(
        INVITE,
        &[
            "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1 , SIP/2.0/UDP b.example",
            "Via: SIP/2.0/UDP c.example\r\n ;branch=z9hG4bK3",
            "To: \"G\\\u{7}\" <sip:grace@pbx.example>",
            "Max-Forwards: 1",
        ],
    );
    let request = accepted(&bytes);
    let ringing =
        accepted_response(&Draft::response(request.headers(), 180, Some("t1")).to_bytes());
    assert_eq!((ringing.status(), ringing.phrase().as_str()), (180, "Ringing"));
    assert_eq!(ringing.headers().vias(), request.headers().vias());
    assert_eq!(
        (ringing.from(), ringing.call_id(), ringing.cseq()),
        (request.from(), request.call_id(), request.cseq())
    );
    assert_eq!(ringing.to().tag(), Some("t1"));
    assert_eq!(
        ringing.headers().get(Name::To),
        Some("\"G\\\u{7}\" <sip:grace@pbx.example>;tag=t1".as_bytes())
    );
    assert_eq!(ringing.headers().get(Name::MaxForwards), None);
    let trying = accepted_response(&Draft::response(request.headers(), 100, None).to_bytes());
    assert_eq!(trying.to().tag(), None);
}

#[test]
fn a_tag_in_to_stays() {
    let request = accepted(&request(INVITE, &["To: <sip:grace@pbx.example>;tag=theirs"]));
    let response =
        accepted_response(&Draft::response(request.headers(), 481, Some("ours")).to_bytes());
    assert_eq!(response.to().tag(), Some("theirs"));
}

#[test]
fn a_bad_request_is_answered_with_what_was_understood() {
    let bad = refused(&request(INVITE, &["Max-Forwards: many"]));
    let answer = Draft::response(&bad.answerable.unwrap(), bad.status, Some("t"));
    let answer = accepted_response(&answer.to_bytes());
    assert_eq!(
        (answer.status(), answer.phrase().as_str(), answer.cseq().number),
        (400, "Bad Request", 314)
    );
    assert_eq!(bad.why, "Max-Forwards: it is not a number from 0 to 255");
    assert!(
        refused(&request("ACK sip:grace@pbx.example SIP/2.0", &["CSeq: 1 BYE"]))
            .answerable
            .is_none()
    );
}

#[test]
fn nothing_breaks_out_of_its_line() {
    let evil = "x\r\nVia: SIP/2.0/WSS evil.example\r\n\r\nbody";
    let plain = accepted(&request(INVITE, &[]));
    let mut draft = Draft::response(plain.headers(), 200, Some(evil))
        .with(Name::UserAgent, evil)
        .with_body(evil, "b");
    draft.set(Name::Subject, evil);
    draft.set(Name::Other, evil);
    draft.push(Name::ContentLength, "7");
    let response = accepted_response(&draft.to_bytes());
    assert_eq!(response.headers().vias().unwrap().len(), 1);
    assert_eq!(
        response.headers().text(Name::UserAgent).as_deref(),
        Some("x  Via: SIP/2.0/WSS evil.example    body")
    );
    assert_eq!(response.to().tag(), Some("xViaSIP2.0WSSevil.examplebody"));
    assert_eq!(response.body(), b"b");
}

#[test]
fn what_was_read_prints_byte_for_byte() {
    let mut bytes = request(
        INVITE,
        &[
            "v: SIP/2.0/WSS a.invalid ;branch=z9hG4bK2",
            "Folded: a\r\n\t b",
            "Empty: ",
            "Bytes: \u{ff}",
        ],
    );
    let at = bytes.windows(2).position(|pair| pair == "\u{ff}".as_bytes()).unwrap();
    bytes[at + 1] = 0xfe;
    bytes.extend(b"\0\xff\r\n\r\nbody");
    assert_eq!(Message::parse(&bytes).unwrap().to_bytes(), bytes);
}
