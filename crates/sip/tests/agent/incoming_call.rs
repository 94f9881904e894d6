//! A call that comes.

use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{End, Event};

use crate::world::{ANSWER, OFFER, World};

#[test]
fn rings_is_answered_and_ended_by_the_caller() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    world.describe(call, 0, ANSWER);
    world.nothing_sent();
    world.with(|agent, now| agent.answer(now, call));
    let ok = world.response(200);
    assert_eq!(ok.body(), ANSWER.as_bytes());
    assert_eq!(ok.to().tag(), Some(tag.as_str()));
    assert_eq!(world.event(), Event::Answered { call });
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    world.pass_secs(20);
    world.nothing_sent();

    let bye = world.within(&invite, &tag, Method::Bye, 11);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
}

#[test]
fn is_answered_as_soon_as_the_description_is_there() {
    let mut world = World::registered();
    let (call, _, _) = world.ring(Some(OFFER));
    world.with(|agent, now| agent.answer(now, call));
    world.nothing_sent();
    world.describe(call, 0, ANSWER);
    world.response(200);
    assert_eq!(world.event(), Event::Answered { call });
}

#[test]
fn keeps_to_the_first_description() {
    let mut world = World::registered();
    let (call, _, _) = world.ring(Some(OFFER));
    world.describe(call, 0, ANSWER);
    world.describe(call, 0, "v=0 another");
    world.with(|agent, now| agent.answer(now, call));
    assert_eq!(world.response(200).body(), ANSWER.as_bytes());
}

#[test]
fn is_ended_here() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    let bye = world.request(Method::Bye);
    assert_eq!(bye.uri().as_str(), "sip:pbx@pbx.test:5060;transport=ws");
    assert_eq!(bye.from().tag(), Some(tag.as_str()));
    assert_eq!(bye.to().tag(), invite.from().tag());
    assert_eq!(bye.call_id(), invite.call_id());
    world.status(&bye, 481);
    world.no_event();
}

#[test]
fn shows_who_calls_and_no_control_characters() {
    let mut world = World::registered();
    let mut draft = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    draft.set(Name::From, "\"<b>Eve\u{7}</b>\" <sip:%2B44%0D%0A20@pbx.test>;tag=x");
    world.send(&draft);
    let Event::Incoming { caller, .. } = world.event() else { panic!("not a call") };
    assert_eq!(caller.number, "+4420");
    let name = caller.name.expect("a name");
    assert!(name.starts_with("<b>Eve") && !name.contains('\u{7}'), "{name:?}");
}

#[test]
fn without_an_offer_gets_ours_and_answers_in_the_ack() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(None);
    world.describe(call, 0, OFFER);
    world.with(|agent, now| agent.answer(now, call));
    assert_eq!(world.response(200).body(), OFFER.as_bytes());
    assert_eq!(world.event(), Event::Answered { call });
    let ack = world.within(&invite, &tag, Method::Ack, 10).with_body("application/sdp", ANSWER);
    world.send(&ack);
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    world.send(&ack);
    world.no_event();
}

#[test]
fn without_an_offer_and_without_an_answer_is_ended() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(None);
    world.describe(call, 0, OFFER);
    world.with(|agent, now| agent.answer(now, call));
    world.response(200);
    world.event();
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    assert_eq!(world.event(), Event::Ended { call, end: End::BadReply, cause: None });
    world.request(Method::Bye);
}

#[test]
fn is_declined() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    world.with(|agent, now| agent.decline(now, call));
    world.response(486);
    assert_eq!(world.event(), Event::Ended { call, end: End::Declined, cause: None });
    // The INVITE again gets the refusal again, until its ACK came.
    world.send_again(&invite);
    world.response(486);
    let mut ack = world.within(&invite, &tag, Method::Ack, 10);
    ack.set(Name::Via, invite.via().to_string());
    world.send(&ack);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn is_declined_by_hanging_up() {
    let mut world = World::registered();
    let (call, _, _) = world.ring(Some(OFFER));
    world.hang_up(call);
    world.response(486);
    assert_eq!(world.event(), Event::Ended { call, end: End::Declined, cause: None });
}

#[test]
fn whose_offer_the_browser_refuses_gets_488() {
    let mut world = World::registered();
    let (call, _, _) = world.ring(Some("nonsense"));
    world.with(|agent, now| agent.description_refused(now, call, 0));
    world.response(488);
    assert_eq!(world.event(), Event::Ended { call, end: End::Media, cause: None });
}

#[test]
fn repeats_its_answer_until_it_is_acknowledged() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    let first = world.raw();
    world.event();
    // T1, doubled up to T2 (RFC 3261, section 13.3.1.4).
    for pause in [500, 1000, 2000, 4000, 4000] {
        world.pass(Duration::from_millis(pause - 1));
        world.nothing_sent();
        world.pass(Duration::from_millis(1));
        assert_eq!(world.raw(), first);
    }
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    world.pass_secs(12);
    world.nothing_sent();
}

#[test]
fn that_is_never_acknowledged_is_ended() {
    let mut world = World::registered();
    let (call, _, _) = world.ring(Some(OFFER));
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.event();
    world.pass_secs(31);
    world.no_event();
    world.pass_secs(1);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    let sent = world.everything_sent();
    assert!(sent.last().is_some_and(|last| last.starts_with("BYE ")), "{sent:?}");
}

#[test]
fn is_not_ended_before_the_answer_is_acknowledged() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    world.response(200);
    world.event();
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    world.nothing_sent();
    world.pass(Duration::from_millis(500));
    world.response(200);
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    let bye = world.request(Method::Bye);
    world.status(&bye, 200);
    world.pass_secs(10);
    world.nothing_sent();
}

#[test]
fn that_comes_twice_rings_once() {
    let mut world = World::registered();
    let (_, invite, _) = world.ring(Some(OFFER));
    world.send_again(&invite);
    world.response(180);
    world.no_event();
}

#[test]
fn that_came_by_two_ways_is_refused_the_second_time() {
    let mut world = World::registered();
    let (_, invite, _) = world.ring(Some(OFFER));
    let mut copy = world.draft(Method::Invite, 10).with_body("application/sdp", OFFER);
    copy.set(Name::From, invite.from().to_string());
    copy.set(Name::CallId, invite.call_id());
    world.send(&copy);
    world.response(482);
    world.no_event();
}

#[test]
fn from_a_caller_of_rfc_2543_without_branches_is_told_apart_all_the_same() {
    let mut world = World::registered();
    let mut draft = world.draft(Method::Invite, 10).with_body("application/sdp", OFFER);
    draft.set(Name::Via, "SIP/2.0/WSS pbx.test:8089");
    let invite = world.send(&draft);
    world.response(180);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.send(&draft);
    world.response(180);
    world.no_event();
    let mut cancel = world.draft(Method::Cancel, 10);
    for name in [Name::Via, Name::From, Name::To, Name::CallId] {
        cancel.set(name, invite.headers().get(name).expect("a header"));
    }
    world.send(&cancel);
    world.response(200);
    world.response(487);
    let end = End::CallerCancelled { answered_elsewhere: false };
    assert_eq!(world.event(), Event::Ended { call, end, cause: None });
}

#[test]
fn that_the_caller_ends_with_bye_while_it_rings() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    let bye = world.within(&invite, &tag, Method::Bye, 11);
    world.send(&bye);
    assert_eq!(world.response(200).cseq().method, Method::Bye);
    assert_eq!(world.response(487).cseq().method, Method::Invite);
    let end = End::CallerCancelled { answered_elsewhere: false };
    assert_eq!(world.event(), Event::Ended { call, end, cause: None });
}

#[test]
fn from_nowhere_cannot_be_taken() {
    let mut world = World::registered();
    let mut draft = world.draft(Method::Invite, 10).with_body("application/sdp", OFFER);
    draft.set(Name::Contact, "*");
    world.send(&draft);
    world.response(400);
    let mut draft = world.draft(Method::Invite, 10).with_body("application/sdp", OFFER);
    draft.remove(Name::Contact);
    draft.set(Name::From, "<tel:+4420>;tag=gateway");
    world.send(&draft);
    world.response(400);
    world.no_event();
}

#[test]
fn the_dialogs_route_is_recorded_and_followed() {
    let mut world = World::registered();
    let draft = world
        .draft(Method::Invite, 10)
        .with(Name::RecordRoute, "<sip:a.test;lr>")
        .with(Name::RecordRoute, "<sip:b.test;lr>")
        .with_body("application/sdp", OFFER);
    world.send(&draft);
    let ringing = world.response(180);
    let recorded = ringing.headers().addresses(Name::RecordRoute).expect("a route");
    assert_eq!(recorded.len(), 2);
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    let ok = world.response(200);
    assert_eq!(ok.headers().addresses(Name::RecordRoute).map(|routes| routes.len()), Ok(2));
    world.pass_secs(32);
    let sent = world.everything_sent();
    let bye = sent.last().expect("a BYE");
    assert!(bye.starts_with("BYE sip:pbx@pbx.test"), "{bye}");
    let (a, b) = (bye.find("<sip:a.test;lr>"), bye.find("<sip:b.test;lr>"));
    assert!(a.is_some() && a < b, "{bye}");
}
