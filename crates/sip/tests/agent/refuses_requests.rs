//! Requests that are not for this phone, or ask for what it cannot do (RFC 3261, section 8.2).

use ringdock_sip::message::{Method, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{OFFER, World};

#[test]
fn options_tell_what_it_can() {
    let mut world = World::registered();
    let options = world.draft(Method::Options, 1);
    world.send(&options);
    let ok = world.response(200);
    let allow = ok.headers().items(Name::Allow);
    for method in ["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS"] {
        assert!(allow.iter().any(|allowed| allowed == method), "{method}");
    }
    assert_eq!(ok.headers().text(Name::Accept).as_deref(), Some("application/sdp"));
    assert!(ok.to().tag().is_some());
    assert_eq!(ok.via().params.get("rport"), Some(""), "the Via comes back as it was");
}

#[test]
fn a_method_that_is_not_supported() {
    let mut world = World::registered();
    for method in [Method::Message, Method::Publish, Method::Register, Method::Subscribe] {
        let request = world.draft(method, 1);
        world.send(&request);
        assert!(world.response(405).headers().get(Name::Allow).is_some());
    }
    let other = Method::parse("FROBNICATE").expect("a method");
    let request = world.draft(other, 1);
    world.send(&request);
    assert!(world.response(501).headers().get(Name::Allow).is_some());
}

#[test]
fn a_dialog_that_does_not_exist() {
    let mut world = World::registered();
    for method in [
        Method::Invite,
        Method::Bye,
        Method::Info,
        Method::Notify,
        Method::Options,
        Method::Prack,
        Method::Refer,
        Method::Update,
    ] {
        let mut request = world.draft(method, 1);
        request.set(Name::To, "<sip:1001@pbx.test>;tag=unknown");
        world.send(&request);
        world.response(481);
    }
    let mut ack = world.draft(Method::Ack, 1);
    ack.set(Name::To, "<sip:1001@pbx.test>;tag=unknown");
    world.send(&ack);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn a_notify_that_nobody_subscribed_to() {
    let mut world = World::registered();
    let notify = world
        .draft(Method::Notify, 1)
        .with(Name::Event, "message-summary")
        .with(Name::SubscriptionState, "active")
        .with_body("application/simple-message-summary", "Messages-Waiting: no\r\n");
    world.send(&notify);
    world.response(481);
}

#[test]
fn an_extension_that_is_not_supported() {
    let mut world = World::registered();
    let invite = world
        .draft(Method::Invite, 1)
        .with(Name::Require, "timer, frobnication, precondition")
        .with_body("application/sdp", OFFER);
    world.send(&invite);
    let unsupported = world.response(420).headers().items(Name::Unsupported);
    assert_eq!(unsupported, ["frobnication", "precondition"]);
    world.no_event();
}

#[test]
fn a_body_that_is_no_session_description() {
    let mut world = World::registered();
    let invite = world.draft(Method::Invite, 1).with_body("text/plain", "hello");
    world.send(&invite);
    assert_eq!(
        world.response(415).headers().text(Name::Accept).as_deref(),
        Some("application/sdp")
    );
    world.no_event();
}

#[test]
fn an_address_that_is_no_sip_address() {
    let mut world = World::registered();
    let invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    let text = String::from_utf8(invite.to_bytes()).expect("text");
    world.bytes(text.replacen("sip:1001@agent.invalid;transport=ws", "tel:+4420", 1).as_bytes());
    world.response(416);
    world.no_event();
}

#[test]
fn a_request_that_is_broken_but_can_be_answered() {
    let mut world = World::registered();
    let options = world.draft(Method::Options, 1);
    let text = String::from_utf8(options.to_bytes()).expect("text");
    world.bytes(text.replace("1 OPTIONS", "1 BYE").as_bytes());
    world.response(400);
}
