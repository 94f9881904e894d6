//! 491: both sides change the session at once (RFC 3261, section 14).

use std::time::Duration;

use ringdock_sip::message::{Method, Name, Request};
use ringdock_sip::{CallId, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::switchboard::Switchboard;
use crate::world::{OFFER, World, response};

/// How long after a 491 the change is tried again.
#[track_caller]
fn pause_after_491(world: &mut World, call: CallId, invite: &Request) -> Duration {
    world.status(invite, 491);
    world.request(Method::Ack);
    let begin = world.now;
    assert!(matches!(world.event(), Event::Rollback { .. }));
    loop {
        if let Some(Event::Describe { call: wanted, generation, hold: true, .. }) =
            world.try_event()
        {
            assert_eq!(wanted, call);
            world.describe(call, generation, OFFER);
            return world.now - begin;
        }
        assert!(world.now - begin < Duration::from_secs(5), "not tried again");
        world.pass(Duration::from_millis(10));
    }
}

fn hold(world: &mut World, call: CallId) -> Request {
    world.with(|agent, now| agent.hold(now, call));
    world.event();
    world.describe(call, 1, OFFER);
    world.request(Method::Invite)
}

#[test]
fn who_called_tries_again_after_2_1_to_4_seconds() {
    for _ in 0..5 {
        let mut world = World::registered_for_long();
        let (call, _) = world.outgoing_call();
        let invite = hold(&mut world, call);
        let pause = pause_after_491(&mut world, call, &invite);
        let range = Duration::from_millis(2100)..=Duration::from_millis(4010);
        assert!(range.contains(&pause), "{pause:?}");
        let again = world.request(Method::Invite);
        assert!(again.cseq().number > invite.cseq().number);
    }
}

#[test]
fn who_was_called_tries_again_after_0_to_2_seconds() {
    let mut world = World::registered_for_long();
    let (call, _, _) = world.incoming_call();
    let mut invite = hold(&mut world, call);
    for _ in 0..5 {
        let pause = pause_after_491(&mut world, call, &invite);
        assert!(pause <= Duration::from_millis(2010), "{pause:?}");
        invite = world.request(Method::Invite);
    }
}

#[test]
fn a_pause_that_the_other_side_names_is_kept() {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    let invite = hold(&mut world, call);
    world.reply(&invite, |invite| response(invite, 500, "callee").with(Name::RetryAfter, "3"));
    world.request(Method::Ack);
    assert_eq!(world.event(), Event::Rollback { call, generation: 1 });
    world.pass(Duration::from_millis(2990));
    world.no_event();
    world.pass(Duration::from_millis(20));
    assert!(matches!(world.event(), Event::Describe { generation: 2, hold: true, .. }));
}

#[test]
fn that_does_not_end_is_a_refusal() {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    let mut invite = hold(&mut world, call);
    for _ in 0..5 {
        pause_after_491(&mut world, call, &invite);
        invite = world.request(Method::Invite);
    }
    world.status(&invite, 491);
    world.request(Method::Ack);
    assert!(matches!(world.event(), Event::Rollback { .. }));
    assert_eq!(world.event(), Event::HoldRefused { call, wanted: true });
    world.pass_secs(10);
    world.no_event();
}

#[test]
fn their_change_while_ours_is_under_way_hears_491() {
    let mut world = World::registered();
    let (call, first, tag) = world.incoming_call();
    let theirs = |world: &mut World, method, number| {
        let draft = world.within(&first, &tag, method, number).with_body("application/sdp", OFFER);
        world.send(&draft);
        world.response(491);
        world.no_event();
    };
    world.with(|agent, now| agent.hold(now, call));
    world.event();
    // While the browser makes the offer, and while it is on its way.
    theirs(&mut world, Method::Invite, 11);
    world.describe(call, 1, OFFER);
    world.request(Method::Invite);
    theirs(&mut world, Method::Invite, 12);
    theirs(&mut world, Method::Update, 13);
    // What changes nothing of the session may pass.
    let update = world.within(&first, &tag, Method::Update, 14);
    world.send(&update);
    world.response(200);
}

#[test]
fn both_hold_in_the_same_moment_and_both_get_it() {
    let mut board = Switchboard::new(2);
    let (ours, theirs) = board.call(0, 1);
    board.quietly(0, |agent, now| agent.hold(now, ours));
    board.quietly(1, |agent, now| agent.hold(now, theirs));
    board.run();
    let passed = board.passed();
    assert_eq!(passed.iter().filter(|line| *line == "491 INVITE").count(), 2, "{passed:?}");
    board.pass(Duration::from_secs(5));
    let held = |call| Event::Hold { call, by_us: true, by_them: true };
    assert_eq!(board.events(0).last(), Some(&held(ours)));
    assert_eq!(board.events(1).last(), Some(&held(theirs)));
}
