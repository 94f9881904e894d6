//! DTMF by INFO, for a PBX that asks for it.

use ringdock_sip::CallId;
use ringdock_sip::message::{Draft, Method, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::World;

#[test]
fn a_digit_is_sent_as_info() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let mut last = invite.cseq().number;
    for digit in "0*#D".chars() {
        world.with(|agent, now| agent.info_digit(now, call, digit));
        let info = world.request(Method::Info);
        assert!(info.cseq().number > last);
        last = info.cseq().number;
        let kind = info.headers().content_type().expect("a type");
        assert!(kind.is("application", "dtmf-relay"));
        let body = format!("Signal={digit}\r\nDuration=160\r\n");
        assert_eq!(info.body(), body.as_bytes());
        world.status(&info, 200);
    }
    world.no_event();
}

#[test]
fn what_is_no_digit_and_where_there_is_no_call_nothing_is_sent() {
    let mut world = World::registered();
    let (call, _) = world.dial("600");
    world.with(|agent, now| agent.info_digit(now, call, '1'));
    world.with(|agent, now| agent.info_digit(now, CallId(99), '1'));
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    for digit in ['E', 'a', '\r', ' ', 'é'] {
        world.with(|agent, now| agent.info_digit(now, call, digit));
    }
    world.nothing_sent();
}

#[test]
fn a_challenge_is_answered() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.info_digit(now, call, '1'));
    let info = world.request(Method::Info);
    world.reply(&info, |info| {
        Draft::response(info.headers(), 407, Some("callee"))
            .with(Name::ProxyAuthenticate, r#"Digest realm="pbx.test",nonce="n",qop="auth""#)
    });
    let again = world.request(Method::Info);
    assert!(again.headers().get(Name::ProxyAuthorization).is_some());
    assert_eq!(again.body(), info.body());
    assert!(again.cseq().number > info.cseq().number);
}
