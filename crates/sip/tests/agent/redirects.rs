//! 3xx followed, bounded (RFC 3261, section 8.1.3.4).

use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{CallId, End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, response};

fn moved(world: &mut World, invite: &Request, contacts: &str) {
    world.reply(invite, |invite| {
        Draft::response(invite.headers(), 302, Some("redirect")).with(Name::Contact, contacts)
    });
    world.request(Method::Ack);
}

#[track_caller]
fn is_refused(world: &mut World, call: CallId, expected: u16) {
    let Event::Ended { call: ended, end: End::Refused { status, .. }, .. } = world.event() else {
        panic!("not refused")
    };
    assert_eq!((ended, status), (call, expected));
    world.nothing_sent();
}

#[test]
fn in_the_order_of_preference_until_one_answers() {
    let mut world = World::registered();
    let (call, first) = world.dial("600");
    let contacts = "<sip:c@pbx.test>;q=0.25, <sip:b@pbx.test?Subject=x>;q=0.7, <sip:a@pbx.test>";
    moved(&mut world, &first, contacts);
    let mut last = first.cseq().number;
    for target in ["sip:a@pbx.test", "sip:b@pbx.test", "sip:c@pbx.test"] {
        let invite = world.request(Method::Invite);
        assert_eq!(invite.uri().as_str(), target);
        assert_eq!(invite.call_id(), first.call_id());
        assert_eq!(invite.from().tag(), first.from().tag());
        assert_eq!(invite.to().to_string(), first.to().to_string());
        assert_eq!(invite.body(), OFFER.as_bytes());
        assert!(invite.cseq().number > last);
        last = invite.cseq().number;
        if target == "sip:c@pbx.test" {
            world.reply(&invite, |invite| {
                response(invite, 200, "callee").with_body("application/sdp", ANSWER)
            });
            assert_eq!(world.request(Method::Ack).cseq().number, last);
        } else {
            world.status(&invite, 486);
            world.request(Method::Ack);
        }
        if target == "sip:a@pbx.test" {
            world.no_event();
        }
    }
    world.event();
    assert_eq!(world.event(), Event::Answered { call });
}

#[test]
fn that_all_refuse_ends_with_the_last_refusal() {
    let mut world = World::registered();
    let (call, first) = world.dial("600");
    moved(&mut world, &first, "<sip:a@pbx.test>");
    let invite = world.request(Method::Invite);
    world.status(&invite, 480);
    world.request(Method::Ack);
    is_refused(&mut world, call, 480);
}

#[test]
fn a_refusal_for_everybody_ends_it() {
    let mut world = World::registered();
    let (call, first) = world.dial("600");
    moved(&mut world, &first, "<sip:a@pbx.test>, <sip:b@pbx.test>");
    let invite = world.request(Method::Invite);
    world.status(&invite, 603);
    world.request(Method::Ack);
    is_refused(&mut world, call, 603);
}

#[test]
fn never_in_a_circle() {
    let mut world = World::registered();
    let (call, first) = world.dial("600");
    moved(&mut world, &first, "<sip:a@pbx.test>");
    let invite = world.request(Method::Invite);
    moved(&mut world, &invite, "<sip:600@PBX.test>, <sip:a@pbx.test>");
    is_refused(&mut world, call, 302);
}

#[test]
fn never_without_end() {
    let mut world = World::registered();
    let (call, mut invite) = world.dial("600");
    let mut tried = 1;
    loop {
        moved(&mut world, &invite, &format!("<sip:hop{tried}@pbx.test>"));
        if !world.has_sent() {
            break;
        }
        invite = world.request(Method::Invite);
        tried += 1;
        assert!(tried < 20);
    }
    assert_eq!(tried, 6);
    is_refused(&mut world, call, 302);
}

#[test]
fn only_to_what_can_be_called() {
    let mut world = World::registered();
    let (_, first) = world.dial("600");
    moved(&mut world, &first, "<mailto:eve@pbx.test>, <https://pbx.test/>, <tel:+44-20>");
    assert_eq!(world.request(Method::Invite).uri().as_str(), "sip:+4420@pbx.test");

    let mut world = World::registered();
    let (call, first) = world.dial("600");
    moved(&mut world, &first, "<mailto:eve@pbx.test>");
    is_refused(&mut world, call, 302);
}

#[test]
fn a_user_who_gives_up_ends_it() {
    let mut world = World::registered();
    let (call, first) = world.dial("600");
    moved(&mut world, &first, "<sip:a@pbx.test>, <sip:b@pbx.test>");
    let invite = world.request(Method::Invite);
    world.status(&invite, 180);
    world.event();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::Cancelled, cause: None });
    assert_eq!(world.request(Method::Cancel).uri().as_str(), "sip:a@pbx.test");
    world.status(&invite, 487);
    world.request(Method::Ack);
    world.nothing_sent();
}
