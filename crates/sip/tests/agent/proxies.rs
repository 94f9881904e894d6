//! Digests where proxies stand before the server, or between us and the other side of a call (RFC 3261, section 22.3).

use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{End, Event, Line, Problem};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, response};

/// A challenge of this kind in the server's realm.
fn challenge(world: &mut World, request: &Request, status: u16, realm: &str, algorithm: &str) {
    let header = if status == 407 { Name::ProxyAuthenticate } else { Name::WwwAuthenticate };
    let value = format!(r#"Digest realm="{realm}",nonce="n",algorithm={algorithm},qop="auth""#);
    world.reply(request, |request| {
        Draft::response(request.headers(), status, Some("s")).with(header, value)
    });
}

/// An agent whose registrar wanted a digest of the realm "asterisk".
fn registered(algorithm: &str) -> World {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    challenge(&mut world, &register, 401, "asterisk", algorithm);
    world.confirm_registration();
    world.line();
    world.line();
    world
}

/// Somebody calls by way of a proxy, is answered, and we hang up; gives out the BYE.
fn bye_by_way_of_a_proxy(world: &mut World) -> Request {
    let mut invite = world
        .draft(Method::Invite, 10)
        .with(Name::RecordRoute, "<sip:edge.test;lr>")
        .with_body("application/sdp", OFFER);
    // A caller may choose an address that looks like one of the server's own.
    invite.set(Name::Contact, "<sip:eve@pbx.test>");
    let invite = world.send(&invite);
    let tag = world.response(180).to().tag().expect("our tag").to_owned();
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.response(200);
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    world.event();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    let bye = world.request(Method::Bye);
    assert_eq!(bye.headers().text(Name::Route).as_deref(), Some("<sip:edge.test;lr>"));
    assert!(bye.headers().get(Name::Authorization).is_none(), "a digest nobody asked for");
    bye
}

fn has_digest(request: &Request, name: Name) -> bool {
    request.headers().all(name).count() == 1
}

#[test]
fn a_caller_behind_one_gets_no_digest() {
    for status in [401, 407] {
        let mut world = registered("MD5");
        let bye = bye_by_way_of_a_proxy(&mut world);
        challenge(&mut world, &bye, status, "asterisk", "MD5");
        world.nothing_sent();
        world.no_event();
    }
}

#[test]
fn one_that_asked_outside_of_a_dialog_is_answered_inside() {
    let mut world = registered("MD5");
    let (call, invite) = world.dial("600");
    challenge(&mut world, &invite, 407, "asterisk", "MD5");
    world.request(Method::Ack);
    let invite = world.request(Method::Invite);
    world.status(&invite, 404);
    world.request(Method::Ack);
    assert!(matches!(world.event(), Event::Ended { call: ended, .. } if ended == call));
    let bye = bye_by_way_of_a_proxy(&mut world);
    challenge(&mut world, &bye, 407, "asterisk", "MD5");
    assert!(has_digest(&world.request(Method::Bye), Name::ProxyAuthorization));
    // Still no 401: the other side alone could ask like that.
    let bye = bye_by_way_of_a_proxy(&mut world);
    challenge(&mut world, &bye, 401, "asterisk", "MD5");
    world.nothing_sent();
}

#[test]
fn nobody_brings_a_weaker_hash_into_play() {
    for status in [401, 407] {
        let mut world = registered("SHA-256");
        let (_, invite) = world.dial("600");
        challenge(&mut world, &invite, status, "asterisk", "MD5");
        world.request(Method::Ack);
        assert!(matches!(world.event(), Event::Ended { end: End::Refused { .. }, .. }));
        world.nothing_sent();
    }
}

#[test]
fn an_edge_proxy_and_the_registrar_each_get_their_own() {
    let mut world = World::new();
    world.start();
    let first = world.request(Method::Register);
    challenge(&mut world, &first, 407, "edge", "MD5");
    let second = world.request(Method::Register);
    assert!(has_digest(&second, Name::ProxyAuthorization));
    challenge(&mut world, &second, 401, "asterisk", "MD5");
    let third = world.confirm_registration();
    assert!(has_digest(&third, Name::ProxyAuthorization));
    assert!(has_digest(&third, Name::Authorization));
    let count = third.headers().text(Name::ProxyAuthorization).expect("credentials");
    assert!(count.contains("nc=00000002"), "a count is used once: {count}");
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.line(), Line::Registered);
    // Both are shown unasked from now on.
    let (_, invite) = world.dial("600");
    assert!(has_digest(&invite, Name::ProxyAuthorization));
    assert!(has_digest(&invite, Name::Authorization));
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", ANSWER)
    });
    let ack = world.request(Method::Ack);
    assert!(has_digest(&ack, Name::ProxyAuthorization) && has_digest(&ack, Name::Authorization));
    // It asks for its own inside of a dialog as well.
    let Event::Remote { call, .. } = world.event() else { panic!("no answer") };
    world.event();
    world.hang_up(call);
    world.event();
    let bye = world.request(Method::Bye);
    world.status(&bye, 200);
    let bye = bye_by_way_of_a_proxy(&mut world);
    challenge(&mut world, &bye, 407, "edge", "MD5");
    assert!(has_digest(&world.request(Method::Bye), Name::ProxyAuthorization));
}

#[test]
fn either_may_refuse_the_password() {
    for last in [407, 401] {
        let mut world = World::new();
        world.start();
        for (status, realm) in [(407, "edge"), (401, "asterisk")] {
            let register = world.request(Method::Register);
            challenge(&mut world, &register, status, realm, "MD5");
        }
        let register = world.request(Method::Register);
        let realm = if last == 407 { "edge" } else { "asterisk" };
        challenge(&mut world, &register, last, realm, "MD5");
        world.nothing_sent();
        assert_eq!(world.line(), Line::Connecting);
        let refused = Line::Failed { problem: Problem::PasswordRefused, retry_at: None };
        assert_eq!(world.line(), refused);
    }
}
