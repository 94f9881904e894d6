//! Requests inside a call that fail: which of them end it (RFC 3261, section 12.2.1.2; RFC 5057, section 5.1).

use ringdock_sip::message::{Method, Request};
use ringdock_sip::{CallId, End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::World;

/// A call that is up, and a request in it whose failure a test looks at.
fn digit() -> (World, CallId, Request) {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.info_digit(now, call, '5'));
    let info = world.request(Method::Info);
    (world, call, info)
}

#[test]
fn most_refusals_do_not_end_the_call() {
    for status in [400, 403, 404, 405, 415, 469, 480, 486, 488, 500, 501, 503, 600, 603] {
        let (mut world, _, info) = digit();
        world.status(&info, status);
        world.no_event();
        world.nothing_sent();
    }
}

#[test]
fn a_dialog_that_the_other_side_does_not_know_is_over() {
    let (mut world, call, info) = digit();
    world.status(&info, 481);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
    world.nothing_sent();
}

#[test]
fn one_that_cannot_be_reached_is_over_and_hears_a_bye() {
    let (mut world, call, info) = digit();
    world.status(&info, 408);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    world.request(Method::Bye);
}

#[test]
fn no_reply_at_all_has_the_call_asked_after() {
    let (mut world, call, _) = digit();
    world.pass_secs(32);
    let question = world.request(Method::Update);
    world.status(&question, 200);
    world.pass_secs(100);
    world.no_event();

    world.with(|agent, now| agent.info_digit(now, call, '6'));
    world.request(Method::Info);
    world.pass_secs(32);
    world.request(Method::Update);
    world.pass_secs(32);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    world.request(Method::Bye);
}
