//! IPv6 addresses in messages (RFC 5118, section 4).

use ringdock_sip::message::Contacts;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::judge::{accepted, answered};
use crate::message_support::request;

const VIA: &str = "Via: SIP/2.0/WSS [2001:db8::a:1];branch=z9hG4bKv6";

#[test]
fn section_4_1_a_valid_ipv6_reference() {
    let contact = "Contact: \"Ada\" <sip:ada@[2001:db8::a:1]>";
    let message = accepted(&request("REGISTER sip:[2001:db8::b] SIP/2.0", &[VIA, contact]));
    assert_eq!((message.uri().host(), message.uri().port()), ("[2001:db8::b]", None));
    assert_eq!(message.via().host, "[2001:db8::a:1]");
    let Ok(Contacts::List(contacts)) = message.headers().contacts() else { panic!("no contacts") };
    assert_eq!(contacts[0].uri.host(), "[2001:db8::a:1]");
}

#[test]
fn section_4_2_an_ipv6_address_without_brackets() {
    assert_eq!(answered(&request("REGISTER sip:2001:db8::b SIP/2.0", &[VIA])), 400);
    let contact = "Contact: <sip:ada@2001:db8::b>";
    assert_eq!(answered(&request("REGISTER sip:pbx.example SIP/2.0", &[VIA, contact])), 400);
    let via = "Via: SIP/2.0/WSS 2001:db8::b;branch=z9hG4bKv6";
    assert_eq!(answered(&request("REGISTER sip:pbx.example SIP/2.0", &[via])), 400);
}

/// What looks like a port within the brackets belongs to the address.
#[test]
fn section_4_3_an_ambiguous_port() {
    let message = accepted(&request("REGISTER sip:[2001:db8::b:5070] SIP/2.0", &[VIA]));
    assert_eq!((message.uri().host(), message.uri().port()), ("[2001:db8::b:5070]", None));
}

#[test]
fn section_4_4_an_unambiguous_port() {
    let message = accepted(&request("REGISTER sip:[2001:db8::b]:5070 SIP/2.0", &[VIA]));
    assert_eq!((message.uri().host(), message.uri().port()), ("[2001:db8::b]", Some(5070)));
}

/// The grammar has no brackets in `received`, and implementations write them: both are taken.
#[test]
fn section_4_5_brackets_in_received() {
    for received in ["[2001:db8::c]", "2001:db8::c"] {
        let via = format!("Via: SIP/2.0/WSS [2001:db8::a:1];received={received};branch=z9hG4bKv6");
        let message = accepted(&request("OPTIONS sip:[2001:db8::b] SIP/2.0", &[&via]));
        assert_eq!(message.via().received(), Some(received));
        assert_eq!(message.via().unique_branch(), Some("z9hG4bKv6"));
    }
}

#[test]
fn section_4_6_an_ipv6_address_in_the_session_description() {
    let body =
        b"v=0\r\no=ada 1 1 IN IP6 2001:db8::a:1\r\ns=-\r\nc=IN IP6 2001:db8::a:1\r\nt=0 0\r\n\
        m=audio 6000 RTP/AVP 0\r\na=sendrecv\r\n";
    let length = format!("Content-Length: {}", body.len());
    let fields = [VIA, "Content-Type: application/sdp", &length];
    let mut bytes = request("INVITE sip:grace@[2001:db8::b] SIP/2.0", &fields);
    bytes.extend(body);
    assert_eq!(accepted(&bytes).body(), body);
}

#[test]
fn section_4_7_both_families_in_via() {
    let vias = [
        "Via: SIP/2.0/UDP [2001:db8::a:1]:6050;branch=z9hG4bK1",
        "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2",
        "Via: SIP/2.0/TCP [2001:db8::a:2];branch=z9hG4bK3;received=192.0.2.2",
    ];
    let message = accepted(&request("BYE sip:grace@pbx.example SIP/2.0", &vias));
    let vias = message.headers().vias().unwrap();
    let sent_by = vias.iter().map(|via| via.sent_by()).collect::<Vec<_>>();
    assert_eq!(sent_by, ["[2001:db8::a:1]:6050", "192.0.2.1", "[2001:db8::a:2]"]);
    assert_eq!(vias[2].received(), Some("192.0.2.2"));
}

#[test]
fn section_4_8_both_families_in_the_session_description() {
    let body = b"v=0\r\no=ada 1 1 IN IP4 a.example\r\ns=-\r\nt=0 0\r\n\
        m=audio 22334 RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\nm=video 6024 RTP/AVP 107\r\nc=IN IP6 2001:db8::a:1\r\n";
    let mut bytes = request("INVITE sip:grace@[2001:db8::b] SIP/2.0", &[VIA, "c: application/sdp"]);
    bytes.extend(body);
    assert_eq!(accepted(&bytes).body(), body);
}

#[test]
fn section_4_9_ipv4_addresses_mapped_into_ipv6() {
    let fields = [
        "Via: SIP/2.0/UDP [::ffff:192.0.2.1]:19823;branch=z9hG4bK1",
        "Via: SIP/2.0/UDP [::FFFF:192.0.2.2];branch=z9hG4bK2",
        "Contact: \"Ada\" <sip:ada@[::ffff:192.0.2.2]>",
    ];
    let message = accepted(&request("INVITE sip:grace@pbx.example SIP/2.0", &fields));
    assert_eq!(
        (message.via().host.as_str(), message.via().port),
        ("[::ffff:192.0.2.1]", Some(19823))
    );
}

/// The grammar of RFC 3261 let three colons stand before an IPv4 address: taken beside what is right.
#[test]
fn section_4_10_three_colons() {
    for host in ["[2001:db8:::192.0.2.1]", "[2001:db8::192.0.2.1]"] {
        let to = format!("To: sip:grace@{host}");
        let message = accepted(&request(&format!("OPTIONS sip:grace@{host} SIP/2.0"), &[&to]));
        assert_eq!((message.uri().host(), message.to().uri.host()), (host, host));
    }
}

/// The files of RFC 5118 have bare line feeds, and some end with their last header line.
#[test]
fn the_end_behind_a_whole_line_ends_the_header_fields() {
    let whole = request("REGISTER sip:[2001:db8::b] SIP/2.0", &[VIA]);
    let text = String::from_utf8(whole).unwrap();
    for ends in ["\r\n", "\n"] {
        let with = |more: &str| {
            [text.trim_end(), "\r\n", more].concat().replace("\r\n", ends).into_bytes()
        };
        for more in ["", "Content-Length: 0\r\n", "\r\n"] {
            let message = accepted(&with(more));
            assert_eq!((message.uri().host(), message.body().len()), ("[2001:db8::b]", 0));
        }
        // A body that is missing, and a line that is cut off.
        assert_eq!(answered(&with("Content-Length: 1\r\n")), 400);
        assert_eq!(answered(&with("Content-Length: 0")), 400);
    }
}
