//! Digests go to whom they are due, and to nobody else.

use ringdock_sip::digest::{Credentials, challenges};
use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{End, Event, Line, Problem};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, World, response};

const ASTERISK: &str = r#"Digest realm="asterisk",nonce="n1",opaque="o",algorithm=MD5,qop="auth""#;

fn challenge(world: &mut World, request: &Request, status: u16, value: &str) {
    let header = if status == 407 { Name::ProxyAuthenticate } else { Name::WwwAuthenticate };
    world.reply(request, |request| {
        Draft::response(request.headers(), status, Some("s")).with(header, value)
    });
}

/// A parameter of the Authorization.
fn parameter(request: &Request, name: &str) -> Option<String> {
    let value = request.headers().text(Name::Authorization)?;
    let (_, rest) = value.split_once(&format!("{name}="))?;
    let rest = rest.split(',').next()?.trim();
    Some(rest.trim_matches('"').to_owned())
}

/// The request bears the right answer to the challenge, in its n-th use.
#[track_caller]
fn assert_answers(request: &Request, challenge: &str, count: u32) {
    let challenge = challenges(challenge.as_bytes()).remove(0);
    let credentials = Credentials { username: "1001", password: "secret" };
    let cnonce = parameter(request, "cnonce").expect("a cnonce");
    let right =
        challenge.answer(credentials, request.method(), request.uri().as_str(), &cnonce, count);
    assert_eq!(request.headers().text(Name::Authorization), Some(right));
}

/// An agent that registered with a digest of the realm "asterisk".
fn registered() -> World {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    assert_eq!(register.headers().get(Name::Authorization), None);
    challenge(&mut world, &register, 401, ASTERISK);
    let answer = world.confirm_registration();
    assert_answers(&answer, ASTERISK, 1);
    assert_eq!(answer.cseq().number, register.cseq().number + 1);
    assert_eq!(answer.call_id(), register.call_id());
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.line(), Line::Registered);
    world
}

#[test]
fn the_realm_need_not_be_the_domain() {
    registered();
}

#[test]
fn sha_256_is_preferred() {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    let sha = r#"Digest realm="pbx.test",nonce="n2",algorithm=SHA-256,qop="auth""#;
    world.reply(&register, |register| {
        Draft::response(register.headers(), 401, Some("s"))
            .with(
                Name::WwwAuthenticate,
                r#"Digest realm="pbx.test",nonce="n1",algorithm=MD5,qop="auth""#,
            )
            .with(Name::WwwAuthenticate, sha)
    });
    assert_answers(&world.request(Method::Register), sha, 1);
}

#[test]
fn a_stale_nonce_is_replaced_without_a_word_to_the_user() {
    let mut world = World::new();
    world.start();
    let first = world.request(Method::Register);
    challenge(&mut world, &first, 401, ASTERISK);
    let second = world.request(Method::Register);
    let stale = r#"Digest realm="asterisk",nonce="n2",stale=true,algorithm=MD5,qop="auth""#;
    challenge(&mut world, &second, 401, stale);
    let third = world.confirm_registration();
    assert_answers(&third, stale, 1);
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.line(), Line::Registered);
}

#[test]
fn a_server_that_calls_every_nonce_stale_is_not_asked_for_ever() {
    let mut world = World::new();
    world.start();
    let first = world.request(Method::Register);
    challenge(&mut world, &first, 401, ASTERISK);
    for _ in 0..2 {
        let again = world.request(Method::Register);
        let stale = r#"Digest realm="asterisk",nonce="n2",stale=TRUE,algorithm=MD5,qop="auth""#;
        challenge(&mut world, &again, 401, stale);
    }
    assert_eq!(world.line(), Line::Connecting);
    assert!(matches!(
        world.line(),
        Line::Failed { problem: Problem::Server { status: 401, .. }, .. }
    ));
    world.nothing_sent();
}

#[test]
fn a_wrong_password_is_sent_once_and_not_again() {
    let mut world = World::new();
    world.start();
    let first = world.request(Method::Register);
    challenge(&mut world, &first, 401, ASTERISK);
    let second = world.request(Method::Register);
    challenge(&mut world, &second, 401, &ASTERISK.replace("n1", "n2"));
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.line(), Line::Failed { problem: Problem::PasswordRefused, retry_at: None });

    world.with(|agent, now| agent.reconnect_now(now));
    world.pass_secs(3600);
    world.skip_keep_alives();
    world.close();
    world.pass_secs(3600);
    world.nothing_sent();
    world.no_event();
    assert_eq!(world.connects, 1);

    // Starting again is a wish to try again.
    world.start();
    world.request(Method::Register);
    assert_eq!(world.connects, 2);
}

#[test]
fn a_wrong_password_is_not_sent_again_because_the_socket_died() {
    let mut world = World::new();
    world.start();
    world.bytes(b"\r\n");
    let first = world.request(Method::Register);
    challenge(&mut world, &first, 401, ASTERISK);
    let second = world.request(Method::Register);
    challenge(&mut world, &second, 401, &ASTERISK.replace("n1", "n2"));
    world.line();
    world.line();
    // A keep-alive without its pong.
    world.pass_secs(41);
    world.no_event();
    assert_eq!((world.connects, world.disconnects), (1, 1));
    assert_eq!(world.agent.poll_timeout(), None);
}

#[test]
fn a_nonce_is_used_again_with_a_higher_count() {
    let mut world = registered();
    world.pass_to_renewal();
    let renewal = world.confirm_registration();
    assert_answers(&renewal, ASTERISK, 2);
    let (_, invite) = world.dial("600");
    assert_answers(&invite, ASTERISK, 3);
}

#[test]
fn a_nonce_that_is_too_old_for_a_second_use_is_no_wrong_password() {
    let mut world = registered();
    world.pass_to_renewal();
    let renewal = world.request(Method::Register);
    // Some servers do not say stale here.
    let fresh = ASTERISK.replace("n1", "n2");
    challenge(&mut world, &renewal, 401, &fresh);
    let again = world.confirm_registration();
    assert_answers(&again, &fresh, 1);
    world.no_event();
}

#[test]
fn no_digest_goes_to_a_foreign_address_unasked() {
    let mut world = registered();
    let (_, invite) = world.dial("sip:bob@elsewhere.test");
    assert_eq!(invite.headers().get(Name::Authorization), None);
}

#[test]
fn a_challenged_invite_is_acknowledged_and_sent_again() {
    for status in [401, 407] {
        let mut world = registered();
        let (call, invite) = world.dial("600");
        let fresh = ASTERISK.replace("n1", "n9");
        challenge(&mut world, &invite, status, &fresh);
        let ack = world.request(Method::Ack);
        assert_eq!(ack.via().branch(), invite.via().branch());
        assert_eq!(ack.cseq().number, invite.cseq().number);
        let again = world.request(Method::Invite);
        assert_eq!(again.cseq().number, invite.cseq().number + 1);
        assert_eq!(again.call_id(), invite.call_id());
        assert_eq!(again.body(), invite.body());
        assert_ne!(again.via().branch(), invite.via().branch());
        let header = if status == 407 { Name::ProxyAuthorization } else { Name::Authorization };
        let credentials = again.headers().text(header).expect("credentials");

        world.reply(&again, |again| {
            response(again, 200, "callee").with_body("application/sdp", ANSWER)
        });
        let ack = world.request(Method::Ack);
        assert_eq!(ack.cseq().number, again.cseq().number);
        assert_eq!(
            ack.headers().text(header),
            Some(credentials),
            "the ACK has the INVITE's credentials"
        );
        assert!(matches!(world.event(), Event::Remote { .. }));
        assert_eq!(world.event(), Event::Answered { call });
    }
}

#[test]
fn an_invite_that_is_challenged_again_ends_as_refused() {
    let mut world = registered();
    let (call, invite) = world.dial("600");
    challenge(&mut world, &invite, 401, &ASTERISK.replace("n1", "n3"));
    world.request(Method::Ack);
    let again = world.request(Method::Invite);
    challenge(&mut world, &again, 401, &ASTERISK.replace("n1", "n4"));
    world.request(Method::Ack);
    assert!(matches!(
        world.event(),
        Event::Ended { call: ended, end: End::Refused { status: 401, .. }, cause: None } if ended == call
    ));
    world.nothing_sent();
}

#[test]
fn a_foreign_realm_gets_no_digest_and_the_next_call_works() {
    let mut world = registered();
    let (call, invite) = world.dial("600");
    let foreign = r#"Digest realm="evil.test",nonce="x",algorithm=MD5,qop="auth""#;
    challenge(&mut world, &invite, 407, foreign);
    world.request(Method::Ack);
    assert!(matches!(
        world.event(),
        Event::Ended { call: ended, end: End::Refused { status: 407, .. }, cause: None } if ended == call
    ));
    world.nothing_sent();
    world.outgoing_call();
}

#[test]
fn the_identitys_own_domain_is_no_foreign_realm() {
    let mut world = registered();
    let (_, invite) = world.dial("600");
    challenge(
        &mut world,
        &invite,
        401,
        r#"Digest realm="pbx.test",nonce="x",algorithm=MD5,qop="auth""#,
    );
    world.request(Method::Ack);
    world.request(Method::Invite);
}

#[test]
fn the_realm_of_the_registration_does_not_change_later() {
    let mut world = registered();
    world.pass_to_renewal();
    let renewal = world.request(Method::Register);
    challenge(
        &mut world,
        &renewal,
        401,
        r#"Digest realm="evil.test",nonce="x",algorithm=MD5,qop="auth""#,
    );
    world.nothing_sent();
    assert!(matches!(
        world.line(),
        Line::Failed { problem: Problem::Refused { status: 401, .. }, .. }
    ));
}

#[test]
fn a_challenge_to_a_request_that_was_not_sent_is_dropped() {
    let mut world = registered();
    let (_, invite) = world.outgoing_call();
    let mut draft =
        Draft::response(invite.headers(), 401, Some("s")).with(Name::WwwAuthenticate, ASTERISK);
    draft.set(Name::CSeq, "9 BYE");
    world.bytes(&draft.to_bytes());
    // Nor is a refusal of an INVITE that was accepted.
    challenge(&mut world, &invite, 401, ASTERISK);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn a_challenged_bye_is_sent_again() {
    let mut world = registered();
    let (call, _) = world.outgoing_call();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    let bye = world.request(Method::Bye);
    challenge(&mut world, &bye, 401, ASTERISK);
    let again = world.request(Method::Bye);
    assert_eq!(again.cseq().number, bye.cseq().number + 1);
    assert!(again.headers().get(Name::Authorization).is_some());
    world.status(&again, 200);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn a_scheme_that_is_not_known_is_a_refusal() {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    challenge(&mut world, &register, 401, r#"Bearer realm="pbx.test""#);
    world.nothing_sent();
    assert_eq!(world.line(), Line::Connecting);
    assert!(matches!(
        world.line(),
        Line::Failed { problem: Problem::Refused { status: 401, .. }, .. }
    ));
}
