//! A call that comes and rings for long (RFC 3261, sections 13.3.1 and 13.3.1.1).

use std::time::Duration;

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World};

/// Lets less than a minute pass in which nothing but keep-alives is sent.
#[track_caller]
fn pass_in_silence(world: &mut World) {
    world.pass_secs(59);
    world.skip_keep_alives();
    world.nothing_sent();
}

#[test]
fn says_so_every_minute() {
    let mut world = World::registered_for_long();
    let (call, _, tag) = world.ring(Some(OFFER));
    for _ in 0..3 {
        pass_in_silence(&mut world);
        world.pass_secs(1);
        assert_eq!(world.response(180).to().tag(), Some(tag.as_str()));
    }
    world.no_event();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.response(200);
    world.pass_secs(20);
    world.everything_sent().iter().for_each(|sent| assert!(!sent.contains(" 180 "), "{sent}"));
}

#[test]
fn says_so_reliably_where_that_is_wanted() {
    let mut world = World::registered_for_long();
    let draft = world
        .draft(Method::Invite, 10)
        .with(Name::Require, "100rel")
        .with_body("application/sdp", OFFER);
    let invite = world.send(&draft);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    let mut numbers = Vec::new();
    for cseq in 11..14 {
        let ringing = world.response(180);
        let rseq = ringing.headers().seconds(Name::RSeq).expect("a number");
        numbers.push(rseq);
        let prack = world
            .within(&invite, ringing.to().tag().expect("our tag"), Method::Prack, cseq)
            .with(Name::RAck, format!("{rseq} 10 INVITE"));
        world.send(&prack);
        world.response(200);
        pass_in_silence(&mut world);
        world.pass_secs(1);
    }
    assert_eq!(numbers[1..], [numbers[0] + 1, numbers[0] + 2]);
    world.response(180);
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    assert_eq!(world.response(200).body(), ANSWER.as_bytes());
}

#[test]
fn keeps_to_an_offer_that_was_answered_with_the_first_ringing() {
    let mut world = World::registered_for_long();
    let draft = world.draft(Method::Invite, 10).with(Name::Require, "100rel");
    let invite = world.send(&draft);
    world.response(100);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.describe(call, 0, OFFER);
    for (cseq, body) in [(11, Some(ANSWER)), (12, None)] {
        let ringing = world.response(180);
        assert_eq!(ringing.body().is_empty(), body.is_none());
        let rack = format!("{} 10 INVITE", ringing.headers().text(Name::RSeq).expect("a number"));
        let mut prack = world
            .within(&invite, ringing.to().tag().expect("our tag"), Method::Prack, cseq)
            .with(Name::RAck, rack);
        if let Some(body) = body {
            prack = prack.with_body("application/sdp", body);
        }
        world.send(&prack);
        world.response(200);
        pass_in_silence(&mut world);
        world.pass_secs(1);
    }
    world.response(180);
    assert!(matches!(world.event(), Event::Remote { .. }));
    world.no_event();
    world.with(|agent, now| agent.answer(now, call));
    assert!(world.response(200).body().is_empty());
}

#[test]
fn ends_when_the_caller_does_not_want_an_answer_any_more() {
    let mut world = World::registered_for_long();
    let draft = world
        .draft(Method::Invite, 10)
        .with(Name::Expires, "20")
        .with_body("application/sdp", OFFER);
    world.send(&draft);
    world.response(180);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.pass(Duration::from_millis(19_999));
    world.skip_keep_alives();
    world.no_event();
    world.pass(Duration::from_millis(1));
    world.skip_keep_alives();
    world.response(487);
    let end = End::CallerCancelled { answered_elsewhere: false };
    assert_eq!(world.event(), Event::Ended { call, end, cause: None });
    pass_in_silence(&mut world);
}

#[test]
fn that_was_answered_does_not_expire() {
    let mut world = World::registered_for_long();
    let draft = world
        .draft(Method::Invite, 10)
        .with(Name::Expires, "20")
        .with_body("application/sdp", OFFER);
    let invite = world.send(&draft);
    let tag = world.response(180).to().tag().expect("our tag").to_owned();
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.response(200);
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    assert_eq!(world.event(), Event::Answered { call });
    world.pass_secs(40);
    world.no_event();
}
