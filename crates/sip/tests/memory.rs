//! What one agent holds after thousands of calls is what it held after hundreds.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking; the helpers are the agent tests', and only a part of them is used"
)]

#[path = "agent/calls.rs"]
mod calls;
#[allow(unsafe_code, reason = "an allocator that counts")]
#[path = "../fuzz/fuzz_targets/heap.rs"]
mod heap;
#[path = "agent/world.rs"]
mod world;

use std::time::Duration;

use ringdock_sip::message::{Method, Name};

use world::{OFFER, World};

/// Less than one call or transaction that is kept, in bytes.
const LEAST_LEAK: usize = 512;

/// One of the ways that calls go.
fn play(world: &mut World, number: u32) {
    match number % 6 {
        0 => {
            let (call, invite) = world.outgoing_call();
            let info = world.callee(&invite, Method::Info, 1);
            world.send(&info);
            world.response(200);
            world.hold(call, 1);
            world.hang_up(call);
            confirm_bye(world);
        }
        1 => {
            let (_, invite) = world.outgoing_call();
            let bye = world.callee(&invite, Method::Bye, 1);
            world.send(&bye);
        }
        2 => {
            let (_, invite) = world.dial("600");
            world.status(&invite, 180);
            world.status(&invite, 486);
        }
        3 => {
            let (call, invite) = world.dial("600");
            world.status(&invite, 180);
            world.hang_up(call);
            world.status(&invite, 487);
        }
        4 => {
            let (call, _, _) = world.incoming_call();
            world.hang_up(call);
            confirm_bye(world);
        }
        _ => {
            let (call, invite, tag) = world.ring(Some(OFFER));
            world.with(|agent, now| agent.decline(now, call));
            let mut ack = world.within(&invite, &tag, Method::Ack, 10);
            ack.set(Name::Via, invite.via().to_string());
            world.send(&ack);
        }
    }
    look_away(world);
}

/// The other side takes our BYE.
fn confirm_bye(world: &mut World) {
    let bye = world.request(Method::Bye);
    world.status(&bye, 200);
}

/// Drops what the world remembers.
fn look_away(world: &mut World) {
    world.everything_sent();
    while world.try_event().is_some() {}
}

/// The bytes in use once the last call's transactions are over.
fn at_rest(world: &mut World) -> usize {
    world.pass(Duration::from_secs(64));
    look_away(world);
    heap::in_use()
}

#[test]
fn does_not_grow_with_the_number_of_calls() {
    let mut world = World::registered_for_long();
    let (mut early, mut calls) = (0, 0);
    for goal in [300, 3_000] {
        while calls < goal {
            play(&mut world, calls);
            // So that the transactions of several calls are there at one time.
            world.pass(Duration::from_secs(2));
            look_away(&mut world);
            calls += 1;
        }
        match early {
            0 => early = at_rest(&mut world),
            early => {
                let late = at_rest(&mut world);
                assert!(late < early + LEAST_LEAK, "{early} bytes grew to {late}");
            }
        }
    }
    // It works as on its first day.
    let (_, invite) = world.outgoing_call();
    assert_eq!(invite.body(), OFFER.as_bytes());
}
