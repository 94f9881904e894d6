//! An INVITE that takes the place of a call (RFC 3891).

use ringdock_sip::message::{Method, Name, Request};
use ringdock_sip::{End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, describe};

fn replacing(world: &mut World, replaces: &str) -> Request {
    let draft = world
        .draft(Method::Invite, 1)
        .with(Name::Require, "replaces")
        .with(Name::Replaces, replaces)
        .with_body("application/sdp", OFFER);
    world.send(&draft)
}

/// What names an outgoing call to its other side's successor.
fn name(invite: &Request) -> String {
    let tag = invite.from().tag().expect("our tag");
    format!("{};from-tag=callee;to-tag={tag}", invite.call_id())
}

#[test]
fn is_answered_by_itself_and_ends_the_other() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    replacing(&mut world, &name(&first));
    world.response(100);
    let Event::Incoming { call, caller, replaces, .. } = world.event() else {
        panic!("not a call")
    };
    assert_eq!((caller.number.as_str(), replaces), ("+4420", Some(old)));
    assert_eq!(world.event(), describe(call, 0, Some(OFFER.to_owned())));
    world.describe(call, 0, ANSWER);
    assert_eq!(world.response(200).body(), ANSWER.as_bytes());
    assert_eq!(world.event(), Event::Answered { call });
    assert_eq!(world.event(), Event::Ended { call: old, end: End::Replaced, cause: None });
    assert_eq!(world.request(Method::Bye).call_id(), first.call_id());
    world.nothing_sent();
}

#[test]
fn is_refused_once_we_hung_up_the_other() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    replacing(&mut world, &name(&first));
    world.response(100);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.hang_up(old);
    world.response(603);
    assert_eq!(world.event(), Event::Ended { call, end: End::Declined, cause: None });
    assert_eq!(world.request(Method::Bye).call_id(), first.call_id());
    assert_eq!(world.event(), Event::Ended { call: old, end: End::HungUp, cause: None });
    world.describe(call, 0, ANSWER);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn that_the_browser_refuses_leaves_the_call_as_it_was() {
    let mut world = World::registered();
    let (_, first) = world.outgoing_call();
    replacing(&mut world, &name(&first));
    world.response(100);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.with(|agent, now| agent.description_refused(now, call, 0));
    world.response(488);
    assert_eq!(world.event(), Event::Ended { call, end: End::Media, cause: None });
    world.no_event();
    world.nothing_sent();
}

#[test]
fn a_call_that_we_place_is_taken_over_while_it_rings() {
    let mut world = World::registered();
    let (old, first) = world.dial("600");
    world.status(&first, 180);
    world.event();
    replacing(&mut world, &(name(&first) + ";early-only"));
    world.response(100);
    let Event::Incoming { call, replaces, .. } = world.event() else { panic!("not a call") };
    assert_eq!(replaces, Some(old));
    world.event();
    world.describe(call, 0, ANSWER);
    world.response(200);
    assert_eq!(world.event(), Event::Answered { call });
    assert_eq!(world.event(), Event::Ended { call: old, end: End::Replaced, cause: None });
    world.request(Method::Cancel);
}

#[test]
fn early_only_does_not_take_a_call_that_is_up() {
    let mut world = World::registered();
    let (_, first) = world.outgoing_call();
    replacing(&mut world, &(name(&first) + ";early-only"));
    world.response(486);
    world.no_event();
}

#[test]
fn a_call_that_is_not_there_cannot_be_replaced() {
    let mut world = World::registered();
    let (_, first) = world.outgoing_call();
    let tag = first.from().tag().expect("our tag");
    for replaces in [
        "nothing;from-tag=callee;to-tag=x".to_owned(),
        format!("{};from-tag={tag};to-tag=callee", first.call_id()),
        format!("{};from-tag=callee;to-tag=other", first.call_id()),
    ] {
        replacing(&mut world, &replaces);
        world.response(481);
    }
    world.no_event();
}

#[test]
fn one_that_rings_here_cannot_be_replaced() {
    let mut world = World::registered();
    let (_, first, tag) = world.ring(Some(OFFER));
    let theirs = first.from().tag().expect("their tag");
    replacing(&mut world, &format!("{};from-tag={theirs};to-tag={tag}", first.call_id()));
    world.response(481);
    world.no_event();
}

#[test]
fn one_that_is_over_is_declined() {
    let mut world = World::registered();
    let (call, first) = world.outgoing_call();
    world.hang_up(call);
    world.event();
    world.request(Method::Bye);
    replacing(&mut world, &name(&first));
    world.response(603);
    world.no_event();
}

#[test]
fn a_name_that_is_none_is_a_bad_request() {
    let mut world = World::registered();
    let (_, first) = world.outgoing_call();
    let twice = name(&first) + ";to-tag=again";
    for replaces in ["", "id;to-tag=x", "id;from-tag=x", twice.as_str()] {
        replacing(&mut world, replaces);
        world.response(400);
    }
    let draft = world
        .draft(Method::Invite, 1)
        .with(Name::Replaces, name(&first))
        .with(Name::Replaces, name(&first))
        .with_body("application/sdp", OFFER);
    world.send(&draft);
    world.response(400);
    world.no_event();
}

#[test]
fn a_flood_of_them_is_bounded() {
    let mut world = World::registered();
    let (_, first) = world.outgoing_call();
    let mut taken = 0;
    for _ in 0..20 {
        replacing(&mut world, &name(&first));
        match world.try_event() {
            Some(Event::Incoming { .. }) => taken += 1,
            _ => assert!(taken > 0),
        }
        while world.has_sent() {
            world.raw();
        }
        while world.try_event().is_some() {}
    }
    assert_eq!(taken, 2);
}
