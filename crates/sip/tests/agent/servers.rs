//! Several servers: failover, the way back to the preferred one, and their realms.

use std::time::Duration;

use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{Account, End, Event, Line, Problem, Server};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{World, account};

const FIRST: &str = "wss://pbx.test:8089/ws";
const SECOND: &str = "wss://pbx.test:8089/second";

fn server(url: &str, priority: u16) -> Server {
    Server { url: url.to_owned(), priority, weight: 1 }
}

/// An agent with two servers, the second one listed first, whose socket is being opened.
fn begun() -> World {
    let servers = vec![server(SECOND, 20), server(FIRST, 10)];
    let mut world = World::with_account(Account { servers, ..account() });
    world.with(|agent, now| agent.start(now));
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.url, FIRST);
    world
}

/// The same, registered at the second server.
fn fallen_back() -> World {
    let mut world = begun();
    world.close();
    world.line();
    world.open();
    let register = world.request(Method::Register);
    world.reply(&register, |register| {
        Draft::response(register.headers(), 200, Some("s")).with(Name::Expires, "36000")
    });
    assert_eq!(world.line(), Line::Registered);
    world
}

/// Lets time pass until a socket is asked for.
#[track_caller]
fn pass_to_connection(world: &mut World, limit: u64) {
    let connects = world.connects;
    for _ in 0..limit {
        if world.connects == connects {
            world.pass_secs(1);
        }
    }
    assert_eq!(world.connects, connects + 1);
}

#[test]
fn the_next_one_is_tried_at_once_and_then_there_is_a_pause() {
    let mut world = begun();
    world.close();
    assert_eq!(world.line(), Line::Failed { problem: Problem::Unreachable, retry_at: None });
    assert_eq!((world.connects, world.url.as_str()), (2, SECOND));
    world.close();
    let Line::Failed { retry_at: Some(at), .. } = world.line() else { panic!("no pause") };
    assert_eq!(world.connects, 2);
    world.pass(at - world.now);
    assert_eq!((world.connects, world.url.as_str()), (3, FIRST));
}

#[test]
fn one_that_hangs_or_is_no_sip_server_or_is_out_of_order_is_passed_over() {
    let mut world = begun();
    world.pass_secs(10);
    assert_eq!(world.url, SECOND);

    let mut world = begun();
    world.open();
    world.request(Method::Register);
    world.bytes(b"<html>");
    world.pass_secs(5);
    assert_eq!(world.url, SECOND);

    let mut world = begun();
    world.open();
    let register = world.request(Method::Register);
    world.status(&register, 503);
    assert_eq!((world.connects, world.disconnects), (2, 1));
    assert_eq!(world.url, SECOND);
}

#[test]
fn a_refusal_of_the_account_is_not_taken_elsewhere() {
    let mut world = begun();
    world.open();
    let register = world.request(Method::Register);
    world.status(&register, 403);
    assert!(matches!(world.line(), Line::Failed { problem: Problem::Refused { .. }, .. }));
    assert_eq!(world.connects, 1);
}

#[test]
fn one_that_was_lost_is_tried_again_first() {
    let mut world = begun();
    world.open();
    world.confirm_registration();
    world.line();
    world.close();
    let Line::Lost { retry_at: Some(at), .. } = world.line() else { panic!("no pause") };
    world.pass(at - world.now);
    assert_eq!(world.url, FIRST);
    world.close();
    assert_eq!(world.url, SECOND);
}

#[test]
fn the_preferred_one_is_returned_to() {
    let mut world = fallen_back();
    world.pass(Duration::from_secs(530));
    assert_eq!((world.connects, world.url.as_str()), (2, SECOND));
    pass_to_connection(&mut world, 140);
    assert_eq!((world.connects, world.url.as_str()), (3, FIRST));
    assert!(matches!(world.line(), Line::Lost { retry_at: None, .. }));
    // It is still down: back at once.
    world.close();
    world.no_event();
    assert_eq!((world.connects, world.url.as_str()), (4, SECOND));
    world.open();
    world.request(Method::Register);
}

#[test]
fn the_preferred_one_is_not_returned_to_during_a_call() {
    let mut world = fallen_back();
    let (call, _) = world.outgoing_call();
    world.pass(Duration::from_secs(900));
    assert_eq!((world.connects, world.url.as_str()), (2, SECOND));
    world.hang_up(call);
    pass_to_connection(&mut world, 61);
    assert_eq!((world.connects, world.url.as_str()), (3, FIRST));
}

#[test]
fn each_one_has_a_realm_of_its_own() {
    let challenge = |world: &mut World, register: &Request, realm: &str| {
        let challenge = ["Digest realm=\"", realm, "\",nonce=\"n\",qop=\"auth\""].concat();
        world.reply(register, |register| {
            Draft::response(register.headers(), 401, Some("s"))
                .with(Name::WwwAuthenticate, challenge)
        });
    };
    let mut world = begun();
    world.open();
    let register = world.request(Method::Register);
    challenge(&mut world, &register, "first");
    world.confirm_registration();
    assert_eq!(world.line(), Line::Registered);
    world.close();
    let Line::Lost { retry_at: Some(at), .. } = world.line() else { panic!("no pause") };
    world.pass(at - world.now);
    world.close();
    world.open();
    assert_eq!(world.url, SECOND);
    let register = world.request(Method::Register);
    challenge(&mut world, &register, "second");
    world.confirm_registration();
    while world.try_event().is_some() {}
    // What one is called another is not.
    let (_, invite) = world.dial("600");
    challenge(&mut world, &invite, "first");
    world.request(Method::Ack);
    assert!(matches!(world.event(), Event::Ended { end: End::Refused { status: 401, .. }, .. }));
}

#[test]
fn an_account_without_one_cannot_work() {
    let account = Account { servers: Vec::new(), ..account() };
    let error = ringdock_sip::Agent::new(account, crate::world::entropy(1)).err().expect("refused");
    assert!(error.to_string().starts_with("The server"), "{error}");
}
