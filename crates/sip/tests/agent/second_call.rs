//! One call at a time: others hear busy, and the user is told.

use ringdock_sip::message::Method;
use ringdock_sip::{End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{OFFER, World};

#[track_caller]
fn hears_busy(world: &mut World) {
    let invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    world.send(&invite);
    world.response(486);
    let Event::TurnedAway(caller) = world.event() else { panic!("nobody was told") };
    assert_eq!(caller.number, "+4420");
    assert_eq!(caller.name.as_deref(), Some("Bob"));
    world.no_event();
}

#[test]
fn while_a_call_is_up() {
    let mut world = World::registered();
    world.outgoing_call();
    hears_busy(&mut world);
}

#[test]
fn a_flood_of_callers_is_bounded() {
    let mut world = World::registered();
    world.outgoing_call();
    for _ in 0..64 {
        hears_busy(&mut world);
    }
    let invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    world.send(&invite);
    world.response(503);
    world.no_event();
    world.pass_secs(33);
    world.skip_keep_alives();
    hears_busy(&mut world);
}

#[test]
fn while_a_call_is_placed() {
    let mut world = World::registered();
    world.dial("600");
    hears_busy(&mut world);
}

#[test]
fn while_another_rings() {
    let mut world = World::registered();
    world.ring(Some(OFFER));
    hears_busy(&mut world);
}

#[test]
fn not_while_an_earlier_call_only_waits_for_the_other_side() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    world.request(Method::Bye);
    world.ring(Some(OFFER));
}
