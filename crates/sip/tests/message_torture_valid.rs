//! Valid messages (section 3.1.1 of RFC 4475): all are taken.
//! Each test names the section it follows; the messages are our own.

mod message_support;

use message_support::{INVITE, accepted, accepted_response, lines, request, response};
use ringdock_sip::message::{Contacts, Method, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn section_3_1_1_1_folds_blanks_compact_forms_and_escapes() {
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
fn section_3_1_1_2_all_the_characters_of_the_grammar() {
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
fn section_3_1_1_3_escapes_are_not_taken_apart_too_early() {
    let message = accepted(&request(
        "INVITE sip:sip%3Aada%40a.example@pbx.example SIP/2.0",
        &["To: <sip:%67race@pbx.example>", "Contact: <sip:a%20b@a.invalid;par%61m=%31>"],
    ));
    assert_eq!(message.uri().host(), "pbx.example");
    assert_eq!(message.uri().user_unescaped(), "sip:ada@a.example");
    assert_eq!(message.to().uri.user_unescaped(), "grace");
}

#[test]
fn section_3_1_1_4_escaped_nulls() {
    let message = accepted(&request(
        "REGISTER sip:pbx.example SIP/2.0",
        &["Contact: <sip:%00@a.invalid>, <sip:%00%00@a.invalid>"],
    ));
    let Ok(Contacts::List(contacts)) = message.headers().contacts() else { panic!("no contacts") };
    assert_eq!(contacts[1].uri.user_unescaped(), "\0\0");
}

#[test]
fn section_3_1_1_5_a_percent_sign_is_no_escape_in_a_token() {
    let message = accepted(&request(
        "INV%49TE sip:pbx.example SIP/2.0",
        &["To: \"%5A%Q\" <sip:grace@pbx.example>", "C%6Fntact: no contact"],
    ));
    assert_ne!(*message.method(), Method::Invite);
    assert_eq!(message.to().display_name.as_deref(), Some("%5A%Q"));
    assert_eq!(message.headers().contacts(), Ok(Contacts::List(Vec::new())));
}

#[test]
fn section_3_1_1_6_no_blank_before_the_angle_bracket() {
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
fn section_3_1_1_8_what_is_behind_the_body_is_dropped() {
    let mut bytes = request("REGISTER sip:pbx.example SIP/2.0", &["Content-Length: 0"]);
    bytes.extend(request(INVITE, &[]));
    let message = accepted(&bytes);
    assert_eq!(message.body(), b"");
    assert_eq!(*message.method(), Method::Register);
}

#[test]
fn section_3_1_1_9_a_semicolon_in_the_user_part() {
    let message = accepted(&request("OPTIONS sip:grace;x=a%40b.example@pbx.example SIP/2.0", &[]));
    assert_eq!(message.uri().user_unescaped(), "grace;x=a@b.example");
    assert_eq!(message.uri().params().count(), 0);
}

#[test]
fn section_3_1_1_10_unknown_transports() {
    let fields = [
        "Via: SIP/2.0/SCTP a.example;branch=z9hG4bK1,SIP/2.0/NEVER-HEARD b.example;branch=z9hG4bK2",
    ];
    assert_eq!(
        accepted(&request(INVITE, &fields)).headers().vias().unwrap()[1].transport,
        "NEVER-HEARD"
    );
}

#[test]
fn section_3_1_1_11_a_multipart_body_with_nulls() {
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
fn sections_3_1_1_12_and_13_reason_phrases() {
    let odd = accepted_response(&response(
        "SIP/2.0 200 = 2**3 * 5**2, \u{434}\u{432}\u{435}\u{441}\u{442}\u{438}",
        &[],
    ));
    assert_eq!(
        (odd.status(), odd.phrase().as_str()),
        (200, "= 2**3 * 5**2, \u{434}\u{432}\u{435}\u{441}\u{442}\u{438}")
    );
    assert_eq!(accepted_response(&response("SIP/2.0 180 ", &[])).phrase(), "");
    assert_eq!(accepted_response(&response("SIP/2.0 180", &[])).status(), 180);
}
