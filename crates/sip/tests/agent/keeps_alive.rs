//! Keep-alives (RFC 5626, section 4.4.1; RFC 7118, section 6).

use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use ringdock_sip::{Line, Problem};

use crate::world::World;

#[test]
fn pings_about_twice_a_minute_with_jitter() {
    let mut world = World::registered_for_long();
    let mut pauses = Vec::new();
    for _ in 0..8 {
        let begin = world.now;
        while !world.has_sent() && world.now - begin < Duration::from_secs(40) {
            world.pass(Duration::from_millis(100));
        }
        assert_eq!(world.raw(), b"\r\n\r\n");
        pauses.push(world.now - begin);
    }
    let (least, most) = (Duration::from_millis(24_900), Duration::from_millis(30_100));
    assert!(pauses.iter().all(|pause| least <= *pause && *pause <= most), "{pauses:?}");
    pauses.dedup();
    assert!(pauses.len() > 1, "without jitter");
}

#[test]
fn a_ping_gets_a_pong() {
    let mut world = World::registered_for_long();
    world.bytes(b"\r\n\r\n");
    assert_eq!(world.raw(), b"\r\n");
    world.bytes(b"\r\n");
    world.bytes(b"");
    world.nothing_sent();
}

#[test]
fn a_server_that_never_replied_to_a_ping_need_not() {
    let mut world = World::registered_for_long();
    for _ in 0..3 {
        world.pass_to_keep_alive();
        world.raw();
    }
    world.pass_secs(11);
    world.no_event();
    assert_eq!(world.connects, 1);
}

#[test]
fn a_server_that_stops_replying_is_gone() {
    let mut world = World::registered_for_long();
    world.pass_secs(30);
    world.bytes(b"\r\n");
    world.pass_secs(31 + 10);
    assert_eq!(world.line(), Line::Lost { problem: Problem::Unreachable, retry_at: None });
    assert_eq!(world.connects, 2);
}

#[test]
fn anything_that_comes_is_a_sign_of_life() {
    let mut world = World::registered_for_long();
    world.pass_to_keep_alive();
    world.bytes(b"\r\n");
    world.skip_keep_alives();
    world.pass_to_keep_alive();
    world.bytes(b"\r\n\r\n");
    world.pass_secs(11);
    world.no_event();
    assert_eq!(world.connects, 1);
}
