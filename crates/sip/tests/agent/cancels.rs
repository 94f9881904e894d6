//! The caller gives up.

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{Cause, End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, response};

#[test]
fn before_the_offer_is_made() {
    let mut world = World::registered();
    let call = world.with(|agent, now| agent.dial(now, "600", None)).expect("a call");
    world.event();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::Cancelled, cause: None });
    world.describe(call, 0, OFFER);
    world.nothing_sent();
}

#[test]
fn while_it_rings() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    world.event();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::Cancelled, cause: None });
    let cancel = world.request(Method::Cancel);
    assert_eq!(cancel.via().branch(), invite.via().branch());
    assert_eq!(cancel.uri().as_str(), invite.uri().as_str());
    assert_eq!(cancel.cseq().number, invite.cseq().number);
    assert_eq!(cancel.call_id(), invite.call_id());
    assert_eq!(cancel.to().tag(), None);
    world.status(&cancel, 200);
    world.status(&invite, 487);
    world.request(Method::Ack);
    world.no_event();
    world.nothing_sent();
    world.dial("601");
}

#[test]
fn waits_until_something_was_heard_of_the_invite() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::Cancelled, cause: None });
    world.nothing_sent();
    world.status(&invite, 100);
    world.request(Method::Cancel);
    world.status(&invite, 180);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn passes_the_answer_on_its_way() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    world.event();
    world.hang_up(call);
    world.event();
    let cancel = world.request(Method::Cancel);
    world.accept(&invite, ANSWER);
    let bye = world.request(Method::Bye);
    world.status(&cancel, 481);
    world.status(&bye, 200);
    world.no_event();
    world.nothing_sent();
}

#[test]
fn is_over_even_if_the_other_side_says_nothing_more() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    world.event();
    world.hang_up(call);
    world.event();
    world.request(Method::Cancel);
    world.pass_secs(33);
    world.skip_keep_alives();
    world.reply(&invite, |invite| response(invite, 180, "callee"));
    world.reply(&invite, |invite| response(invite, 487, "callee"));
    world.no_event();
    world.nothing_sent();
}

#[test]
fn an_incoming_call_that_rings() {
    let mut world = World::registered();
    let (call, invite, _) = world.ring(Some(OFFER));
    let mut cancel = world.draft(Method::Cancel, 10);
    copy(&mut cancel, &invite);
    world.send(&cancel);
    let ok = world.response(200);
    assert_eq!(ok.cseq().method, Method::Cancel);
    let terminated = world.response(487);
    assert_eq!(terminated.cseq().method, Method::Invite);
    let end = End::CallerCancelled { answered_elsewhere: false };
    assert_eq!(world.event(), Event::Ended { call, end, cause: None });
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.nothing_sent();
    world.no_event();
}

#[test]
fn an_incoming_call_that_another_phone_took() {
    let mut world = World::registered();
    let (call, invite, _) = world.ring(Some(OFFER));
    let mut cancel = world
        .draft(Method::Cancel, 10)
        .with(Name::Reason, "Q.850;cause=26")
        .with(Name::Reason, "SIP;cause=200;text=\"Call completed elsewhere\"");
    copy(&mut cancel, &invite);
    world.send(&cancel);
    let end = End::CallerCancelled { answered_elsewhere: true };
    let text = Some("Call completed elsewhere".to_owned());
    let cause = Some(Cause { q850: Some(26), sip: Some(200), text });
    assert_eq!(world.event(), Event::Ended { call, end, cause });
}

#[test]
fn an_incoming_call_that_we_just_took() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.response(200);
    assert_eq!(world.event(), Event::Answered { call });
    let mut cancel = world.draft(Method::Cancel, 10);
    copy(&mut cancel, &invite);
    world.send(&cancel);
    assert_eq!(world.response(200).cseq().method, Method::Cancel);
    world.no_event();
    // The caller saw the 200, acknowledges and ends it.
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    let bye = world.within(&invite, &tag, Method::Bye, 11);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
}

#[test]
fn what_nobody_asked_for() {
    let mut world = World::registered();
    let cancel = world.draft(Method::Cancel, 10);
    world.send(&cancel);
    world.response(481);
}

/// Makes a CANCEL the one of this INVITE.
fn copy(cancel: &mut ringdock_sip::message::Draft, invite: &ringdock_sip::message::Request) {
    for name in [Name::Via, Name::From, Name::To, Name::CallId] {
        cancel.set(name, invite.headers().get(name).expect("a header"));
    }
}
