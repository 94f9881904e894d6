//! Malformed messages (RFC 4475, section 3.1.2): requests are answered, responses dropped.

use ringdock_sip::message::{Contacts, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::judge::{accepted, answered, dropped};
use crate::message_support::{INVITE, request, response};

#[test]
fn section_3_1_2_1_extraneous_separators() {
    assert_eq!(answered(&request(INVITE, &["Via: SIP/2.0/WSS a.invalid;;,;,,"])), 400);
    assert_eq!(
        answered(&request(INVITE, &["Contact: \"\" <> ;,\"Ada\" <sip:ada@a.invalid>;;,,"])),
        400
    );
    assert_eq!(answered(&request(INVITE, &["Route: <sip:a.example;lr>,"])), 400);
}

#[test]
fn section_3_1_2_2_content_length_larger_than_the_message() {
    let mut bytes = request(INVITE, &["Content-Length: 10"]);
    bytes.extend(b"123456789");
    assert_eq!(answered(&bytes), 400);
    bytes.extend(b"0");
    assert_eq!(accepted(&bytes).body(), b"1234567890");
}

#[test]
fn section_3_1_2_3_negative_content_length() {
    for value in ["-1", "+1", "1 1", "0x0", "", "99999999999999999999999999"] {
        assert_eq!(
            answered(&request(INVITE, &[&format!("Content-Length: {value}")])),
            400,
            "{value}"
        );
    }
}

#[test]
fn section_3_1_2_4_overlarge_numbers_in_a_request() {
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
fn section_3_1_2_5_overlarge_numbers_in_a_response() {
    assert!(dropped(&response("SIP/2.0 503 No", &["CSeq: 9292394834772304023312 INVITE"])));
}

#[test]
fn section_3_1_2_6_an_unterminated_quoted_string() {
    assert_eq!(answered(&request(INVITE, &["To: \"Grace <sip:grace@pbx.example>"])), 400);
    assert_eq!(answered(&request(INVITE, &["To: \"Grace\\\" <sip:grace@pbx.example>"])), 400);
}

#[test]
fn section_3_1_2_7_brackets_around_the_request_address() {
    assert_eq!(answered(&request("INVITE <sip:grace@pbx.example> SIP/2.0", &[])), 400);
    assert_eq!(answered(&request("INVITE \"G\" <sip:grace@pbx.example> SIP/2.0", &[])), 400);
}

#[test]
fn section_3_1_2_8_a_blank_within_the_request_address() {
    assert_eq!(answered(&request("INVITE sip:grace@pbx.example; lr SIP/2.0", &[])), 400);
    assert_eq!(answered(&request("INVITE sip:grace@pbx.example;\tlr SIP/2.0", &[])), 400);
}

#[test]
fn section_3_1_2_9_several_spaces_between_the_elements() {
    for start in [
        "INVITE  sip:grace@pbx.example SIP/2.0",
        "INVITE sip:grace@pbx.example  SIP/2.0",
        "INVITE\tsip:grace@pbx.example\tSIP/2.0",
    ] {
        assert_eq!(answered(&request(start, &["CSeq: 1 INVITE"])), 400, "{start}");
    }
}

#[test]
fn section_3_1_2_10_spaces_at_the_end_of_the_request_line() {
    assert_eq!(answered(&request("INVITE sip:grace@pbx.example SIP/2.0 ", &[])), 400);
    assert_eq!(answered(&request("INVITE sip:grace@pbx.example SIP/2.0  ", &[])), 400);
}

#[test]
fn section_3_1_2_11_escaped_headers_in_the_request_address() {
    let start = "INVITE sip:grace@pbx.example?Route=%3Csip:a.example%3E SIP/2.0";
    assert_eq!(answered(&request(start, &[])), 400);
}

#[test]
fn section_3_1_2_12_an_invalid_time_zone_in_date() {
    assert_eq!(answered(&request(INVITE, &["Date: Fri, 01 Jan 2010 16:00:00 EST"])), 400);
    accepted(&request(INVITE, &["Date: Fri, 01 Jan 2010 16:00:00 GMT"]));
}

#[test]
fn section_3_1_2_13_an_address_with_headers_and_no_brackets() {
    let contact = "Contact: sip:ada@a.invalid?Route=%3Csip:a.example%3E";
    assert_eq!(answered(&request("REGISTER sip:pbx.example SIP/2.0", &[contact])), 400);
}

#[test]
fn section_3_1_2_14_spaces_within_an_address() {
    for field in ["To: \"Grace\" < sip:grace@pbx.example >", "To: <sip:grace @pbx.example>"] {
        assert_eq!(answered(&request("OPTIONS sip:grace@pbx.example SIP/2.0", &[field])), 400);
    }
}

#[test]
fn section_3_1_2_15_a_display_name_that_needs_quotes() {
    for field in [
        "From: Lovelace, Ada <sip:ada@pbx.example>;tag=1",
        "From: Ada (home) <sip:ada@pbx.example>;tag=1",
    ] {
        assert_eq!(answered(&request("OPTIONS sip:grace@pbx.example SIP/2.0", &[field])), 400);
    }
}

#[test]
fn section_3_1_2_16_an_unknown_version() {
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
fn section_3_1_2_17_another_method_in_cseq() {
    let start = "OPTIONS sip:grace@pbx.example SIP/2.0";
    assert_eq!(answered(&request(start, &["CSeq: 8 INVITE"])), 400);
}

#[test]
fn section_3_1_2_18_an_unknown_method_and_another_in_cseq() {
    let start = "NEWMETHOD sip:grace@pbx.example SIP/2.0";
    assert_eq!(answered(&request(start, &["CSeq: 8 INVITE"])), 501);
}

#[test]
fn section_3_1_2_19_an_overlarge_status() {
    for status in ["4294967301", "700", "99", "099", "20", "-20", "2e2"] {
        assert!(dropped(&response(&format!("SIP/2.0 {status} OK"), &[])), "{status}");
    }
}
