//! Several phones answer one INVITE (RFC 3261, section 13.2.2.4).

use ringdock_sip::message::Method;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, World, response};

#[test]
fn the_second_answer_gets_an_ack_and_a_bye_of_its_own() {
    let mut world = World::registered();
    let (_, invite) = world.outgoing_call();
    world.reply(&invite, |invite| {
        response(invite, 200, "other").with_body("application/sdp", ANSWER)
    });
    let ack = world.request(Method::Ack);
    assert_eq!(ack.to().tag(), Some("other"));
    let bye = world.request(Method::Bye);
    assert_eq!(bye.to().tag(), Some("other"));
    world.status(&bye, 200);
    world.no_event();
    // The first one is still up.
    let info = world.callee(&invite, Method::Info, 1);
    world.send(&info);
    world.response(200);
}

#[test]
fn the_second_answer_after_the_call_was_given_up_gets_them_too() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    world.event();
    world.hang_up(call);
    world.event();
    world.request(Method::Cancel);
    for tag in ["one", "two"] {
        world.reply(&invite, |invite| {
            response(invite, 200, tag).with_body("application/sdp", ANSWER)
        });
        assert_eq!(world.request(Method::Ack).to().tag(), Some(tag));
        assert_eq!(world.request(Method::Bye).to().tag(), Some(tag));
    }
    // The same answer again gets its ACK alone.
    world
        .reply(&invite, |invite| response(invite, 200, "one").with_body("application/sdp", ANSWER));
    world.request(Method::Ack);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn a_flood_of_answers_is_not_kept() {
    let mut world = World::registered();
    let (_, invite) = world.outgoing_call();
    let mut byes = 0;
    for fork in 0..100 {
        let tag = format!("fork{fork}");
        world.reply(&invite, |invite| {
            response(invite, 200, &tag).with_body("application/sdp", ANSWER)
        });
        world.request(Method::Ack);
        if world.has_sent() {
            world.request(Method::Bye);
            byes += 1;
        }
    }
    assert!((5..20).contains(&byes), "{byes}");
    world.no_event();
}
