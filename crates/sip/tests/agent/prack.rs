//! PRACKs for the reliable ringing of others (RFC 3262).

use ringdock_sip::Event;
use ringdock_sip::message::{Method, Name, Request};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, World, response};

/// A reliable provisional response of the callee.
fn reliable(world: &mut World, invite: &Request, status: u16, rseq: u32, sdp: Option<&str>) {
    world.reply(invite, |invite| {
        let draft = response(invite, status, "callee")
            .with(Name::Require, "100rel")
            .with(Name::RSeq, rseq.to_string());
        match sdp {
            Some(sdp) => draft.with_body("application/sdp", sdp),
            None => draft,
        }
    });
}

#[track_caller]
fn prack(world: &mut World, invite: &Request, rseq: u32) -> Request {
    let prack = world.request(Method::Prack);
    let expected = format!("{rseq} {} INVITE", invite.cseq().number);
    assert_eq!(prack.headers().text(Name::RAck), Some(expected));
    assert_eq!(prack.to().tag(), Some("callee"));
    assert_eq!(prack.uri().as_str(), "sip:callee@pbx.test:5060;transport=ws");
    prack
}

#[test]
fn a_reliable_ringing_is_acknowledged_once() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    let tags = invite.headers().items(Name::Supported);
    assert!(tags.iter().any(|tag| tag == "100rel"), "{tags:?}");
    reliable(&mut world, &invite, 180, 7, None);
    let first = prack(&mut world, &invite, 7);
    assert_eq!(first.cseq().number, invite.cseq().number + 1);
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    reliable(&mut world, &invite, 180, 7, None);
    world.nothing_sent();
    world.status(&first, 200);
    world.no_event();
}

#[test]
fn one_that_comes_out_of_order_is_dropped() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    reliable(&mut world, &invite, 180, 7, None);
    prack(&mut world, &invite, 7);
    world.event();
    for rseq in [9, 6, 7] {
        reliable(&mut world, &invite, 183, rseq, Some(ANSWER));
        world.nothing_sent();
        world.no_event();
    }
    reliable(&mut world, &invite, 183, 8, Some(ANSWER));
    prack(&mut world, &invite, 8);
    assert!(matches!(world.event(), Event::Remote { early: true, .. }));
}

#[test]
fn one_without_a_number_is_dropped() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    world.reply(&invite, |invite| response(invite, 183, "callee").with(Name::Require, "100rel"));
    world.nothing_sent();
    world.no_event();
}

#[test]
fn each_fork_counts_for_itself() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    for (tag, rseq) in [("one", 5), ("two", 90), ("one", 6), ("two", 91)] {
        world.reply(&invite, |invite| {
            response(invite, 183, tag)
                .with(Name::Require, "100rel")
                .with(Name::RSeq, rseq.to_string())
        });
        let prack = world.request(Method::Prack);
        assert_eq!(prack.to().tag(), Some(tag));
    }
}

#[test]
fn an_answer_that_came_reliably_is_the_only_one() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    reliable(&mut world, &invite, 183, 1, Some("v=0 reliable"));
    prack(&mut world, &invite, 1);
    let sdp = "v=0 reliable".to_owned();
    let early = Event::Remote { call, generation: 0, sdp: sdp.clone(), early: true };
    assert_eq!(world.event(), early);
    assert_eq!(world.event(), Event::Ringing { call, early_media: true });
    reliable(&mut world, &invite, 180, 2, Some("v=0 later"));
    prack(&mut world, &invite, 2);
    world.no_event();
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", "v=0 other")
    });
    let ack = world.request(Method::Ack);
    assert_eq!(ack.cseq().number, invite.cseq().number);
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    assert_eq!(world.event(), Event::Answered { call });
    // The dialog's numbers go on behind the PRACKs.
    world.hang_up(call);
    assert!(world.request(Method::Bye).cseq().number > invite.cseq().number + 2);
}

#[test]
fn another_fork_that_answers_as_well_hears_a_bye_behind_its_pracks() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    let mut last = 0;
    for rseq in 1..4 {
        world.reply(&invite, |invite| {
            response(invite, 183, "other")
                .with(Name::Require, "100rel")
                .with(Name::RSeq, rseq.to_string())
        });
        last = world.request(Method::Prack).cseq().number;
    }
    for tag in ["callee", "other"] {
        world.reply(&invite, |invite| {
            response(invite, 200, tag).with_body("application/sdp", ANSWER)
        });
        world.request(Method::Ack);
    }
    let bye = world.request(Method::Bye);
    assert_eq!(bye.to().tag(), Some("other"));
    assert!(bye.cseq().number > last);
}

#[test]
fn an_answer_in_the_reply_to_a_prack_answers_nothing() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    reliable(&mut world, &invite, 180, 1, None);
    world.event();
    let prack = prack(&mut world, &invite, 1);
    world
        .reply(&prack, |prack| response(prack, 200, "callee").with_body("application/sdp", ANSWER));
    world.no_event();
    world.nothing_sent();
}

#[test]
fn a_prack_that_is_refused_or_lost_does_not_end_the_call() {
    let mut world = World::registered_for_long();
    let (_, invite) = world.dial("600");
    reliable(&mut world, &invite, 180, 1, None);
    world.event();
    let first = prack(&mut world, &invite, 1);
    world.status(&first, 481);
    reliable(&mut world, &invite, 180, 2, None);
    prack(&mut world, &invite, 2);
    world.pass_secs(40);
    world.no_event();
}

#[test]
fn a_prack_that_is_refused_or_lost_does_not_end_the_answered_call() {
    for status in [481, 408] {
        let mut world = World::registered();
        let (call, invite) = world.dial("600");
        reliable(&mut world, &invite, 180, 1, None);
        world.event();
        let prack = prack(&mut world, &invite, 1);
        world.accept(&invite, ANSWER);
        world.event();
        assert_eq!(world.event(), Event::Answered { call });
        world.status(&prack, status);
        world.no_event();
        world.nothing_sent();
    }
}

#[test]
fn a_flood_of_reliable_responses_is_bounded() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    let mut pracks = 0;
    for rseq in 1..200 {
        reliable(&mut world, &invite, 183, rseq, None);
        while world.has_sent() {
            world.request(Method::Prack);
            pracks += 1;
        }
    }
    assert!((32..100).contains(&pracks), "{pracks}");
}
