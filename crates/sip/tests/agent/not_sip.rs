//! What is at the other end is no SIP server, or sends what nobody can read.

use ringdock_sip::message::Method;
use ringdock_sip::{Line, Problem};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::World;

const GARBAGE: [&[u8]; 6] = [
    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    b"{\"hello\":1}",
    b"\x00\xff\xfe\x80",
    b"INVITE sip:1001@pbx.test SIP/2.0\r\nVia: SIP/2.0/WSS",
    b"SIP/2.0 200 OK\r\n\r\n",
    b"SIP/2.0",
];

#[test]
fn garbage_alone_is_noticed_soon() {
    for garbage in GARBAGE {
        let mut world = World::new();
        world.start();
        assert_eq!(world.line(), Line::Connecting);
        world.request(Method::Register);
        world.bytes(garbage);
        world.pass_secs(4);
        world.bytes(garbage);
        world.no_event();
        world.pass_secs(1);
        let line = world.line();
        assert!(
            matches!(line, Line::Failed { problem: Problem::NotSip, retry_at: Some(_) }),
            "{line:?} after {}",
            String::from_utf8_lossy(garbage)
        );
        assert_eq!(world.disconnects, 1);
    }
}

#[test]
fn an_echo_is_no_server_and_gets_no_answer() {
    let mut world = World::new();
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    let register = world.raw();
    world.bytes(&register);
    world.nothing_sent();
    world.pass_secs(5);
    assert!(matches!(world.line(), Line::Failed { problem: Problem::NotSip, .. }));
}

#[test]
fn silence_is_noticed_a_little_later() {
    let mut world = World::new();
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    world.pass_secs(8);
    assert!(matches!(world.line(), Line::Failed { problem: Problem::NotSip, .. }));
}

#[test]
fn garbage_between_messages_is_dropped() {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    for garbage in GARBAGE {
        world.bytes(garbage);
    }
    world.confirm(&register);
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.line(), Line::Registered);
    for garbage in GARBAGE {
        world.bytes(garbage);
    }
    world.pass_secs(20);
    world.no_event();
    world.nothing_sent();
    world.outgoing_call();
}
