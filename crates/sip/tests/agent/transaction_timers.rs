//! The timers of transactions over a reliable transport (RFC 3261, sections 17.1.1.2, 17.1.2.2 and 17.2.1; RFC 6026,
//! section 8): all are 64*T1.

use std::time::Duration;

use ringdock_sip::message::Method;
use ringdock_sip::{End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, response};

const LIMIT: Duration = Duration::from_secs(32);
const MOMENT: Duration = Duration::from_millis(1);

/// Lets time pass until just before a timer that begins now.
fn pass_nearly(world: &mut World) {
    world.pass(LIMIT - MOMENT);
    world.skip_keep_alives();
}

#[test]
fn timer_b_ends_a_call_that_nobody_replies_to() {
    let mut world = World::registered_for_long();
    let (call, invite) = world.dial("600");
    pass_nearly(&mut world);
    world.no_event();
    world.pass(MOMENT);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    // A reply that comes later belongs to nothing.
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", ANSWER)
    });
    world.nothing_sent();
    world.no_event();
}

#[test]
fn timer_b_does_not_run_once_something_was_heard() {
    let mut world = World::registered_for_long();
    let (_, invite) = world.dial("600");
    world.status(&invite, 100);
    world.pass(LIMIT * 2);
    world.no_event();
}

#[test]
fn timer_f_gives_a_request_up_also_after_a_provisional_response() {
    for provisional in [false, true] {
        let mut world = World::registered_for_long();
        let (call, _) = world.outgoing_call();
        world.with(|agent, now| agent.info_digit(now, call, '5'));
        let info = world.request(Method::Info);
        if provisional {
            world.status(&info, 100);
        }
        pass_nearly(&mut world);
        world.nothing_sent();
        world.pass(MOMENT);
        // The call is asked after.
        world.request(Method::Update);
        // A reply that comes later belongs to nothing.
        world.status(&info, 481);
        world.no_event();
    }
}

#[test]
fn timer_h_forgets_a_refusal_that_is_not_acknowledged() {
    let mut world = World::registered_for_long();
    let (call, invite, _) = world.ring(Some(OFFER));
    world.with(|agent, now| agent.decline(now, call));
    world.response(486);
    world.event();
    pass_nearly(&mut world);
    world.send_again(&invite);
    world.response(486);
    world.no_event();
    world.pass(MOMENT);
    // The same again is a new call.
    world.send_again(&invite);
    world.response(180);
    assert!(matches!(world.event(), Event::Incoming { .. }));
}

#[test]
fn timer_l_absorbs_an_invite_that_was_accepted() {
    let mut world = World::registered_for_long();
    let (_, invite, tag) = world.incoming_call();
    pass_nearly(&mut world);
    world.send_again(&invite);
    world.nothing_sent();
    world.no_event();
    world.pass(MOMENT);
    // Then it is a second call.
    world.send_again(&invite);
    assert_ne!(world.response(486).to().tag(), Some(tag.as_str()));
}

#[test]
fn timer_m_acknowledges_answers_that_come_again() {
    let mut world = World::registered_for_long();
    let (_, invite) = world.outgoing_call();
    pass_nearly(&mut world);
    for tag in ["callee", "another"] {
        world.reply(&invite, |invite| {
            response(invite, 200, tag).with_body("application/sdp", ANSWER)
        });
        assert_eq!(world.request(Method::Ack).to().tag(), Some(tag));
    }
    assert_eq!(world.request(Method::Bye).to().tag(), Some("another"));
    world.pass(MOMENT);
    for tag in ["callee", "late"] {
        world.reply(&invite, |invite| {
            response(invite, 200, tag).with_body("application/sdp", ANSWER)
        });
    }
    world.nothing_sent();
    world.no_event();
}
