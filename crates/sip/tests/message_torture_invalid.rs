//! Malformed messages (section 3.1.2 of RFC 4475): requests are answered, responses dropped.
//! Each test names the section it follows; the messages are our own.

mod message_support;

use message_support::{INVITE, accepted, answered, dropped, request, response};
use ringdock_sip::message::{Contacts, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn section_3_1_2_1_stray_separators() {
    assert_eq!(answered(&request(INVITE, &["Via: SIP/2.0/WSS a.invalid;;,;,,"])), 400);
    assert_eq!(
        answered(&request(INVITE, &["Contact: \"\" <> ;,\"Ada\" <sip:ada@a.invalid>;;,,"])),
        400
    );
    assert_eq!(answered(&request(INVITE, &["Route: <sip:a.example;lr>,"])), 400);
}

#[test]
fn section_3_1_2_2_content_length_beyond_the_message() {
    let mut bytes = request(INVITE, &["Content-Length: 10"]);
    bytes.extend(b"123456789");
    assert_eq!(answered(&bytes), 400);
    bytes.extend(b"0");
    assert_eq!(accepted(&bytes).body(), b"1234567890");
}

#[test]
fn section_3_1_2_3_content_length_that_is_no_length() {
    for value in ["-1", "+1", "1 1", "0x0", "", "99999999999999999999999999"] {
        assert_eq!(
            answered(&request(INVITE, &[&format!("Content-Length: {value}")])),
            400,
            "{value}"
        );
    }
}

#[test]
fn section_3_1_2_4_numbers_too_large_in_a_request() {
    assert_eq!(answered(&request(INVITE, &["CSeq: 2147483648 INVITE"])), 400);
    assert_eq!(answered(&request(INVITE, &["CSeq: 36893488147419103232 INVITE"])), 400);
    assert_eq!(answered(&request(INVITE, &["Max-Forwards: 256"])), 400);
    assert_eq!(
        accepted(&request(INVITE, &["CSeq: 2147483647 INVITE"])).cseq().number,
        2_147_483_647
    );
    let register = accepted(&request(
        "REGISTER sip:pbx.example SIP/2.0",
        &["Expires: 10000000000", "Contact: <sip:ada@a.invalid>;expires=280297596632815000000"],
    ));
    assert_eq!(register.headers().seconds(Name::Expires), Some(u32::MAX));
    let Ok(Contacts::List(contacts)) = register.headers().contacts() else { panic!("no contacts") };
    assert_eq!(contacts[0].expires(), Some(u32::MAX));
}

#[test]
fn section_3_1_2_5_numbers_too_large_in_a_response() {
    assert!(dropped(&response("SIP/2.0 503 No", &["CSeq: 9292394834772304023312 INVITE"])));
}

#[test]
fn section_3_1_2_6_a_quoted_string_without_end() {
    assert_eq!(answered(&request(INVITE, &["To: \"Grace <sip:grace@pbx.example>"])), 400);
    assert_eq!(answered(&request(INVITE, &["To: \"Grace\\\" <sip:grace@pbx.example>"])), 400);
}

#[test]
fn sections_3_1_2_7_to_11_request_lines() {
    for start in [
        "INVITE <sip:grace@pbx.example> SIP/2.0",
        "INVITE sip:grace@pbx.example; lr SIP/2.0",
        "INVITE  sip:grace@pbx.example SIP/2.0",
        "INVITE sip:grace@pbx.example  SIP/2.0",
        "INVITE sip:grace@pbx.example SIP/2.0 ",
        "INVITE\tsip:grace@pbx.example\tSIP/2.0",
        "INVITE sip:grace@pbx.example?Route=%3Csip:a.example%3E SIP/2.0",
        "INVITE sip:grace@ SIP/2.0",
        "INVITE sip:%4@pbx.example SIP/2.0",
        "INVITE grace SIP/2.0",
        "INVITE sip:grace@pbx.example SIP/2",
        "INVITE sip:grace@pbx.example HTTP/1.1",
    ] {
        assert_eq!(answered(&request(start, &["CSeq: 1 INVITE"])), 400, "{start}");
    }
}

#[test]
fn section_3_1_2_12_a_date_in_another_time_zone() {
    assert_eq!(answered(&request(INVITE, &["Date: Fri, 01 Jan 2010 16:00:00 EST"])), 400);
    accepted(&request(INVITE, &["Date: Fri, 01 Jan 2010 16:00:00 GMT"]));
}

#[test]
fn sections_3_1_2_13_to_15_addresses() {
    for field in [
        "Contact: sip:ada@a.invalid?Route=%3Csip:a.example%3E",
        "To: \"Grace\" < sip:grace@pbx.example >",
        "To: <sip:grace@pbx.example",
        "To: \"Grace\" sip:grace@pbx.example",
        "From: Lovelace, Ada <sip:ada@pbx.example>;tag=1",
        "From: <sip:ada@pbx.example>;tag=1, <sip:eve@pbx.example>;tag=2",
        "From: <sip:ada@pbx.example>;tag=",
    ] {
        assert_eq!(answered(&request(INVITE, &[field])), 400, "{field}");
    }
}

#[test]
fn section_3_1_2_16_another_version() {
    assert_eq!(
        answered(&request(
            "OPTIONS sip:grace@pbx.example SIP/7.0",
            &["Via: SIP/7.0/WSS a.invalid"]
        )),
        505
    );
    assert!(dropped(&response("SIP/7.0 200 OK", &[])));
}

#[test]
fn sections_3_1_2_17_and_18_the_method_of_cseq() {
    assert_eq!(
        answered(&request("OPTIONS sip:grace@pbx.example SIP/2.0", &["CSeq: 8 INVITE"])),
        400
    );
    assert_eq!(
        answered(&request("NEWMETHOD sip:grace@pbx.example SIP/2.0", &["CSeq: 8 INVITE"])),
        501
    );
}

#[test]
fn section_3_1_2_19_a_status_too_large() {
    for status in ["4294967301", "700", "99", "099", "20", "-20", "2e2"] {
        assert!(dropped(&response(&format!("SIP/2.0 {status} OK"), &[])), "{status}");
    }
}
