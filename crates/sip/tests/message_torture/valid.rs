//! Valid messages (RFC 4475, section 3.1.1): all are taken, and understood as they are meant.

use ringdock_sip::message::{Contacts, Method, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::judge::{accepted, accepted_response};
use crate::message_support::{INVITE, lines, request, response};

#[test]
fn section_3_1_1_1_a_short_tortuous_invite() {
    let message = accepted(&lines(&[
        "INVITE sip:grace@pbx.example;later-param SIP/2.0",
        "t  :",
        "\tsip:grace@pbx.example ;",
        "   tag  =  12ab",
        "f: \"Ada \\\\\\\"L\\\" \" <sip:ada@pbx.example>",
        "  ;  tag=34cd",
        "MAX-forwards:   0070",
        "i: id%with@host",
        "cSEQ:   0021",
        "  INVITE",
        "v: SIP / 2.0",
        "  / WSS  a.invalid ; branch =",
        "   z9hG4bK1 , SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK2",
        "VIA  : SIP/2.0/TCP [2001:db8::1]:5070 ;branch=z9hG4bK3;received=2001:db8::2",
        "s :",
        "Never-Heard-Of: ;;,,;;",
        " \t and more of it",
        "m: \"Ada, \\\"at home\\\"\" <sip:ada@a.invalid;transport=ws>  ; later = value ;q= 0.5",
        "Route:",
        " <sip:one.example;lr;x=y>",
        "L: 0",
    ]));
    assert_eq!(message.to().tag(), Some("12ab"));
    assert_eq!(message.from().display_name.as_deref(), Some("Ada \\\"L\" "));
    assert_eq!(message.from().tag(), Some("34cd"));
    assert_eq!(message.headers().max_forwards(), Some(70));
    assert_eq!(message.call_id(), "id%with@host");
    assert_eq!(message.cseq().number, 21);
    assert_eq!(message.uri().param("later-param"), Some(""));
    let vias = message.headers().vias().unwrap();
    assert_eq!(
        vias.iter().map(|via| via.branch().unwrap()).collect::<Vec<_>>(),
        ["z9hG4bK1", "z9hG4bK2", "z9hG4bK3"]
    );
    assert_eq!(vias[0].transport, "WSS");
    assert_eq!(vias[1].port, Some(5060));
    assert_eq!((vias[2].host.as_str(), vias[2].received()), ("[2001:db8::1]", Some("2001:db8::2")));
    let Ok(Contacts::List(contacts)) = message.headers().contacts() else { panic!("no contacts") };
    assert_eq!(contacts[0].display_name.as_deref(), Some("Ada, \"at home\""));
    assert_eq!(
        (contacts[0].params.get("LATER"), contacts[0].params.get("q")),
        (Some("value"), Some("0.5"))
    );
    assert_eq!(message.headers().get(Name::Subject), Some(&b""[..]));
    assert_eq!(message.headers().get(Name::Other), Some(&b";;,,;;\r\n \t and more of it"[..]));
    assert!(message.headers().addresses(Name::Route).unwrap()[0].uri.param("lr").is_some());
}

#[test]
fn section_3_1_1_2_a_wide_range_of_valid_characters() {
    let start = "*A+b!'~%x sip:u;?/&=+$,-_.!~*'():p&=+$,@pbx.example SIP/2.0";
    let message = accepted(&request(
        start,
        &[
            "From: a!b 'c' ~d` <sip:ada@pbx.example>;p'+~=\"\u{43f}\u{440}\";tag=_t'`*%!-.+~",
            "To: \"\\\u{7} \\\u{0} \\\u{7f}\" <sip:grace@pbx.example>",
            "Call-ID: w-.!%*_+`'~()<>:\\\"/[]?{}@w",
            "x!%*_+`'~-.: \u{5927}",
        ],
    ));
    assert_eq!(message.method().as_str(), "*A+b!'~%x");
    assert_eq!(message.uri().user(), "u;?/&=+$,-_.!~*'()");
    assert_eq!(message.uri().password(), Some("p&=+$,"));
    assert_eq!(message.from().display_name.as_deref(), Some("a!b 'c' ~d`"));
    assert_eq!(message.from().params.get("p'+~"), Some("\u{43f}\u{440}"));
    assert_eq!(message.to().display_name.as_deref(), Some("\u{7} \u{0} \u{7f}"));
}

#[test]
fn section_3_1_1_3_valid_percent_escapes() {
    let message = accepted(&request(
        "INVITE sip:sip%3Aada%40a.example@pbx.example SIP/2.0",
        &[
            "To: sip:%67r%61ce@pbx.example",
            "From: <sip:with%20two%20blanks@pbx.example>;tag=1",
            "Contact: <sip:a%64a@a.invalid;%6Cr;n%61me=v%61lue%25%34%31>",
        ],
    ));
    assert_eq!((message.uri().host(), message.uri().port()), ("pbx.example", None));
    assert_eq!(message.uri().user_unescaped(), "sip:ada@a.example");
    assert_eq!(message.to().uri.user_unescaped(), "grace");
    assert_eq!(message.from().uri.user_unescaped(), "with two blanks");
    let Ok(Contacts::List(contacts)) = message.headers().contacts() else { panic!("no contacts") };
    // `%25%34%31` is `%41`, and not an A: nothing is taken apart twice.
    assert_eq!(
        contacts[0].uri.params().collect::<Vec<_>>(),
        [("%6Cr", None), ("n%61me", Some("v%61lue%25%34%31"))]
    );
}

#[test]
fn section_3_1_1_4_escaped_nulls_in_addresses() {
    let message = accepted(&request(
        "REGISTER sip:pbx.example SIP/2.0",
        &[
            "To: sip:a%00b@pbx.example",
            "From: sip:a%00b@pbx.example;tag=1",
            "Contact: <sip:%00@a.invalid>",
            "Contact: <sip:%00%00@a.invalid>",
        ],
    ));
    assert_eq!(message.to().uri.user_unescaped(), "a\0b");
    let Ok(Contacts::List(contacts)) = message.headers().contacts() else { panic!("no contacts") };
    let users = contacts.iter().map(|contact| contact.uri.user_unescaped());
    assert_eq!(users.collect::<Vec<_>>(), ["\0", "\0\0"]);
}

#[test]
fn section_3_1_1_5_percent_signs_that_are_no_escapes() {
    let message = accepted(&request(
        "R%45GISTER sip:pbx.example SIP/2.0",
        &[
            "To: \"%5A%Q\" <sip:grace@pbx.example>",
            "Contact: <sip:one@a.invalid>",
            "C%6Fntact: <sip:two@a.invalid>",
            "Contact: <sip:three@a.invalid>",
        ],
    ));
    assert_eq!(message.method().as_str(), "R%45GISTER");
    assert_ne!(*message.method(), Method::Register);
    assert_eq!(message.to().display_name.as_deref(), Some("%5A%Q"));
    let Ok(Contacts::List(contacts)) = message.headers().contacts() else { panic!("no contacts") };
    let users = contacts.iter().map(|contact| contact.uri.user());
    assert_eq!(users.collect::<Vec<_>>(), ["one", "three"]);
}

#[test]
fn section_3_1_1_6_no_blank_between_display_name_and_bracket() {
    let message = accepted(&request(INVITE, &["From: Ada<sip:ada@pbx.example>;tag=1"]));
    assert_eq!(message.from().display_name.as_deref(), Some("Ada"));
}

#[test]
fn section_3_1_1_7_long_values() {
    let long = "long".repeat(250);
    let to = format!("To: \"{long}\" <sip:{long}@pbx.example;{long}={long}>;{long}=\"{long}\"");
    let via = format!("Via: {}", vec!["SIP/2.0/TCP a.example:5060;branch=z9hG4bKx"; 60].join(", "));
    let message = accepted(&request(INVITE, &[&to, &via, &format!("{long}: {long}")]));
    assert_eq!(message.to().params.get(&long), Some(long.as_str()));
    assert_eq!(message.headers().vias().unwrap().len(), 60);
}

#[test]
fn section_3_1_1_8_extra_bytes_behind_the_message() {
    let mut bytes = request("REGISTER sip:pbx.example SIP/2.0", &["Content-Length: 0"]);
    bytes.extend(request(INVITE, &[]));
    let message = accepted(&bytes);
    assert_eq!(message.body(), b"");
    assert_eq!(*message.method(), Method::Register);
}

#[test]
fn section_3_1_1_9_parameters_in_the_user_part() {
    let message = accepted(&request("OPTIONS sip:grace;x=a%40b.example@pbx.example SIP/2.0", &[]));
    assert_eq!(message.uri().user_unescaped(), "grace;x=a@b.example");
    assert_eq!(message.uri().params().count(), 0);
}

#[test]
fn section_3_1_1_10_varied_and_unknown_transports() {
    let transports = ["UDP", "SCTP", "TLS", "TCP", "WSS", "NEVER-HEARD"];
    let vias = transports.map(|name| format!("Via: SIP/2.0/{name} a.example;branch=z9hG4bK{name}"));
    let message = accepted(&request(INVITE, &vias.each_ref().map(String::as_str)));
    let vias = message.headers().vias().unwrap();
    assert_eq!(vias.iter().map(|via| via.transport.as_str()).collect::<Vec<_>>(), transports);
}

#[test]
fn section_3_1_1_11_a_multipart_body() {
    let body =
        b"--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\n\r\n\0\x01\xff\0\r\n--x--\r\n";
    let length = format!("Content-Length: {}", body.len());
    let mut bytes = request(
        "MESSAGE sip:grace@pbx.example SIP/2.0",
        &["Content-Type: multipart/mixed;boundary=\"x\"", &length],
    );
    bytes.extend(body);
    let message = accepted(&bytes);
    assert_eq!(message.body(), body);
    let kind = message.headers().content_type().unwrap();
    assert!(kind.is("multipart", "mixed"));
    assert_eq!(kind.params.get("boundary"), Some("x"));
}

#[test]
fn section_3_1_1_12_an_unusual_reason_phrase() {
    let phrase = "= 2**3 * 5**2, \u{434}\u{432}\u{435}\u{441}\u{442}\u{438}";
    let message = accepted_response(&response(&format!("SIP/2.0 200 {phrase}"), &[]));
    assert_eq!((message.status(), message.phrase().as_str()), (200, phrase));
}

#[test]
fn section_3_1_1_13_an_empty_reason_phrase() {
    let usual = accepted_response(&response("SIP/2.0 100 ", &[]));
    assert_eq!((usual.status(), usual.phrase().as_str()), (100, ""));
    // Without the space before the phrase it is not valid, and taken all the same.
    assert_eq!(accepted_response(&response("SIP/2.0 100", &[])).status(), 100);
}
