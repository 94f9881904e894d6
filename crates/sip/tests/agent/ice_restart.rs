//! A new start of ICE in a call that is up (RFC 8445, section 9).

use ringdock_sip::message::{Method, Request};
use ringdock_sip::{CallId, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::World;

const SDP: &str = "v=0\r\nm=audio 9 X 0\r\na=sendrecv\r\n";

/// The browser is to offer it.
fn restart(call: CallId, generation: u32) -> Event {
    Event::Describe { call, generation, offer: None, hold: false, restart_ice: true }
}

/// A call for which it is wanted, and was asked of the browser.
fn wanted() -> (World, CallId) {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.restart_ice(now, call));
    assert_eq!(world.event(), restart(call, 1));
    (world, call)
}

/// The browser makes its offer, which is sent.
#[track_caller]
fn offer(world: &mut World, call: CallId, generation: u32) -> Request {
    world.describe(call, generation, SDP);
    world.request(Method::Invite)
}

/// The other side agrees.
#[track_caller]
fn agree(world: &mut World, call: CallId, generation: u32, invite: &Request) {
    world.accept(invite, SDP);
    let sdp = SDP.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation, sdp, early: false });
}

/// The browser has no address to offer.
#[track_caller]
fn fail(world: &mut World, call: CallId, generation: u32) {
    world.with(|agent, now| agent.description_refused(now, call, generation));
    assert_eq!(world.event(), Event::Rollback { call, generation });
    world.nothing_sent();
    world.no_event();
}

#[test]
fn is_offered() {
    let (mut world, call) = wanted();
    let invite = offer(&mut world, call, 1);
    agree(&mut world, call, 1, &invite);
    world.no_event();
    world.nothing_sent();
}

#[test]
fn that_is_refused_is_rolled_back() {
    let (mut world, call) = wanted();
    let invite = offer(&mut world, call, 1);
    world.status(&invite, 488);
    assert_eq!(world.event(), Event::Rollback { call, generation: 1 });
    world.no_event();
}

#[test]
fn that_the_browser_cannot_offer_yet_is_tried_again() {
    let (mut world, call) = wanted();
    for generation in 1..3 {
        fail(&mut world, call, generation);
        world.pass_secs(1);
        assert_eq!(world.event(), restart(call, generation + 1));
    }
    let invite = offer(&mut world, call, 3);
    agree(&mut world, call, 3, &invite);
    world.pass_secs(30);
    world.no_event();
}

#[test]
fn that_the_browser_never_can_offer_is_given_up_until_it_is_wanted_anew() {
    let (mut world, call) = wanted();
    for generation in 1..6 {
        fail(&mut world, call, generation);
        world.pass_secs(1);
        assert_eq!(world.event(), restart(call, generation + 1));
    }
    fail(&mut world, call, 6);
    world.pass_secs(30);
    world.no_event();
    world.with(|agent, now| agent.restart_ice(now, call));
    assert_eq!(world.event(), restart(call, 7));
}

#[test]
fn that_is_wanted_while_another_offer_is_under_way_follows_it() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.hold(now, call));
    world.event();
    world.with(|agent, now| agent.resume(now, call));
    // The offer that is made does not begin ICE anew.
    world.with(|agent, now| agent.restart_ice(now, call));
    let invite = offer(&mut world, call, 1);
    agree(&mut world, call, 1, &invite);
    assert_eq!(world.event(), Event::Hold { call, by_us: true, by_them: false });
    assert_eq!(world.event(), restart(call, 2));
    // The machine moves once more.
    world.with(|agent, now| agent.restart_ice(now, call));
    let invite = offer(&mut world, call, 2);
    world.status(&invite, 488);
    world.request(Method::Ack);
    assert_eq!(world.event(), Event::Rollback { call, generation: 2 });
    assert_eq!(world.event(), Event::HoldRefused { call, wanted: false });
    let restart =
        Event::Describe { call, generation: 3, offer: None, hold: true, restart_ice: true };
    assert_eq!(world.event(), restart);
}

#[test]
fn that_is_wanted_without_a_line_follows_once_when_it_is_back() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.close();
    while world.try_event().is_some() {}
    for _ in 0..3 {
        world.with(|agent, now| agent.restart_ice(now, call));
    }
    world.no_event();
    world.with(|agent, now| agent.reconnect_now(now));
    world.open();
    world.confirm_registration();
    while world.event() != (Event::SignallingRestored { call }) {}
    assert_eq!(world.event(), restart(call, 1));
    world.no_event();
}
