//! The line is put down.

use ringdock_sip::message::{Contacts, Method, Name};
use ringdock_sip::{End, Event, Line};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{OFFER, World};

#[test]
fn unregisters_and_disconnects() {
    let mut world = World::registered();
    world.with(|agent, now| agent.stop(now));
    let register = world.request(Method::Register);
    assert_eq!(register.headers().seconds(Name::Expires), Some(0));
    let Ok(Contacts::List(contacts)) = register.headers().contacts() else { panic!("no contact") };
    assert_eq!(contacts.first().and_then(|contact| contact.expires()), Some(0));
    world.no_event();
    assert_eq!(world.disconnects, 0);
    world.status(&register, 200);
    assert_eq!(world.line(), Line::Off);
    assert_eq!(world.disconnects, 1);
    assert_eq!(world.agent.poll_timeout(), None);
}

#[test]
fn does_not_wait_for_a_server_that_is_silent() {
    let mut world = World::registered();
    world.with(|agent, now| agent.stop(now));
    world.request(Method::Register);
    world.pass_secs(5);
    assert_eq!(world.line(), Line::Off);
    assert_eq!(world.disconnects, 1);
    assert_eq!(world.agent.poll_timeout(), None);
}

#[test]
fn does_not_wait_without_a_connection() {
    let mut world = World::new();
    world.with(|agent, now| agent.start(now));
    assert_eq!(world.line(), Line::Connecting);
    world.with(|agent, now| agent.stop(now));
    assert_eq!(world.line(), Line::Off);
    assert_eq!(world.disconnects, 1);
    world.open();
    world.pass_secs(100);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn ends_the_call_first() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.stop(now));
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    let bye = world.request(Method::Bye);
    let register = world.request(Method::Register);
    world.status(&register, 200);
    world.no_event();
    world.status(&bye, 200);
    assert_eq!(world.line(), Line::Off);
}

#[test]
fn turns_away_who_calls_meanwhile() {
    let mut world = World::registered();
    world.with(|agent, now| agent.stop(now));
    world.request(Method::Register);
    let invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    world.send(&invite);
    world.response(480);
    world.no_event();
}

#[test]
fn can_be_started_again() {
    let mut world = World::registered();
    world.with(|agent, now| agent.stop(now));
    world.request(Method::Register);
    // Even before the stop is through.
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    world.confirm_registration();
    assert_eq!(world.line(), Line::Registered);
    assert_eq!(world.connects, 2);
    world.pass_secs(20);
    world.no_event();
}
