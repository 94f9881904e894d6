//! Keep-alives (RFC 5626, section 4.4.1; RFC 7118, section 6), and how soon a dead socket is noticed.

use std::time::Duration;

use ringdock_sip::message::{Method, Request};
use ringdock_sip::{End, Event, Line, Problem};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::World;

/// An agent whose server's replies to keep-alives the test makes.
fn registered() -> World {
    let mut world = World::registered_for_long();
    world.is_alive = false;
    world
}

/// The same with a server that replies to pings.
fn registered_with_pongs() -> World {
    let mut world = registered();
    world.bytes(b"\r\n");
    world
}

/// Lets time pass up to the next ping; gives out how long that was.
#[track_caller]
fn pass_to_ping(world: &mut World) -> Duration {
    let begin = world.now;
    while !world.has_sent() {
        assert!(world.now - begin < Duration::from_secs(40), "no ping");
        world.pass(Duration::from_millis(100));
    }
    assert_eq!(world.raw(), b"\r\n\r\n");
    world.now - begin
}

#[track_caller]
fn pass_to_options(world: &mut World) -> Request {
    pass_to_ping(world);
    world.request(Method::Options)
}

#[track_caller]
fn is_replaced(world: &mut World) {
    assert_eq!(world.line(), Line::Lost { problem: Problem::Unreachable, retry_at: None });
    assert_eq!(world.connects, 2);
}

#[test]
fn pings_every_8_to_10_seconds_with_jitter() {
    let mut world = registered_with_pongs();
    let mut pauses = Vec::new();
    for _ in 0..8 {
        pauses.push(pass_to_ping(&mut world));
        world.bytes(b"\r\n");
    }
    let (least, most) = (Duration::from_millis(7_900), Duration::from_millis(10_100));
    assert!(pauses.iter().all(|pause| least <= *pause && *pause <= most), "{pauses:?}");
    pauses.dedup();
    assert!(pauses.len() > 1, "without jitter");
}

#[test]
fn a_ping_gets_a_pong() {
    let mut world = registered();
    world.bytes(b"\r\n\r\n");
    assert_eq!(world.raw(), b"\r\n");
    world.bytes(b"\r\n");
    world.bytes(b"");
    world.nothing_sent();
}

#[test]
fn a_server_that_stops_replying_to_pings_is_gone_in_3_seconds() {
    let mut world = registered_with_pongs();
    pass_to_ping(&mut world);
    world.pass(Duration::from_millis(2_800));
    world.no_event();
    world.pass(Duration::from_millis(200));
    is_replaced(&mut world);
}

#[test]
fn a_server_that_does_not_reply_to_pings_is_sent_options() {
    let mut world = registered();
    for status in [200, 404, 401] {
        let options = pass_to_options(&mut world);
        assert_eq!(options.uri().as_str(), "sip:pbx.test");
        world.status(&options, status);
        world.pass_secs(4);
        world.nothing_sent();
        world.no_event();
    }
    assert_eq!(world.connects, 1);
}

#[test]
fn a_server_that_stops_replying_to_options_is_gone_in_3_seconds() {
    let mut world = registered();
    let options = pass_to_options(&mut world);
    world.status(&options, 200);
    pass_to_options(&mut world);
    world.pass_secs(3);
    is_replaced(&mut world);
}

#[test]
fn a_server_that_never_replied_to_options_is_asked_to_register_us() {
    let mut world = registered();
    pass_to_options(&mut world);
    world.pass_secs(3);
    world.no_event();
    world.confirm_registration();
    // It takes no OPTIONS: none are sent any more, and each third ping a registration goes along.
    for _ in 0..2 {
        for _ in 0..2 {
            pass_to_ping(&mut world);
            world.pass_secs(4);
            world.nothing_sent();
        }
        pass_to_ping(&mut world);
        world.confirm_registration();
        world.pass_secs(4);
    }
    world.no_event();
    assert_eq!(world.connects, 1);
    for _ in 0..3 {
        pass_to_ping(&mut world);
    }
    world.request(Method::Register);
    world.pass_secs(3);
    is_replaced(&mut world);
}

#[test]
fn a_call_to_a_server_that_replies_to_registrations_alone_is_over_in_3_seconds_if_it_is_gone() {
    let mut world = registered();
    pass_to_options(&mut world);
    world.pass_secs(3);
    world.confirm_registration();
    let (call, _) = world.dial("600");
    pass_to_ping(&mut world);
    world.request(Method::Register);
    world.pass_secs(3);
    is_replaced(&mut world);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
}

#[test]
fn a_server_that_never_replied_to_anything_is_gone_in_5_seconds() {
    let mut world = registered();
    pass_to_options(&mut world);
    world.pass_secs(3);
    world.request(Method::Register);
    world.pass_secs(2);
    is_replaced(&mut world);
}

#[test]
fn anything_that_comes_is_a_sign_of_life() {
    let mut world = registered_with_pongs();
    pass_to_ping(&mut world);
    world.bytes(b"\r\n\r\n");
    assert_eq!(world.raw(), b"\r\n");
    world.pass_secs(4);
    world.no_event();
    assert_eq!(world.connects, 1);
}

#[test]
fn a_call_to_a_server_that_is_gone_is_over_in_3_seconds() {
    let mut world = registered_with_pongs();
    let (call, _) = world.dial("600");
    world.pass_secs(3);
    is_replaced(&mut world);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
}
