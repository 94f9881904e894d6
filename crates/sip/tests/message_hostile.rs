//! Bytes from anybody: no panic, bounded time, and what was read prints as it came.
#![cfg(not(target_arch = "wasm32"))]

mod message_support;

use message_support::{INVITE, check, request, response};
use proptest::prelude::*;
use ringdock_sip::message::{Message, Name, NameAddr, Uri};

fn samples() -> Vec<Vec<u8>> {
    let mut invite = request(
        INVITE,
        &[
            "v: SIP/2.0/WSS a.invalid ; branch=z9hG4bK1,\r\n SIP / 2.0/UDP [::1]:5060;received=::2;rport=1",
            "From: \"A \\\"d\\\" a\" <sip:ada@pbx.example:5060;transport=ws?x=y>;tag=\"1\"",
            "Contact: <sip:ada@a.invalid>;expires=60, sip:b%20c@d;q=0.1",
            "Route: <sip:pbx.example;lr>",
            "Require: 100rel, x",
            "Reason: SIP;cause=200;text=\"x\"",
            "Date: Fri, 01 Jan 2010 16:00:00 GMT",
            "Content-Type: application/sdp;x=\"y\"",
            "Folded: a\r\n\t\r\n b",
            "Content-Length: 7",
        ],
    );
    invite.extend(b"v=0\r\n\0\xff");
    let challenged = response(
        "SIP/2.0 401 Who?",
        &[
            "WWW-Authenticate: Digest realm=\"a\\\"\", nonce=\"1\", qop=\"auth\", Basic realm=x, Digest realm=\"b\",nonce=2,algorithm=SHA-256",
            "Warning: 399 a.example \"x\"",
            "Retry-After: 5 (x)",
            "Contact: *",
        ],
    );
    let register = request("REGISTER tel:+1-2;x=y SIP/2.0", &["Contact: *", "Expires: 0"]);
    vec![invite, challenged, register]
}

#[test]
fn cut_off_at_every_byte() {
    for sample in samples() {
        assert!(Message::parse(&sample).is_ok());
        for end in 0..sample.len() {
            check(&sample[..end]);
            check(&[&sample[..end], b"\r\n\r\n"].concat());
        }
    }
}

#[test]
fn any_byte_replaced_by_one_that_matters() {
    for sample in samples() {
        for at in 0..sample.len() {
            for byte in *b"\0\r\n \t\":;,<>@?=%\\/[]*\xff9" {
                let mut bytes = sample.clone();
                bytes[at] = byte;
                check(&bytes);
            }
        }
    }
}

#[test]
fn lengths_are_bounded() {
    let status = |bytes: &[u8]| Message::parse(bytes).err().map(|bad| bad.status);
    let lines = |count: usize| request(INVITE, &vec!["X: y"; count]);
    assert_eq!(status(&lines(200)), None);
    assert_eq!(status(&lines(300)), Some(400));
    let params =
        |count: usize| request(INVITE, &[&["Contact: <sip:a@b>", &";x".repeat(count)].concat()]);
    assert_eq!((status(&params(64)), status(&params(65))), (None, Some(400)));
    let mut long = request(INVITE, &[]);
    long.resize(65_535, b'x');
    assert_eq!(status(&long), None);
    long.push(b'x');
    assert_eq!(status(&long), Some(513));
}

/// A reader that goes back again and again needs minutes for these.
#[test]
fn the_longest_messages_of_one_character() {
    for byte in *b"\"\\<;:, \ta=%@?/\r\n" {
        for start in [
            "",
            "To: ",
            "Via: SIP/2.0/WSS a.invalid",
            "Contact: <sip:a@b>",
            "Contact: \"",
            "WWW-Authenticate: Digest a=b",
        ] {
            let mut bytes = request(INVITE, &[]);
            bytes.truncate(bytes.len() - 2);
            bytes.extend_from_slice(start.as_bytes());
            bytes.resize(65_000, byte);
            bytes.extend_from_slice(b"\r\n\r\n");
            check(&bytes);
        }
    }
}

#[test]
fn keep_alives_and_other_protocols_are_dropped() {
    for bytes in [
        &b""[..],
        b"\r\n",
        b"\r\n\r\n",
        b"\0",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"{\"a\": 1}",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ] {
        let bad = Message::parse(bytes).err();
        assert_eq!(bad.map(|bad| bad.answerable.is_none()), Some(true), "{bytes:?}");
    }
}

/// Pieces of messages in any order go deeper than random bytes.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "\r\n",
        "\r\n ",
        " ",
        "\t",
        ";",
        ",",
        ":",
        "=",
        "<",
        ">",
        "\"",
        "\\",
        "*",
        "@",
        "?",
        "%41",
        "%",
        "[::1]",
        "sip:",
        "tel:",
        "SIP/2.0",
        "SIP/2.0/WS ",
        "a",
        "tag=1",
        "branch=z9hG4bK",
        "Via: ",
        "From: ",
        "To: ",
        "Contact: ",
        "CSeq: 1 INVITE",
        "Digest ",
        "realm=\"a\"",
        "nonce=\"b\"",
        "99999999999",
        "\u{fc}",
        "\0",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
    }

    #[test]
    fn fields_of_random_pieces(value in pieces(), body in prop::collection::vec(any::<u8>(), 0..40)) {
        for field in ["Via: ", "To: ", "Contact: ", "Route: ", "CSeq: ", "WWW-Authenticate: ", "Reason: ", "X-Unknown: "] {
            let mut bytes = request(INVITE, &[field.trim_end_matches(": ")]);
            bytes.truncate(bytes.len() - 2);
            bytes.extend([field.as_bytes(), &value, b"\r\n\r\n", &body].concat());
            check(&bytes);
        }
    }

    #[test]
    fn unknown_fields_and_bodies_survive(value in "[^\r\n]{0,60}", body in prop::collection::vec(any::<u8>(), 0..200)) {
        let field = ["X-Any: ", &value].concat();
        let mut bytes = request(INVITE, &[&field]);
        bytes.extend(&body);
        let message = Message::parse(&bytes).expect("in order");
        prop_assert_eq!(message.headers().body(), &body);
        let blank = |character: char| character == ' ' || character == '\t';
        prop_assert_eq!(message.headers().get(Name::Other), Some(value.trim_matches(blank).as_bytes()));
        prop_assert_eq!(Message::parse(&message.to_bytes()), Ok(message));
    }

    #[test]
    fn addresses_print_as_they_read(value in pieces()) {
        if let Ok(address) = NameAddr::parse(&value) {
            let printed = address.to_string();
            prop_assert_eq!(NameAddr::parse(printed.as_bytes()), Ok(address));
        }
        if let Ok(uri) = Uri::parse(&String::from_utf8_lossy(&value)) {
            prop_assert!(uri.is_equivalent(&uri));
            let _ = (uri.user_unescaped(), uri.for_request_line());
        }
    }

    #[test]
    fn any_user_part_can_be_written(user in "\\PC{0,30}") {
        let uri = Uri::sip(&user, "pbx.example").expect("an address");
        prop_assert_eq!(uri.user_unescaped(), user);
    }
}
