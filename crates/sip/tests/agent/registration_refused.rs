//! The server does not want the registration.

use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use ringdock_sip::message::{Draft, Method, Name};
use ringdock_sip::{Line, Problem, Time};

use crate::world::World;

/// The problem and the next attempt after the first REGISTER got this status.
fn after(status: u16, headers: &[(Name, &str)]) -> (World, Problem, Option<Time>) {
    let mut world = World::new();
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    let register = world.request(Method::Register);
    world.reply(&register, |register| {
        let draft = Draft::response(register.headers(), status, Some("s"));
        headers.iter().fold(draft, |draft, (name, value)| draft.with(*name, value))
    });
    let Line::Failed { problem, retry_at } = world.line() else { panic!("not failed") };
    (world, problem, retry_at)
}

#[test]
fn an_account_that_is_refused_is_tried_again_after_a_long_rest() {
    for status in [403, 404, 480, 302] {
        let (mut world, problem, retry_at) = after(status, &[]);
        assert!(matches!(problem, Problem::Refused { status: seen, .. } if seen == status));
        let at = retry_at.expect("another attempt");
        assert!(at - world.now >= Duration::from_secs(60));
        world.pass(at - world.now);
        world.skip_keep_alives();
        world.confirm_registration();
        assert!(matches!(world.line(), Line::Failed { retry_at: None, .. }));
        assert_eq!(world.line(), Line::Registered);
    }
}

#[test]
fn a_server_in_trouble_is_tried_again_soon() {
    for status in [408, 500, 503, 603] {
        let (world, problem, retry_at) = after(status, &[]);
        assert!(matches!(problem, Problem::Server { status: seen, .. } if seen == status));
        assert!(retry_at.expect("another attempt") - world.now <= Duration::from_millis(1500));
    }
}

#[test]
fn a_pause_that_the_server_asks_for_is_kept_within_reason() {
    let (world, _, retry_at) = after(503, &[(Name::RetryAfter, "120 (maintenance)")]);
    assert_eq!(retry_at, Some(world.now + Duration::from_secs(120)));
    let (world, _, retry_at) = after(503, &[(Name::RetryAfter, "99999999")]);
    assert_eq!(retry_at, Some(world.now + Duration::from_secs(600)));
}

/// Nothing more is sent before the announced attempt, not even for somebody who looks at the page, over a socket that
/// closes, or in a new one.
#[track_caller]
fn rests_until(world: &mut World, at: Time) {
    for _ in 0..3 {
        world.with(|agent, now| agent.reconnect_now(now));
        world.pass_secs(5);
    }
    world.skip_keep_alives();
    world.nothing_sent();
    world.close();
    world.with(|agent, now| agent.reconnect_now(now));
    world.pass(at - world.now - Duration::from_millis(1));
    world.no_event();
    assert_eq!(world.connects, 1);
    world.pass(Duration::from_millis(1));
    assert_eq!(world.connects, 2);
    assert!(matches!(world.line(), Line::Failed { retry_at: None, .. }));
    world.open();
    world.request(Method::Register);
}

#[test]
fn a_pause_that_is_demanded_is_kept_whoever_waits() {
    let (mut world, _, retry_at) = after(403, &[]);
    rests_until(&mut world, retry_at.expect("another attempt"));
    let (mut world, _, retry_at) = after(503, &[(Name::RetryAfter, "120")]);
    rests_until(&mut world, retry_at.expect("another attempt"));
}

#[test]
fn a_socket_that_dies_during_a_demanded_pause_does_not_shorten_it() {
    let mut world = World::new();
    world.is_alive = false;
    world.start();
    world.line();
    world.bytes(b"\r\n");
    let register = world.request(Method::Register);
    world.reply(&register, |register| {
        Draft::response(register.headers(), 503, Some("s")).with(Name::RetryAfter, "120")
    });
    world.line();
    world.pass_secs(119);
    world.skip_keep_alives();
    world.nothing_sent();
    assert_eq!((world.connects, world.disconnects), (1, 1));
    world.pass_secs(1);
    assert_eq!(world.connects, 2);
}

#[test]
fn somebody_who_waits_ends_a_plain_back_off() {
    let (mut world, _, retry_at) = after(500, &[]);
    assert!(retry_at.is_some());
    world.with(|agent, now| agent.reconnect_now(now));
    world.request(Method::Register);
}

#[test]
fn an_interval_too_brief_is_made_longer_once() {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    let too_brief = |min: &'static str| {
        move |register: &ringdock_sip::message::Request| {
            Draft::response(register.headers(), 423, Some("s")).with(Name::MinExpires, min)
        }
    };
    world.reply(&register, too_brief("1800"));
    let longer = world.request(Method::Register);
    assert_eq!(longer.headers().seconds(Name::Expires), Some(1800));
    assert!(longer.cseq().number > register.cseq().number);
    // A registrar that asks for the same again would keep us busy for ever.
    world.reply(&longer, too_brief("1800"));
    assert_eq!(world.line(), Line::Connecting);
    assert!(matches!(
        world.line(),
        Line::Failed { problem: Problem::Refused { status: 423, .. }, retry_at: Some(_) }
    ));
    world.nothing_sent();
}

#[test]
fn a_first_hop_without_outbound_gets_a_plain_contact() {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    assert!(
        register.headers().text(Name::Contact).is_some_and(|contact| contact.contains("reg-id=1"))
    );
    world.status(&register, 439);
    let plain = world.confirm_registration();
    assert!(plain.headers().text(Name::Contact).is_some_and(|contact| !contact.contains("reg-id")));
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.line(), Line::Registered);
}

#[test]
fn silence_after_a_first_word_is_a_time_out() {
    let mut world = World::new();
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    let register = world.request(Method::Register);
    world.status(&register, 100);
    world.pass_secs(31);
    world.no_event();
    world.pass_secs(2);
    assert!(matches!(
        world.line(),
        Line::Failed { problem: Problem::Server { status: 408, .. }, retry_at: Some(_) }
    ));
    assert_eq!(world.disconnects, 1);
}
