//! The other side changes the session (RFC 3261, section 14).

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, describe};

#[test]
fn a_new_offer_is_answered() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let mut reinvite =
        world.within(&invite, &tag, Method::Invite, 11).with_body("application/sdp", "v=0 new");
    reinvite.set(Name::Contact, "<sip:elsewhere@pbx.test>");
    world.send(&reinvite);
    world.response(100);
    let offer = Some("v=0 new".to_owned());
    assert_eq!(world.event(), describe(call, 1, offer));
    world.describe(call, 0, "stale");
    world.nothing_sent();
    world.describe(call, 1, ANSWER);
    assert_eq!(world.response(200).body(), ANSWER.as_bytes());
    let ack = world.within(&invite, &tag, Method::Ack, 11);
    world.send(&ack);
    world.pass_secs(5);
    world.nothing_sent();
    world.no_event();
    // The Contact moved.
    world.hang_up(call);
    assert_eq!(world.request(Method::Bye).uri().as_str(), "sip:elsewhere@pbx.test");
}

#[test]
fn without_an_offer_gets_ours() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let reinvite = world.callee(&invite, Method::Invite, 1);
    world.send(&reinvite);
    world.response(100);
    assert_eq!(world.event(), describe(call, 1, None));
    world.describe(call, 1, OFFER);
    assert_eq!(world.response(200).body(), OFFER.as_bytes());
    let ack = world.callee(&invite, Method::Ack, 1).with_body("application/sdp", ANSWER);
    world.send(&ack);
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 1, sdp, early: false });
    world.no_event();
}

#[test]
fn that_the_browser_refuses_leaves_the_call_as_it_was() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let reinvite =
        world.within(&invite, &tag, Method::Invite, 11).with_body("application/sdp", "nonsense");
    world.send(&reinvite);
    world.response(100);
    world.event();
    world.with(|agent, now| agent.description_refused(now, call, 1));
    world.response(488);
    world.no_event();
    let info = world.within(&invite, &tag, Method::Info, 12);
    world.send(&info);
    world.response(200);
}

#[test]
fn that_is_taken_back_is_set_right() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let draft =
        world.within(&invite, &tag, Method::Invite, 11).with_body("application/sdp", "v=0 new");
    let reinvite = world.send(&draft);
    world.response(100);
    world.event();
    let mut cancel = world.within(&invite, &tag, Method::Cancel, 11);
    cancel.set(Name::Via, reinvite.via().to_string());
    world.send(&cancel);
    assert_eq!(world.response(200).cseq().method, Method::Cancel);
    world.response(487);
    // The browser may have changed the session already, or be about to.
    assert_eq!(world.event(), describe(call, 2, None));
    world.describe(call, 1, ANSWER);
    world.nothing_sent();
    world.describe(call, 2, OFFER);
    world.request(Method::Invite);
    world.no_event();
}

#[test]
fn a_second_one_must_wait_for_the_first() {
    let mut world = World::registered();
    let (_, invite, tag) = world.incoming_call();
    let first =
        world.within(&invite, &tag, Method::Invite, 11).with_body("application/sdp", "v=0 new");
    world.send(&first);
    world.response(100);
    let second =
        world.within(&invite, &tag, Method::Invite, 12).with_body("application/sdp", "v=0 newer");
    world.send(&second);
    assert!(
        world.response(500).headers().seconds(Name::RetryAfter).is_some_and(|pause| pause <= 10)
    );
}

#[test]
fn a_bye_ends_it_too() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let reinvite =
        world.within(&invite, &tag, Method::Invite, 11).with_body("application/sdp", "v=0 new");
    world.send(&reinvite);
    world.response(100);
    world.event();
    let bye = world.within(&invite, &tag, Method::Bye, 12);
    world.send(&bye);
    assert_eq!(world.response(487).cseq().method, Method::Invite);
    assert_eq!(world.response(200).cseq().method, Method::Bye);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
}
