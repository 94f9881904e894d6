//! What the endpoint does with well-formed messages that RFC 4475 torments it with. The parser's half is in
//! `message_torture`.

use ringdock_sip::Event;
use ringdock_sip::message::{Method, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, response};

/// The test's own request, with one piece of text in it changed.
fn send_changed(world: &mut World, method: Method, from: &str, to: &str) {
    let text = String::from_utf8(world.draft(method, 1).to_bytes()).expect("text");
    assert!(text.contains(from));
    world.bytes(text.replace(from, to).as_bytes());
}

#[test]
fn section_3_1_1_2_a_method_of_unusual_characters() {
    let mut world = World::registered();
    let odd = Method::parse("!odd-Method0_*+`.%indeed'~").expect("a token");
    let request = world.draft(odd, 1);
    world.send(&request);
    world.response(501);
}

#[test]
fn section_3_1_1_5_an_escape_does_not_make_it_a_known_method() {
    let mut world = World::registered();
    send_changed(&mut world, Method::Options, "OPTIONS", "OPT%49ONS");
    world.response(501);
}

#[test]
fn section_3_1_1_8_what_is_behind_a_message_is_not_looked_at() {
    let mut world = World::registered();
    let mut bytes = world.draft(Method::Options, 1).to_bytes();
    bytes.extend(world.draft(Method::Invite, 2).with_body("application/sdp", OFFER).to_bytes());
    world.bytes(&bytes);
    world.response(200);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn section_3_2_1_a_branch_of_the_cookie_alone() {
    let mut world = World::registered();
    for _ in 0..2 {
        let mut options = world.draft(Method::Options, 1);
        options.set(Name::Via, "SIP/2.0/WSS pbx.test:8089;branch=z9hG4bK");
        world.send(&options);
        world.response(200);
    }
}

#[test]
fn section_3_3_1_missing_fields_are_missed_with_a_400() {
    let mut world = World::registered();
    let mut options = world.draft(Method::Options, 1);
    for name in [Name::From, Name::To, Name::CallId] {
        options.remove(name);
    }
    world.bytes(&options.to_bytes());
    let sent = String::from_utf8(world.raw()).expect("text");
    assert!(sent.starts_with("SIP/2.0 400 "), "{sent}");
}

#[test]
fn section_3_3_4_a_caller_with_an_address_of_another_kind() {
    let mut world = World::registered();
    send_changed(&mut world, Method::Options, "<sip:%2b4420@pbx.test>", "<isbn:2983792873>");
    world.response(200);
}

#[test]
fn section_3_3_10_a_response_on_its_way_to_somebody_else() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    world.reply(&invite, |invite| {
        response(invite, 200, "callee")
            .with(Name::Via, "SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK2")
            .with_body("application/sdp", ANSWER)
    });
    world.nothing_sent();
    world.no_event();
}

#[test]
fn section_3_3_11_max_forwards_of_zero_is_no_matter_of_an_endpoint() {
    let mut world = World::registered();
    let mut options = world.draft(Method::Options, 1);
    options.set(Name::MaxForwards, "0");
    world.send(&options);
    world.response(200);
}

#[test]
fn section_3_1_2_12_a_date_that_is_none_turns_no_caller_away() {
    let mut world = World::registered();
    let invite = world
        .draft(Method::Invite, 1)
        .with(Name::Date, "Fri, 01 Jan 2010 16:00:00 EST")
        .with_body("application/sdp", OFFER);
    world.send(&invite);
    world.response(180);
}

/// Neither a branch nor a tag nor Max-Forwards nor a Contact: the caller is reached at From.
#[test]
fn section_3_4_1_a_call_of_rfc_2543() {
    let mut world = World::registered();
    let mut invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    invite.set(Name::Via, "SIP/2.0/UDP gateway.test");
    invite.set(Name::From, "<sip:+4420@pbx.test;user=phone>");
    invite.remove(Name::MaxForwards);
    invite.remove(Name::Contact);
    let invite = world.send(&invite);
    let tag = world.response(180).to().tag().expect("our tag").to_owned();
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.response(200);
    world.event();
    let ack = world.within(&invite, &tag, Method::Ack, 1);
    world.send(&ack);
    world.hang_up(call);
    let bye = world.request(Method::Bye);
    assert_eq!(bye.uri().as_str(), "sip:+4420@pbx.test;user=phone");
}
