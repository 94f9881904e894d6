//! Typed header values: addresses, Via, lists, numbers.

mod message_support;

use message_support::{INVITE, accepted, accepted_response, refused, request, response};
use ringdock_sip::message::{Contacts, Method, Name, NameAddr, Scheme, Uri};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn addresses_in_their_parts() {
    let uri =
        Uri::parse("sips:ada%20l:secret@[2001:db8::9]:5061;transport=ws;lr?Subject=hi&x=").unwrap();
    assert_eq!(uri.scheme(), Scheme::Sips);
    assert_eq!((uri.user(), uri.user_unescaped().as_str()), ("ada%20l", "ada l"));
    assert_eq!(uri.password(), Some("secret"));
    assert_eq!((uri.host(), uri.port()), ("[2001:db8::9]", Some(5061)));
    assert_eq!(
        (uri.param("Transport"), uri.param("lr"), uri.param("none")),
        (Some("ws"), Some(""), None)
    );
    assert_eq!(uri.headers().collect::<Vec<_>>(), [("Subject", Some("hi")), ("x", Some(""))]);

    let tel = Uri::parse("TEL:+1-212-555-0123;phone-context=example.com").unwrap();
    assert_eq!((tel.scheme(), tel.user(), tel.host()), (Scheme::Tel, "+1-212-555-0123", ""));
    assert_eq!(tel.param("phone-context"), Some("example.com"));

    let short = Uri::parse("sip:pbx.example").unwrap();
    assert_eq!(
        (short.user(), short.password(), short.host(), short.port()),
        ("", None, "pbx.example", None)
    );
    assert_eq!(Uri::parse("mailto:ada@pbx.example").unwrap().scheme(), Scheme::Other);
}

#[test]
fn what_is_no_address() {
    for text in [
        "",
        "sip",
        "sip:",
        ":x",
        "1sip:x",
        "ada@pbx.example",
        "sip:@pbx.example",
        "sip:ada@",
        "sip:ada@b@c",
        "sip:ada@pbx.example:",
        "sip:ada@pbx.example:0",
        "sip:ada@pbx.example:65536",
        "sip:ada@pbx.example:x",
        "sip:ada@pbx.example;",
        "sip:ada@pbx.example;;lr",
        "sip:ada@pbx.example;=x",
        "sip:ada@pbx.example?",
        "sip:ada@pbx.example?=x",
        "sip:ada@pbx.example/x",
        "sip:ada@[::1",
        "sip:ada@[pbx]",
        "sip:ada@[abc]",
        "sip:ada@[[::1]]",
        "sip:ada@[]",
        "sip:a%2@pbx.example",
        "sip:a%zz@pbx.example",
        "sip:a b@pbx.example",
        "sip:a\r\nVia: x@pbx.example",
        "sip:ada@pbx.example\0",
        "sip:<ada>@pbx.example",
        "tel:",
        "tel:+",
        "tel:hello",
        "tel:1;;",
    ] {
        assert!(Uri::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn addresses_made_here_escape_the_user() {
    assert_eq!(Uri::sip("600", "pbx.example").unwrap().as_str(), "sip:600@pbx.example");
    assert_eq!(
        Uri::sip("*72#", "pbx.example:5070").unwrap().as_str(),
        "sip:*72%23@pbx.example:5070"
    );
    let odd = "a@b c:d\r\n\u{e9}";
    let uri = Uri::sip(odd, "pbx.example").unwrap();
    assert_eq!(uri.user(), "a%40b%20c%3Ad%0D%0A%C3%A9");
    assert_eq!(uri.user_unescaped(), odd);
    assert_eq!(Uri::sip("", "pbx.example").unwrap().as_str(), "sip:pbx.example");
    for host in ["", "pbx.example;lr", "pbx.example?x=y", "eve@pbx.example", "pbx.example SIP/2.0"]
    {
        assert!(Uri::sip("600", host).is_err(), "{host}");
    }
}

#[test]
fn rfc_3261_section_19_1_4_equivalent_addresses() {
    for (one, other) in [
        ("sip:%61lice@atlanta.example;transport=TCP", "sip:alice@AtlanTa.example;Transport=tcp"),
        ("sip:carol@chicago.example", "sip:carol@chicago.example;newparam=5"),
        ("sip:carol@chicago.example;security=on", "sip:carol@chicago.example;newparam=5"),
        (
            "sip:biloxi.example;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.example",
            "sip:biloxi.example;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.example",
        ),
        (
            "sip:alice@atlanta.example?subject=project%20x&priority=urgent",
            "sip:alice@atlanta.example?priority=urgent&subject=project%20x",
        ),
        ("tel:+1;phone-context=a.example", "TEL:+1;phone-context=a.example"),
    ] {
        let (one, other) = (Uri::parse(one).unwrap(), Uri::parse(other).unwrap());
        assert!(one.is_equivalent(&other) && other.is_equivalent(&one), "{one} {other}");
    }
}

#[test]
fn rfc_3261_section_19_1_4_different_addresses() {
    for (one, other) in [
        ("SIP:ALICE@atlanta.example;Transport=udp", "sip:alice@atlanta.example;Transport=UDP"),
        ("sip:bob@biloxi.example", "sip:bob@biloxi.example:5060"),
        ("sip:bob@biloxi.example", "sip:bob@biloxi.example;transport=udp"),
        ("sip:bob@biloxi.example", "sip:bob@biloxi.example:6000;transport=tcp"),
        ("sip:carol@chicago.example", "sip:carol@chicago.example?Subject=next%20meeting"),
        ("sip:bob@phone21.example", "sip:bob@192.0.2.4"),
        ("sip:carol@chicago.example;security=on", "sip:carol@chicago.example;security=off"),
        ("sip:bob@biloxi.example", "sips:bob@biloxi.example"),
        ("sip:a;b@biloxi.example", "sip:a%3Bb@biloxi.example"),
        ("sip:bob:x@biloxi.example", "sip:bob@biloxi.example"),
    ] {
        let (one, other) = (Uri::parse(one).unwrap(), Uri::parse(other).unwrap());
        assert!(!one.is_equivalent(&other) && !other.is_equivalent(&one), "{one} {other}");
    }
}

#[test]
fn a_request_line_takes_no_headers_and_no_method() {
    let whole = Uri::parse("sip:ada@a.invalid:1;transport=ws;method=BYE;lr?Subject=x").unwrap();
    let stripped = whole.for_request_line();
    assert_eq!(stripped.as_str(), "sip:ada@a.invalid:1;transport=ws;lr");
    assert_eq!(stripped, Uri::parse(stripped.as_str()).unwrap());
    let tel = Uri::parse("tel:+1").unwrap();
    assert_eq!(tel.for_request_line(), tel);
}

#[test]
fn names_and_addresses_print_as_they_read() {
    for text in [
        "<sip:ada@pbx.example>",
        "\"Ada\" <sip:ada@pbx.example>;tag=1",
        "\"A \\\"B\\\" \\\\ C\" <sip:ada@pbx.example;lr>;x;y=\"a b\"",
        "<sip:a@b.invalid>;+sip.instance=\"<urn:uuid:0>\";expires=60",
    ] {
        assert_eq!(NameAddr::parse(text.as_bytes()).unwrap().to_string(), text);
    }
    let evil = NameAddr::new(Uri::parse("sip:ada@pbx.example").unwrap())
        .with_display_name("\" <sip:eve@evil.example>\r\nX: y\0")
        .with_param("tag", Some("1;x=\"\r\nY: z"))
        .with_param("bad name", None);
    let printed = evil.to_string();
    assert!(!printed.contains(char::is_control), "{printed:?}");
    let read = NameAddr::parse(printed.as_bytes()).unwrap();
    assert_eq!(read.uri.host(), "pbx.example");
    assert_eq!(read.display_name.as_deref(), Some("\" <sip:eve@evil.example>  X: y "));
    assert_eq!(read.params.iter().count(), 1);
}

#[test]
fn display_names_that_are_not_tokens_or_not_utf_8() {
    let named = |text: &[u8]| NameAddr::parse(text).unwrap().display_name;
    assert_eq!(
        named("Z\u{fc}rich  Office <sip:a@b>".as_bytes()).as_deref(),
        Some("Z\u{fc}rich  Office")
    );
    assert_eq!(named(b"\"Z\xfcrich\" <sip:a@b>").as_deref(), Some("Z\u{fffd}rich"));
    assert_eq!(named(b"\"folded \r\n  name\" <sip:a@b>").as_deref(), Some("folded name"));
    assert_eq!(named(b"\"\" <sip:a@b>"), None);
    assert_eq!(named(b"sip:a@b;tag=1"), None);
}

#[test]
fn contacts_of_all_kinds() {
    let contacts = |field: &[&str]| {
        accepted(&request("REGISTER sip:pbx.example SIP/2.0", field)).headers().contacts()
    };
    assert_eq!(contacts(&["Contact: *"]), Ok(Contacts::All));
    assert_eq!(contacts(&[]), Ok(Contacts::List(Vec::new())));
    let Ok(Contacts::List(list)) =
        contacts(&["m: sip:a@b;expires=7 , \"x, y\" <sip:c,e@d>", "Contact: <sip:f@g>;expires=no"])
    else {
        panic!("no list")
    };
    let uris = list.iter().map(|contact| contact.uri.as_str()).collect::<Vec<_>>();
    assert_eq!(uris, ["sip:a@b", "sip:c,e@d", "sip:f@g"]);
    assert_eq!(list.iter().map(NameAddr::expires).collect::<Vec<_>>(), [Some(7), None, None]);
}

#[test]
fn via_with_rport() {
    let via = |value: &str| accepted(&request(INVITE, &[&format!("Via: {value}")])).via().clone();
    assert_eq!(via("SIP/2.0/WS a.invalid;rport;branch=z9hG4bKa").rport(), Some(None));
    let back = via("sip/2.0/WSS [::1] : 5061;received=\"192.0.2.1\";rport=4711;branch=z9hG4bKa");
    assert_eq!(
        (back.rport(), back.received(), back.sent_by().as_str()),
        (Some(Some(4711)), Some("192.0.2.1"), "[::1]:5061")
    );
    assert_eq!(
        back.to_string(),
        "SIP/2.0/WSS [::1]:5061;received=192.0.2.1;rport=4711;branch=z9hG4bKa"
    );
    assert_eq!(via("SIP/2.0/WS a.invalid").rport(), None);
}

#[test]
fn lists_numbers_reasons_and_warnings() {
    let response = accepted_response(&response(
        "SIP/2.0 503 Service Unavailable",
        &[
            "Allow: INVITE,ACK , BYE",
            "Allow: CANCEL",
            "k: timer,,",
            "Retry-After: 120 (in a meeting);duration=60",
            "Min-Expires: x",
            "Reason: SIP ;cause=200 ;text=\"Call completed elsewhere\", Q.850;cause=16",
            "Warning: 301 pbx.example:5060 \"No \\\"such\\\" network\", 399 [::1] \"x\"",
            "Subject: one\r\n two",
        ],
    ));
    let headers = response.headers();
    assert_eq!(headers.items(Name::Allow), ["INVITE", "ACK", "BYE", "CANCEL"]);
    assert_eq!(headers.items(Name::Supported), ["timer"]);
    assert_eq!(headers.items(Name::Require), [""; 0]);
    assert_eq!(headers.seconds(Name::RetryAfter), Some(120));
    assert_eq!((headers.seconds(Name::MinExpires), headers.seconds(Name::Expires)), (None, None));
    let reasons = headers.reasons();
    assert_eq!((reasons[0].protocol.as_str(), reasons[0].cause), ("SIP", Some(200)));
    assert_eq!(reasons[0].text.as_deref(), Some("Call completed elsewhere"));
    assert_eq!((reasons[1].protocol.as_str(), reasons[1].cause), ("Q.850", Some(16)));
    let warnings = headers.warnings();
    assert_eq!(
        (warnings[0].code, warnings[0].agent.as_str(), warnings[0].text.as_str()),
        (301, "pbx.example:5060", "No \"such\" network")
    );
    assert_eq!(warnings[1].agent, "[::1]");
    assert_eq!(headers.text(Name::Subject).as_deref(), Some("one two"));
}

#[test]
fn who_calls_as_a_pbx_says() {
    let message = accepted(&request(
        INVITE,
        &[
            "P-Asserted-Identity: \"Ada\" <sip:+1@pbx.example>, <tel:+1>",
            "Remote-Party-ID: \"Ada\" <sip:7@pbx.example>;party=calling;privacy=off;screen=no",
            "Diversion: <sip:9@pbx.example>;reason=no-answer",
            "Record-Route: <sip:a.example;transport=ws;r2=on;lr=on>, <sip:b.example;lr>",
        ],
    ));
    let first = |name| message.headers().addresses(name).unwrap().remove(0);
    assert_eq!(first(Name::PAssertedIdentity).display_name.as_deref(), Some("Ada"));
    assert_eq!(first(Name::RemotePartyId).params.get("party"), Some("calling"));
    assert_eq!(first(Name::Diversion).params.get("reason"), Some("no-answer"));
    assert_eq!(message.headers().addresses(Name::RecordRoute).unwrap().len(), 2);
    assert_eq!(message.headers().addresses(Name::Route), Ok(Vec::new()));
}

#[test]
fn names_in_every_form() {
    for (text, name) in [
        ("Via", Name::Via),
        ("VIA", Name::Via),
        ("v", Name::Via),
        ("V", Name::Via),
        ("www-authenticate", Name::WwwAuthenticate),
    ] {
        assert_eq!(Name::read(text.as_bytes()), name, "{text}");
    }
    for text in ["", "z", "Vi", "Via-2", "\0"] {
        assert_eq!(Name::read(text.as_bytes()), Name::Other, "{text:?}");
    }
    assert_eq!((Name::CallId.as_str(), Name::Other.as_str()), ("Call-ID", ""));
    assert_eq!(Method::parse("INVITE"), Ok(Method::Invite));
    assert_ne!(Method::parse("invite"), Ok(Method::Invite));
    assert!(Method::parse("IN VITE").is_err());
}

#[test]
fn line_ends() {
    let usual = accepted(&request(INVITE, &["Note: a\r\n b"]));
    let text = String::from_utf8(request(INVITE, &["Note: a\r\n b"])).unwrap();
    let unix = accepted(text.replace("\r\n", "\n").as_bytes());
    assert_eq!((unix.cseq(), unix.to(), unix.via()), (usual.cseq(), usual.to(), usual.via()));
    assert_eq!(unix.headers().get(Name::Other), Some(&b"a\n b"[..]));
    assert_eq!(accepted(["\r\n\n\r\n", &text].concat().as_bytes()), usual);
    assert_eq!(refused(text.replace("Note: a", "Note: a\rVia: b").as_bytes()).status, 400);
    assert_eq!(refused(text.replacen("\r\n", "\r\n folded\r\n", 1).as_bytes()).status, 400);
    assert_eq!(refused(text.trim_end().as_bytes()).why, "no empty line ends the header fields");
}
