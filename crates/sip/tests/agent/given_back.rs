//! A call that was handed on in vain, and whose other side a PBX gives back by calling.

use ringdock_sip::message::{Method, Name, Request};
use ringdock_sip::{CallId, End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::transfer::{failed, refer};
use crate::world::{ANSWER, OFFER, World};

/// A call that came in and was handed on to somebody who does not answer.
fn handed_on() -> (World, CallId, Request, String) {
    let mut world = World::registered_for_long();
    let (call, invite, tag) = world.incoming_call();
    let refer = refer(&mut world, call);
    world.status(&refer, 202);
    world.event();
    (world, call, invite, tag)
}

/// The target does not answer, and the other side tells.
fn fails(world: &mut World, call: CallId, invite: &Request, tag: &str) {
    let draft = world
        .within(invite, tag, Method::Notify, 11)
        .with(Name::Event, "refer")
        .with(Name::SubscriptionState, "terminated;reason=noresource")
        .with_body("message/sipfrag;version=2.0", "SIP/2.0 480 Temporarily Unavailable\r\n");
    world.send(&draft);
    world.response(200);
    assert_eq!(world.event(), failed(call, 480, "Temporarily Unavailable"));
}

const BOB: &str = "\"Bob\" <sip:%2b4420@pbx.test>;tag=again";

/// Somebody calls: with this From.
fn calls(world: &mut World, from: &str) {
    let mut invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    invite.set(Name::From, from);
    world.send(&invite);
}

#[test]
fn the_other_side_that_a_pbx_gives_back_takes_the_place_of_the_call() {
    let (mut world, old, _, _) = handed_on();
    calls(&mut world, BOB);
    world.response(100);
    assert_eq!(world.event(), failed(old, 480, "Temporarily Unavailable"));
    let Event::Incoming { call, replaces, .. } = world.event() else { panic!("not a call") };
    assert_eq!(replaces, Some(old));
    world.event();
    world.describe(call, 0, ANSWER);
    world.response(200);
    assert_eq!(world.event(), Event::Answered { call });
    assert_eq!(world.event(), Event::Ended { call: old, end: End::Replaced, cause: None });
    world.request(Method::Bye);
}

#[test]
fn the_other_side_may_be_given_back_right_after_the_failure_was_told() {
    let (mut world, old, invite, tag) = handed_on();
    fails(&mut world, old, &invite, &tag);
    world.pass_secs(10);
    calls(&mut world, BOB);
    world.response(100);
    let Event::Incoming { replaces, .. } = world.event() else { panic!("not a call") };
    assert_eq!(replaces, Some(old));
}

#[test]
fn the_same_caller_a_minute_after_the_failure_hears_busy() {
    let (mut world, old, invite, tag) = handed_on();
    fails(&mut world, old, &invite, &tag);
    world.pass_secs(60);
    world.skip_keep_alives();
    calls(&mut world, BOB);
    world.response(486);
    assert!(matches!(world.event(), Event::TurnedAway(_)));
    world.nothing_sent();
    world.no_event();
}

#[test]
fn a_refer_that_was_refused_gives_nobody_back() {
    let mut world = World::registered();
    let (call, _, _) = world.incoming_call();
    let refer = refer(&mut world, call);
    world.status(&refer, 603);
    world.event();
    calls(&mut world, BOB);
    world.response(486);
}

#[test]
fn callers_without_a_name_are_never_taken_for_the_one_who_was_handed_on() {
    for nobody in
        ["<sip:anonymous@anonymous.invalid>", "<sip:Anonymous@pbx.test>", "<sip:pbx.test>"]
    {
        let mut world = World::registered();
        let mut invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
        invite.set(Name::From, format!("{nobody};tag=first"));
        world.send(&invite);
        world.response(180);
        let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
        world.event();
        world.describe(call, 0, ANSWER);
        world.with(|agent, now| agent.answer(now, call));
        world.response(200);
        world.event();
        let refer = refer(&mut world, call);
        world.status(&refer, 202);
        calls(&mut world, &format!("{nobody};tag=second"));
        world.response(486);
    }
}

#[test]
fn somebody_else_hears_busy_meanwhile() {
    let (mut world, _, _, _) = handed_on();
    calls(&mut world, "<sip:%2b4421@pbx.test>;tag=other");
    world.response(486);
    // And so does the other side of a call that was not handed on.
    let mut world = World::registered();
    world.incoming_call();
    calls(&mut world, "<sip:%2b4420@pbx.test>;tag=again");
    world.response(486);
}
