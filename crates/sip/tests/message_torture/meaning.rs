//! Well-written messages that a transaction or a user agent stumbles over (RFC 4475, sections 3.2 to 3.4).

use ringdock_sip::message::{Contacts, Method, Name, NameAddr, Scheme};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::judge::{accepted, accepted_response, answered, dropped};
use crate::message_support::{INVITE, request, response};

#[test]
fn section_3_2_1_a_missing_transaction_identifier() {
    let bare = accepted(&request(INVITE, &["Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK"]));
    assert_eq!((bare.via().branch(), bare.via().unique_branch()), (Some("z9hG4bK"), None));
    let usual = accepted(&request(INVITE, &[]));
    assert_eq!(usual.via().unique_branch(), Some("z9hG4bKq81vx"));
}

#[test]
fn section_3_3_1_missing_required_fields() {
    assert_eq!(answered(&request(INVITE, &["To", "From", "Call-ID"])), 400);
    for name in ["To", "From", "Call-ID"] {
        assert_eq!(answered(&request(INVITE, &[name])), 400, "{name}");
    }
    for name in ["Via", "CSeq"] {
        assert!(dropped(&request(INVITE, &[name])), "{name}");
    }
    accepted(&request(INVITE, &["Max-Forwards"]));
}

#[test]
fn section_3_3_2_an_unknown_scheme_in_the_request_address() {
    assert_eq!(answered(&request("OPTIONS who-knows:what SIP/2.0", &[])), 416);
}

#[test]
fn section_3_3_3_a_known_scheme_that_is_not_for_sip() {
    assert_eq!(answered(&request("OPTIONS soap.beep://192.0.2.1:3002 SIP/2.0", &[])), 416);
    let tel = request("INVITE tel:+1-212-555-0123 SIP/2.0", &[]);
    assert_eq!(answered(&tel), 416);
    let tel = crate::message_support::accepted(&tel);
    assert_eq!((tel.uri().scheme(), tel.uri().user()), (Scheme::Tel, "+1-212-555-0123"));
}

#[test]
fn section_3_3_4_unknown_schemes_in_fields() {
    let message = accepted(&request(
        "REGISTER sip:pbx.example SIP/2.0",
        &["To: <isbn:2983792873>", "From: <https://a.example/x>;tag=1", "Contact: <name:Ada_L>"],
    ));
    assert_eq!(message.to().uri.scheme(), Scheme::Other);
    assert_eq!(message.to().uri.as_str(), "isbn:2983792873");
    assert_eq!((message.from().uri.scheme(), message.from().tag()), (Scheme::Other, Some("1")));
    assert_eq!(contact(&message.headers().contacts()).uri.as_str(), "name:Ada_L");
}

#[test]
fn section_3_3_5_require_and_proxy_require() {
    let fields = ["Require: nobody-has-this, 100rel", "Proxy-Require: proxies-only"];
    let start = "OPTIONS sip:grace@pbx.example SIP/2.0";
    assert_eq!(answered(&request(start, &fields)), 420);
    let refusal = crate::message_support::accepted(&request(start, &fields)).refusal(&["100REL"]);
    assert_eq!(refusal.unwrap().unsupported, ["nobody-has-this"]);
    accepted(&request(start, &["Require: 100rel, timer, replaces"]));
    // What proxies have to do is no matter of an endpoint.
    accepted(&request(start, &fields[1..]));
    // RFC 3261, section 8.2.2.3: neither of these can be refused for it.
    accepted(&request("ACK sip:grace@pbx.example SIP/2.0", &fields));
    accepted(&request("CANCEL sip:grace@pbx.example SIP/2.0", &fields));
}

#[test]
fn section_3_3_6_an_unknown_content_type() {
    let with_body = |kind: &str| {
        let mut bytes = request(INVITE, &[kind]);
        bytes.extend(b"<a/>");
        bytes
    };
    assert_eq!(answered(&with_body("Content-Type: application/never-heard")), 415);
    assert_eq!(answered(&with_body("Content-Type: rubbish")), 415);
    accepted(&with_body("c: Application/SDP"));
}

#[test]
fn section_3_3_7_an_unknown_authorization_scheme() {
    let message = accepted(&request(
        "REGISTER sip:pbx.example SIP/2.0",
        &["Authorization: NeverHeard data=here"],
    ));
    let authorization = message.headers().text(Name::Authorization);
    assert_eq!(authorization.as_deref(), Some("NeverHeard data=here"));
}

#[test]
fn section_3_3_8_fields_that_may_not_repeat() {
    let all = [
        "Call-ID: 1",
        "Call-ID: 2",
        "CSeq: 1 INVITE",
        "CSeq: 2 INVITE",
        "Max-Forwards: 1",
        "Max-Forwards: 2",
        "To: <sip:a@a.example>",
        "To: <sip:b@a.example>",
        "From: <sip:a@a.example>;tag=1",
        "f: <sip:b@a.example>;tag=2",
    ];
    assert_eq!(answered(&request(INVITE, &all)), 400);
    for pair in all.chunks(2) {
        assert_eq!(answered(&request(INVITE, pair)), 400, "{pair:?}");
    }
}

#[test]
fn section_3_3_9_several_content_lengths() {
    for fields in [
        ["Content-Length: 3", "Content-Length: 4"],
        ["Content-Length: 0", "l: 0"],
        ["l: 4", "L: 4"],
    ] {
        let mut bytes = request("OPTIONS sip:grace@pbx.example SIP/2.0", &fields);
        bytes.extend(b"body");
        assert_eq!(answered(&bytes), 400, "{fields:?}");
    }
}

#[test]
fn section_3_3_10_a_response_with_a_broadcast_via() {
    let fields = [
        "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
        "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK2",
    ];
    let message = accepted_response(&response("SIP/2.0 200 OK", &fields));
    assert_eq!(message.headers().vias().unwrap()[1].host, "255.255.255.255");
}

#[test]
fn section_3_3_11_max_forwards_of_zero() {
    let message = accepted(&request("OPTIONS sip:grace@pbx.example SIP/2.0", &["Max-Forwards: 0"]));
    assert_eq!(message.headers().max_forwards(), Some(0));
}

#[test]
fn section_3_3_12_a_contact_with_a_header_parameter() {
    let register = register("Contact: sip:+1@a.example;unknown");
    let contact = contact(&register.headers().contacts());
    assert_eq!((contact.params.get("unknown"), contact.uri.param("unknown")), (Some(""), None));
}

#[test]
fn section_3_3_13_a_contact_with_an_address_parameter() {
    let register = register("Contact: <sip:+1@a.example;unknown>");
    let contact = contact(&register.headers().contacts());
    assert_eq!((contact.params.get("unknown"), contact.uri.param("unknown")), (None, Some("")));
}

#[test]
fn section_3_3_14_a_contact_with_an_escaped_header() {
    let register = register("Contact: <sip:ada@a.example?Route=%3Csip:b.example%3E>");
    let contact = contact(&register.headers().contacts());
    assert_eq!(contact.uri.headers().collect::<Vec<_>>(), [("Route", Some("%3Csip:b.example%3E"))]);
    assert_eq!(register.headers().addresses(Name::Route), Ok(Vec::new()));
}

#[test]
fn section_3_3_15_an_unacceptable_accept() {
    assert_eq!(answered(&request(INVITE, &["Accept: text/never-heard"])), 406);
    accepted(&request(INVITE, &["Accept: text/plain, application/SDP;level=1"]));
    accepted(&request(INVITE, &["Accept: */*"]));
}

#[test]
fn section_3_4_1_an_invite_in_rfc_2543_syntax() {
    let fields = ["Via: SIP/2.0/UDP a.example", "From: <sip:ada@a.example>", "Max-Forwards"];
    let message = accepted(&request("INVITE sip:UserB@a.example SIP/2.0", &fields));
    assert_eq!((message.via().branch(), message.from().tag()), (None, None));
}

fn register(contact: &str) -> ringdock_sip::message::Request {
    let message = accepted(&request("REGISTER sip:pbx.example SIP/2.0", &[contact]));
    assert_eq!(*message.method(), Method::Register);
    message
}

/// The only contact.
fn contact(contacts: &Result<Contacts, ringdock_sip::message::BadValue>) -> NameAddr {
    match contacts {
        Ok(Contacts::List(contacts)) if contacts.len() == 1 => contacts[0].clone(),
        other => panic!("not one contact: {other:?}"),
    }
}
