//! Our ringing where the caller wants to acknowledge it (RFC 3262).

use std::time::Duration;

use ringdock_sip::message::{Method, Name, Request};
use ringdock_sip::{End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, describe};

/// A caller that demands reliability; gives out the INVITE and our tag.
fn demanding(world: &mut World, offer: Option<&str>) -> Request {
    let draft = world.draft(Method::Invite, 10).with(Name::Require, "100rel");
    world.send(&match offer {
        Some(offer) => draft.with_body("application/sdp", offer),
        None => draft,
    })
}

#[test]
fn we_ring_reliably_only_if_that_is_required() {
    let mut world = World::registered();
    let invite = world
        .draft(Method::Invite, 10)
        .with(Name::Supported, "100rel")
        .with_body("application/sdp", OFFER);
    world.send(&invite);
    assert_eq!(world.response(180).headers().get(Name::RSeq), None);

    let mut world = World::registered();
    let invite = demanding(&mut world, Some(OFFER));
    let ringing = world.response(180);
    assert_eq!(ringing.headers().items(Name::Require), ["100rel"]);
    let rseq = ringing.headers().text(Name::RSeq).expect("a number");
    let tag = ringing.to().tag().expect("our tag").to_owned();
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    assert_eq!(world.event(), describe(call, 0, Some(OFFER.to_owned())));
    let wrong = world.within(&invite, &tag, Method::Prack, 11).with(Name::RAck, "1 10 INVITE");
    world.send(&wrong);
    world.response(481);
    let right = world
        .within(&invite, &tag, Method::Prack, 12)
        .with(Name::RAck, format!("{rseq} 10 INVITE"));
    world.send(&right);
    assert_eq!(world.response(200).cseq().method, Method::Prack);
    world.pass_secs(5);
    world.nothing_sent();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    assert_eq!(world.response(200).body(), ANSWER.as_bytes());
    assert_eq!(world.event(), Event::Answered { call });
}

#[test]
fn a_ringing_is_repeated_with_growing_pauses_and_then_given_up() {
    let mut world = World::registered_for_long();
    demanding(&mut world, Some(OFFER));
    let first = world.raw();
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    for pause in [500, 1000, 2000, 4000, 8000, 16_000] {
        world.pass(Duration::from_millis(pause - 1));
        world.nothing_sent();
        world.pass(Duration::from_millis(1));
        assert_eq!(world.raw(), first);
    }
    world.pass(Duration::from_millis(500));
    world.response(504);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    world.pass_secs(60);
    world.nothing_sent();
}

#[test]
fn an_answer_may_overtake_the_prack() {
    let mut world = World::registered();
    let invite = demanding(&mut world, Some(OFFER));
    let ringing = world.response(180);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    let ok = world.raw();
    assert_eq!(world.event(), Event::Answered { call });
    world.pass(Duration::from_millis(500));
    assert_eq!(world.raw(), ok, "the answer is repeated, not the ringing");
    let tag = ringing.to().tag().expect("our tag").to_owned();
    let rack = format!("{} 10 INVITE", ringing.headers().text(Name::RSeq).expect("a number"));
    for (number, status) in [(11, 200), (12, 481)] {
        let prack =
            world.within(&invite, &tag, Method::Prack, number).with(Name::RAck, rack.as_str());
        world.send(&prack);
        world.response(status);
    }
    world.no_event();
}

#[test]
fn without_an_offer_the_ringing_brings_ours() {
    let mut world = World::registered();
    let invite = demanding(&mut world, None);
    world.response(100);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    assert_eq!(world.event(), describe(call, 0, None));
    world.with(|agent, now| agent.answer(now, call));
    world.nothing_sent();
    world.describe(call, 0, OFFER);
    let ringing = world.response(180);
    assert_eq!(ringing.body(), OFFER.as_bytes());
    world.nothing_sent();
    let tag = ringing.to().tag().expect("our tag").to_owned();
    let rack = format!("{} 10 INVITE", ringing.headers().text(Name::RSeq).expect("a number"));
    let prack = world
        .within(&invite, &tag, Method::Prack, 11)
        .with(Name::RAck, rack)
        .with_body("application/sdp", ANSWER);
    world.send(&prack);
    assert_eq!(world.response(200).cseq().method, Method::Prack);
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    assert!(world.response(200).body().is_empty());
    assert_eq!(world.event(), Event::Answered { call });
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    world.pass_secs(5);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn a_call_that_ends_before_the_prack_leaves_nothing_behind() {
    let mut world = World::registered();
    demanding(&mut world, Some(OFFER));
    world.response(180);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.with(|agent, now| agent.decline(now, call));
    world.response(486);
    world.pass_secs(10);
    world.nothing_sent();
}
