//! The socket fails, and the line comes back.

use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{Line, Problem, Time};

use crate::world::World;

/// The wait until the next attempt, which the last event tells.
#[track_caller]
fn retry_at(world: &mut World) -> Time {
    match world.line() {
        Line::Lost { problem: Problem::Unreachable, retry_at: Some(at) }
        | Line::Failed { problem: Problem::Unreachable, retry_at: Some(at) } => at,
        other => panic!("no attempt to come: {other:?}"),
    }
}

#[test]
fn waits_longer_each_time_and_never_gives_up() {
    let mut world = World::new();
    world.with(|agent, now| agent.start(now));
    assert_eq!(world.line(), Line::Connecting);
    let mut waits = Vec::new();
    for attempt in 1..=12 {
        assert_eq!(world.connects, attempt);
        world.close();
        let at = retry_at(&mut world);
        waits.push(at - world.now);
        world.pass(at - world.now);
        assert!(matches!(
            world.line(),
            Line::Failed { problem: Problem::Unreachable, retry_at: None }
        ));
    }
    assert!(
        waits[0] >= Duration::from_secs(1) && waits[0] <= Duration::from_millis(1500),
        "{waits:?}"
    );
    assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(30)), "{waits:?}");
    assert!(waits[8..].iter().all(|wait| *wait >= Duration::from_secs(15)), "{waits:?}");
    let mut different = waits[8..].to_vec();
    different.dedup();
    assert!(different.len() > 1, "without jitter: {waits:?}");
}

#[test]
fn begins_anew_after_a_registration() {
    let mut world = World::registered();
    for _ in 0..5 {
        world.close();
        let at = retry_at(&mut world);
        assert!(at - world.now <= Duration::from_millis(1500));
        world.pass(at - world.now);
        assert!(matches!(world.line(), Line::Lost { retry_at: None, .. }));
        world.open();
        world.confirm_registration();
        assert_eq!(world.line(), Line::Registered);
    }
}

#[test]
fn a_socket_that_hangs_is_given_up() {
    let mut world = World::new();
    world.with(|agent, now| agent.start(now));
    assert_eq!(world.line(), Line::Connecting);
    world.pass_secs(9);
    world.no_event();
    world.pass_secs(1);
    retry_at(&mut world);
    assert_eq!(world.disconnects, 1);
}

#[test]
fn keeps_its_contact_over_the_new_socket() {
    let mut world = World::new();
    world.start();
    let first = world.confirm_registration();
    world.close();
    world.pass_secs(2);
    world.open();
    let second = world.confirm_registration();
    assert_eq!(first.headers().text(Name::Contact), second.headers().text(Name::Contact));
    assert_eq!(first.call_id(), second.call_id());
    assert!(second.cseq().number > first.cseq().number);
}

#[test]
fn does_not_wait_when_told_that_the_network_is_back() {
    let mut world = World::registered();
    for _ in 0..6 {
        world.close();
        world.pass(Duration::ZERO);
        world.with(|agent, now| agent.reconnect_now(now));
    }
    let connects = world.connects;
    world.close();
    world.with(|agent, now| agent.reconnect_now(now));
    assert_eq!(world.connects, connects + 1);
    // One that is under way is not begun again.
    world.with(|agent, now| agent.reconnect_now(now));
    assert_eq!(world.connects, connects + 1);
}

#[test]
fn a_check_that_is_answered_changes_nothing() {
    let mut world = World::registered();
    world.with(|agent, now| agent.reconnect_now(now));
    world.confirm_registration();
    world.pass_secs(20);
    world.no_event();
    world.nothing_sent();
    assert_eq!(world.connects, 1);
}

#[test]
fn a_check_without_an_answer_opens_a_new_socket_at_once() {
    let mut world = World::registered();
    world.with(|agent, now| agent.reconnect_now(now));
    world.request(Method::Register);
    world.pass(Duration::from_millis(1_990));
    world.no_event();
    world.pass(Duration::from_millis(10));
    assert_eq!(world.line(), Line::Lost { problem: Problem::Unreachable, retry_at: None });
    assert_eq!(world.connects, 2);
    world.open();
    world.confirm_registration();
    assert_eq!(world.line(), Line::Registered);
}

#[test]
fn a_renewal_without_an_answer_opens_a_new_socket() {
    let mut world = World::registered();
    world.pass_to_renewal();
    world.request(Method::Register);
    world.pass_secs(8);
    world.no_event();
    // Somebody looks at the phone: now it must be quick, but not quicker than what is left.
    world.with(|agent, now| agent.reconnect_now(now));
    world.nothing_sent();
    world.pass_secs(2);
    assert_eq!(world.line(), Line::Lost { problem: Problem::Unreachable, retry_at: None });
    assert_eq!(world.connects, 2);
}

#[test]
fn a_start_does_not_remember_earlier_failures() {
    let mut world = World::new();
    for _ in 0..2 {
        world.with(|agent, now| agent.start(now));
        assert_eq!(world.line(), Line::Connecting);
        for _ in 0..6 {
            world.close();
            let at = retry_at(&mut world);
            world.pass(at - world.now);
            world.line();
        }
        world.with(|agent, now| agent.stop(now));
        assert_eq!(world.line(), Line::Off);
    }
    world.with(|agent, now| agent.start(now));
    assert_eq!(world.line(), Line::Connecting);
    world.close();
    assert!(retry_at(&mut world) - world.now <= Duration::from_millis(1500));
}

#[test]
fn a_server_that_is_still_starting_up_is_asked_again() {
    let mut world = World::registered();
    world.close();
    world.pass_secs(2);
    world.open();
    retry_at(&mut world);
    assert!(matches!(world.line(), Line::Lost { retry_at: None, .. }));
    world.request(Method::Register);
    world.pass_secs(8);
    assert!(matches!(
        world.line(),
        Line::Lost { problem: Problem::Server { status: 408, .. }, retry_at: Some(_) }
    ));
    world.pass_secs(4);
    assert_eq!(world.connects, 3);
}

#[test]
fn an_attempt_from_before_the_network_was_back_is_begun_anew() {
    let mut world = World::registered();
    world.close();
    world.with(|agent, now| agent.reconnect_now(now));
    assert_eq!(world.connects, 2);
    world.pass(Duration::from_millis(900));
    world.with(|agent, now| agent.reconnect_now(now));
    assert_eq!(world.connects, 2, "begun just now");
    world.pass(Duration::from_millis(200));
    world.with(|agent, now| agent.reconnect_now(now));
    assert_eq!(world.connects, 3);
    world.open();
    world.confirm_registration();
}

#[test]
fn a_registration_from_before_the_network_was_back_gets_2_seconds() {
    let mut world = World::registered();
    world.close();
    world.with(|agent, now| agent.reconnect_now(now));
    world.open();
    world.request(Method::Register);
    world.pass_secs(1);
    world.with(|agent, now| agent.reconnect_now(now));
    world.nothing_sent();
    world.pass_secs(2);
    assert_eq!(world.connects, 3);
}
