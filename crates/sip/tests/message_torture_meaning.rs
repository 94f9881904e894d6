//! Well-written messages that a transaction or a user agent stumbles over (sections 3.2 to 3.4 of RFC 4475).
//! Each test names the section it follows; the messages are our own.

mod message_support;

use message_support::{INVITE, accepted, accepted_response, answered, dropped, request, response};
use ringdock_sip::message::{Contacts, Scheme};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn section_3_2_1_a_branch_of_the_cookie_alone() {
    let bare = accepted(&request(INVITE, &["Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK"]));
    assert_eq!((bare.via().branch(), bare.via().unique_branch()), (Some("z9hG4bK"), None));
    let usual = accepted(&request(INVITE, &[]));
    assert_eq!(usual.via().unique_branch(), Some("z9hG4bKq81vx"));
}

#[test]
fn section_3_3_1_missing_fields() {
    for name in ["To", "From", "Call-ID"] {
        assert_eq!(answered(&request(INVITE, &[name])), 400, "{name}");
    }
    for name in ["Via", "CSeq"] {
        assert!(dropped(&request(INVITE, &[name])), "{name}");
    }
    accepted(&request(INVITE, &["Max-Forwards"]));
}

#[test]
fn sections_3_3_2_to_4_unknown_schemes() {
    assert_eq!(answered(&request("OPTIONS who-knows:what SIP/2.0", &[])), 416);
    assert_eq!(answered(&request("OPTIONS soap.beep://192.0.2.1:3002 SIP/2.0", &[])), 416);
    let message = accepted(&request(
        "REGISTER sip:pbx.example SIP/2.0",
        &["To: <isbn:2983792873>", "From: <https://a.example/x>;tag=1", "Contact: <name:Ada_L>"],
    ));
    assert_eq!(message.to().uri.scheme(), Scheme::Other);
    assert_eq!(
        accepted(&request("INVITE tel:+1-212-555-0123 SIP/2.0", &[])).uri().user(),
        "+1-212-555-0123"
    );
}

#[test]
fn section_3_3_5_unknown_extensions() {
    let fields = ["Require: nobody-has-this, 100rel", "Proxy-Require: proxies-only"];
    let refusal = accepted(&request(INVITE, &fields)).refusal(&["100rel"]).unwrap();
    assert_eq!((refusal.status, refusal.unsupported), (420, vec!["nobody-has-this".to_owned()]));
    assert_eq!(accepted(&request(INVITE, &["Require: 100REL"])).refusal(&["100rel"]), None);
    assert_eq!(accepted(&request("ACK sip:grace@pbx.example SIP/2.0", &fields)).refusal(&[]), None);
}

#[test]
fn section_3_3_6_a_body_of_another_kind() {
    let with_body = |kind: &str| {
        let mut bytes = request(INVITE, &[kind]);
        bytes.extend(b"<a/>");
        accepted(&bytes).refusal(&[]).map(|refusal| refusal.status)
    };
    assert_eq!(with_body("Content-Type: application/never-heard"), Some(415));
    assert_eq!(with_body("Content-Type: rubbish"), Some(415));
    assert_eq!(with_body("c: Application/SDP"), None);
}

#[test]
fn section_3_3_7_an_unknown_authorization_scheme() {
    accepted(&request(
        "REGISTER sip:pbx.example SIP/2.0",
        &["Authorization: NeverHeard data=here"],
    ));
}

#[test]
fn sections_3_3_8_and_9_fields_that_may_not_repeat() {
    for fields in [
        ["To: <sip:a@a.example>", "To: <sip:b@a.example>"],
        ["From: <sip:a@a.example>;tag=1", "f: <sip:b@a.example>;tag=2"],
        ["Call-ID: 1", "i: 2"],
        ["CSeq: 1 INVITE", "CSeq: 2 INVITE"],
        ["Max-Forwards: 1", "Max-Forwards: 2"],
        ["Content-Length: 0", "l: 0"],
    ] {
        assert_eq!(answered(&request(INVITE, &fields)), 400, "{fields:?}");
    }
}

#[test]
fn section_3_3_10_a_response_with_a_broadcast_via() {
    let fields =
        ["Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1,SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK2"];
    assert_eq!(accepted_response(&response("SIP/2.0 200 OK", &fields)).via().host, "192.0.2.1");
}

#[test]
fn section_3_3_11_max_forwards_zero_is_for_proxies() {
    assert_eq!(
        accepted(&request("OPTIONS sip:grace@pbx.example SIP/2.0", &["Max-Forwards: 0"]))
            .headers()
            .max_forwards(),
        Some(0)
    );
}

#[test]
fn sections_3_3_12_to_14_contacts_of_register() {
    let contact = |field: &str| {
        let message = accepted(&request("REGISTER sip:pbx.example SIP/2.0", &[field]));
        match message.headers().contacts() {
            Ok(Contacts::List(mut contacts)) => contacts.remove(0),
            other => panic!("no contact: {other:?}"),
        }
    };
    let outside = contact("Contact: sip:+1@a.example;unknown");
    assert_eq!((outside.params.get("unknown"), outside.uri.param("unknown")), (Some(""), None));
    let inside = contact("Contact: <sip:+1@a.example;unknown>");
    assert_eq!((inside.params.get("unknown"), inside.uri.param("unknown")), (None, Some("")));
    let escaped = contact("Contact: <sip:ada@a.example?Route=%3Csip:b.example%3E>");
    assert_eq!(escaped.uri.headers().collect::<Vec<_>>(), [("Route", Some("%3Csip:b.example%3E"))]);
}

#[test]
fn section_3_3_15_no_session_description_accepted() {
    let status = |fields: &[&str]| {
        accepted(&request(INVITE, fields)).refusal(&[]).map(|refusal| refusal.status)
    };
    assert_eq!(status(&["Accept: text/never-heard"]), Some(406));
    assert_eq!(status(&["Accept: text/plain, application/SDP;level=1"]), None);
    assert_eq!(status(&[]), None);
}

#[test]
fn section_3_4_1_an_invite_of_rfc_2543() {
    let fields = ["Via: SIP/2.0/UDP a.example", "From: <sip:ada@a.example>", "Max-Forwards"];
    let message = accepted(&request("INVITE sip:UserB@a.example SIP/2.0", &fields));
    assert_eq!((message.via().branch(), message.from().tag()), (None, None));
}
