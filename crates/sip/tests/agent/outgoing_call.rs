//! A call that we place.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use ringdock_sip::message::{Draft, Method, Name};
use ringdock_sip::{End, Event};

use crate::world::{ANSWER, OFFER, World, response};

#[test]
fn rings_is_answered_and_ended_here() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    assert_eq!(invite.uri().as_str(), "sip:600@pbx.test");
    assert_eq!(invite.body(), OFFER.as_bytes());
    assert_eq!(invite.headers().text(Name::ContentType).as_deref(), Some("application/sdp"));

    world.status(&invite, 100);
    world.no_event();
    world.status(&invite, 180);
    world.status(&invite, 180);
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    world.no_event();
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", ANSWER)
    });
    let ack = world.request(Method::Ack);
    assert_eq!(ack.uri().as_str(), "sip:callee@pbx.test:5060;transport=ws");
    assert_eq!(ack.cseq().number, invite.cseq().number);
    assert_eq!(ack.to().tag(), Some("callee"));
    assert_ne!(ack.via().branch(), invite.via().branch());
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    assert_eq!(world.event(), Event::Answered { call });

    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    let bye = world.request(Method::Bye);
    assert_eq!(bye.uri().as_str(), "sip:callee@pbx.test:5060;transport=ws");
    assert!(bye.cseq().number > invite.cseq().number);
    world.status(&bye, 200);
    world.no_event();
    world.nothing_sent();
}

#[test]
fn is_ended_by_the_far_end() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let bye = world.callee(&invite, Method::Bye, 1);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
    world.send(&bye);
    world.response(481);
    world.dial("601");
}

#[test]
fn is_refused() {
    for status in [403, 404, 480, 486, 488, 503, 603] {
        let mut world = World::registered();
        let (call, invite) = world.dial("600");
        world.status(&invite, status);
        let ack = world.request(Method::Ack);
        assert_eq!(ack.via().branch(), invite.via().branch());
        assert_eq!(ack.to().tag(), Some("callee"));
        assert_eq!(ack.uri().as_str(), invite.uri().as_str());
        let Event::Ended { call: ended, end: End::Refused { status: seen, phrase }, cause: None } =
            world.event()
        else {
            panic!("not refused")
        };
        assert_eq!((ended, seen), (call, status));
        assert!(!phrase.is_empty());
        world.dial("601");
    }
}

#[test]
fn may_ring_for_long() {
    let mut world = World::registered_for_long();
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    world.pass_secs(200);
    world.no_event();
}

#[test]
fn an_answer_that_comes_twice_is_acknowledged_twice() {
    let mut world = World::registered();
    let (_, invite) = world.outgoing_call();
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", ANSWER)
    });
    let ack = world.request(Method::Ack);
    assert_eq!(ack.cseq().number, invite.cseq().number);
    world.no_event();
    world.nothing_sent();
}

#[test]
fn an_answer_without_a_description_is_acknowledged_and_ended() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.status(&invite, 200);
    world.request(Method::Ack);
    assert_eq!(world.event(), Event::Ended { call, end: End::BadReply, cause: None });
    let bye = world.request(Method::Bye);
    world.status(&bye, 200);
    world.outgoing_call();
}

#[test]
fn an_answer_without_a_contact_or_a_tag_is_acknowledged_and_ended() {
    for (tag, contact) in [(Some("callee"), None), (None, Some("<sip:callee@pbx.test>"))] {
        let mut world = World::registered();
        let (call, invite) = world.dial("600");
        world.reply(&invite, |invite| {
            let mut draft = Draft::response(invite.headers(), 200, tag);
            if let Some(contact) = contact {
                draft.push(Name::Contact, contact);
            }
            draft.with_body("application/sdp", ANSWER)
        });
        world.request(Method::Ack);
        assert_eq!(world.event(), Event::Ended { call, end: End::BadReply, cause: None });
        world.request(Method::Bye);
    }
}

#[test]
fn an_answer_that_the_browser_refuses_ends_the_call() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.description_refused(now, call, 0));
    assert_eq!(world.event(), Event::Ended { call, end: End::Media, cause: None });
    world.request(Method::Bye);
    world.no_event();
}

#[test]
fn an_offer_that_the_browser_cannot_make_ends_the_call() {
    let mut world = World::registered();
    let call = world.with(|agent, now| agent.dial(now, "600", None)).expect("a call");
    world.event();
    world.with(|agent, now| agent.description_refused(now, call, 0));
    assert_eq!(world.event(), Event::Ended { call, end: End::Media, cause: None });
    world.nothing_sent();
    world.describe(call, 0, OFFER);
    world.nothing_sent();
    world.outgoing_call();
}

#[test]
fn the_dialogs_route_is_followed() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.reply(&invite, |invite| {
        response(invite, 200, "callee")
            .with(Name::RecordRoute, "<sip:b.test;lr>")
            .with(Name::RecordRoute, "<sip:a.test;lr>")
            .with_body("application/sdp", ANSWER)
    });
    let routes = |request: &ringdock_sip::message::Request| -> Vec<String> {
        let routes = request.headers().addresses(Name::Route).expect("routes");
        routes.iter().map(|route| route.uri.to_string()).collect()
    };
    assert_eq!(routes(&world.request(Method::Ack)), ["sip:a.test;lr", "sip:b.test;lr"]);
    world.hang_up(call);
    let bye = world.request(Method::Bye);
    assert_eq!(routes(&bye), ["sip:a.test;lr", "sip:b.test;lr"]);
    assert_eq!(bye.uri().as_str(), "sip:callee@pbx.test:5060;transport=ws");
}

#[test]
fn a_strict_router_gets_the_request_itself() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    world.reply(&invite, |invite| {
        response(invite, 200, "callee")
            .with(Name::RecordRoute, "<sip:strict.test>")
            .with_body("application/sdp", ANSWER)
    });
    let ack = world.request(Method::Ack);
    assert_eq!(ack.uri().as_str(), "sip:strict.test");
    let routes = ack.headers().addresses(Name::Route).expect("routes");
    assert_eq!(
        routes.last().map(|route| route.uri.as_str()),
        Some("sip:callee@pbx.test:5060;transport=ws")
    );
}
