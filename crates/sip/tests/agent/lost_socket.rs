//! The socket is lost while there is a call.

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{DialError, End, Event, Line};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{OFFER, World};

/// The next event that is not about the line.
#[track_caller]
fn call_event(world: &mut World) -> Event {
    loop {
        match world.event() {
            Event::Line(_) => {}
            event => return event,
        }
    }
}

#[track_caller]
fn come_back(world: &mut World) {
    world.pass_secs(2);
    world.open();
    world.skip_keep_alives();
    world.confirm_registration();
}

#[test]
fn a_call_that_is_up_goes_on() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    world.close();
    assert_eq!(call_event(&mut world), Event::SignallingLost { call });
    assert_eq!(
        world.with(|agent, now| agent.dial(now, "601", None)),
        Err(DialError::NotRegistered)
    );
    come_back(&mut world);
    assert_eq!(call_event(&mut world), Event::SignallingRestored { call });
    let question = world.request(Method::Update);
    assert_eq!(question.to().tag(), Some("callee"));
    // The way back over the new connection.
    assert_eq!(question.headers().get(Name::Contact), invite.headers().get(Name::Contact));
    // Whatever the other side says of such a question, the call is up.
    world.status(&question, 500);
    world.no_event();

    let bye = world.callee(&invite, Method::Bye, 1);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
}

#[test]
fn a_call_that_ended_meanwhile_is_found_out() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.close();
    call_event(&mut world);
    come_back(&mut world);
    call_event(&mut world);
    let question = world.request(Method::Update);
    world.status(&question, 481);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
    world.nothing_sent();
}

#[test]
fn a_call_that_is_ended_meanwhile_ends_on_the_other_side_later() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    world.close();
    assert_eq!(call_event(&mut world), Event::SignallingLost { call });
    world.hang_up(call);
    assert_eq!(call_event(&mut world), Event::Ended { call, end: End::HungUp, cause: None });
    world.nothing_sent();
    come_back(&mut world);
    let bye = world.request(Method::Bye);
    assert_eq!(bye.call_id(), invite.call_id());
    assert_eq!(bye.to().tag(), Some("callee"));
    assert_eq!(bye.via().host, invite.via().host);
    world.status(&bye, 200);
    world.nothing_sent();
    assert!(matches!(world.line(), Line::Lost { .. }));
    assert_eq!(world.line(), Line::Registered);
    world.no_event();
}

#[test]
fn a_bye_that_was_under_way_is_sent_again() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.hang_up(call);
    let lost = world.request(Method::Bye);
    world.close();
    come_back(&mut world);
    let again = world.request(Method::Bye);
    assert!(again.cseq().number > lost.cseq().number);
    world.status(&again, 481);
    world.nothing_sent();
}

#[test]
fn a_bye_waits_through_a_long_outage() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.close();
    world.hang_up(call);
    world.pass_secs(170);
    world.with(|agent, now| agent.reconnect_now(now));
    world.open();
    world.confirm_registration();
    world.request(Method::Bye);
}

#[test]
fn a_bye_does_not_wait_for_ever() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.close();
    world.hang_up(call);
    world.pass_secs(181);
    world.with(|agent, now| agent.reconnect_now(now));
    world.open();
    world.confirm_registration();
    world.nothing_sent();
}

#[test]
fn a_call_that_nobody_answered_yet_is_over() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    world.event();
    world.close();
    assert_eq!(call_event(&mut world), Event::Ended { call, end: End::Network, cause: None });
    come_back(&mut world);
    world.nothing_sent();
    assert!(matches!(world.line(), Line::Lost { .. }));
    assert_eq!(world.line(), Line::Registered);
    world.outgoing_call();
}

#[test]
fn a_call_that_rings_here_is_over() {
    let mut world = World::registered();
    let (call, _, _) = world.ring(Some(OFFER));
    world.close();
    assert_eq!(call_event(&mut world), Event::Ended { call, end: End::Network, cause: None });
    world.with(|agent, now| agent.answer(now, call));
    world.nothing_sent();
}

#[test]
fn a_dead_socket_that_nobody_closed_is_replaced_under_the_call() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.reconnect_now(now));
    world.request(Method::Register);
    world.pass_secs(2);
    assert_eq!(call_event(&mut world), Event::SignallingLost { call });
    world.open();
    let register = world.confirm_registration();
    assert!(register.headers().get(Name::Contact).is_some());
    assert_eq!(call_event(&mut world), Event::SignallingRestored { call });
}

/// A call that is up and has had no line since now.
fn forlorn() -> (World, ringdock_sip::CallId) {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    world.close();
    assert_eq!(call_event(&mut world), Event::SignallingLost { call });
    (world, call)
}

fn media_flows(world: &mut World, call: ringdock_sip::CallId, flows: bool) {
    world.with(|agent, now| agent.media_flows(now, call, flows));
}

fn is_over(world: &mut World) -> bool {
    let mut is_over = false;
    while let Some(event) = world.try_event() {
        is_over |= matches!(event, Event::Ended { end: End::Network, .. });
    }
    is_over
}

#[test]
fn a_call_that_is_heard_goes_on_without_a_line() {
    let (mut world, _) = forlorn();
    world.pass_secs(600);
    assert!(!is_over(&mut world));
}

#[test]
fn a_call_without_a_line_and_without_sound_is_given_up_after_30_seconds() {
    let (mut world, call) = forlorn();
    world.pass_secs(20);
    media_flows(&mut world, call, false);
    world.pass_secs(29);
    assert!(!is_over(&mut world));
    world.pass_secs(1);
    assert!(is_over(&mut world));
    // The other side hears of it when that is possible.
    world.with(|agent, now| agent.reconnect_now(now));
    world.open();
    world.confirm_registration();
    world.request(Method::Bye);
}

#[test]
fn sound_or_a_line_saves_it() {
    let (mut world, call) = forlorn();
    media_flows(&mut world, call, false);
    world.pass_secs(29);
    media_flows(&mut world, call, true);
    world.pass_secs(29);
    media_flows(&mut world, call, false);
    world.pass_secs(29);
    world.with(|agent, now| agent.reconnect_now(now));
    world.open();
    world.confirm_registration();
    world.pass_secs(60);
    let events: Vec<Event> = std::iter::from_fn(|| world.try_event()).collect();
    assert!(events.contains(&Event::SignallingRestored { call }), "{events:?}");
}

#[test]
fn a_call_with_a_line_is_not_given_up_for_its_silence() {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    media_flows(&mut world, call, false);
    world.pass_secs(600);
    world.no_event();
    world.close();
    world.pass_secs(29);
    assert!(!is_over(&mut world));
    world.pass_secs(1);
    assert!(is_over(&mut world));
}

#[test]
fn a_call_that_nobody_answers_for_after_the_line_is_back_is_over() {
    let (mut world, call) = forlorn();
    world.pass_secs(2);
    world.open();
    world.confirm_registration();
    assert_eq!(call_event(&mut world), Event::SignallingRestored { call });
    world.request(Method::Update);
    world.pass_secs(32);
    assert_eq!(call_event(&mut world), Event::Ended { call, end: End::Network, cause: None });
}
