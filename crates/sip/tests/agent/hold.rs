//! Hold and resume, also when the other side refuses.

use std::time::Duration;

use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{CallId, End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::switchboard::Switchboard;
use crate::world::{World, describe, response};

const HELD: &str = "v=0\r\nm=audio 9 X 0\r\na=sendonly\r\n";
const HEARS: &str = "v=0\r\nm=audio 9 X 0\r\na=recvonly\r\n";
const BOTH: &str = "v=0\r\nm=audio 9 X 0\r\na=sendrecv\r\n";

fn wanted(call: CallId, generation: u32, hold: bool) -> Event {
    Event::Describe { call, generation, offer: None, hold, restart_ice: false }
}

fn held(call: CallId, by_us: bool, by_them: bool) -> Event {
    Event::Hold { call, by_us, by_them }
}

/// Asks to hold, and gives out the INVITE.
#[track_caller]
fn hold(world: &mut World, call: CallId, generation: u32) -> Request {
    world.with(|agent, now| agent.hold(now, call));
    assert_eq!(world.event(), wanted(call, generation, true));
    world.nothing_sent();
    world.describe(call, generation, HELD);
    let invite = world.request(Method::Invite);
    assert_eq!(invite.body(), HELD.as_bytes());
    invite
}

/// A call that is about to be held; gives out the INVITE.
#[track_caller]
fn holding() -> (World, CallId, Request) {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    let invite = hold(&mut world, call, 1);
    (world, call, invite)
}

#[test]
fn holds_and_resumes() {
    let mut world = World::registered();
    let (call, first) = world.outgoing_call();
    let invite = hold(&mut world, call, 1);
    assert_eq!(invite.to().tag(), Some("callee"));
    assert_eq!(invite.call_id(), first.call_id());
    assert_eq!(invite.headers().get(Name::Contact), first.headers().get(Name::Contact));
    world.no_event();
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", HEARS)
    });
    let ack = world.request(Method::Ack);
    assert_eq!(ack.cseq().number, invite.cseq().number);
    let sdp = HEARS.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 1, sdp, early: false });
    assert_eq!(world.event(), held(call, true, false));
    // The same answer again is acknowledged again, and changes nothing.
    world.accept(&invite, HEARS);
    world.no_event();

    world.with(|agent, now| agent.resume(now, call));
    assert_eq!(world.event(), wanted(call, 2, false));
    world.describe(call, 2, BOTH);
    let invite = world.request(Method::Invite);
    world.accept(&invite, BOTH);
    world.event();
    assert_eq!(world.event(), held(call, false, false));
    world.no_event();
    world.nothing_sent();
}

#[test]
fn what_is_already_so_sends_nothing() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.resume(now, call));
    world.no_event();
    world.with(|agent, now| agent.hold(now, CallId(77)));
    world.no_event();
}

#[test]
fn refused_the_call_goes_on_as_it_was() {
    for status in [403, 415, 488, 500, 503, 603] {
        let (mut world, call, invite) = holding();
        world.status(&invite, status);
        assert_eq!(world.request(Method::Ack).via().branch(), invite.via().branch());
        assert_eq!(world.event(), Event::Rollback { call, generation: 1 });
        assert_eq!(world.event(), Event::HoldRefused { call, wanted: true });
        world.no_event();
        // And can be tried again.
        hold(&mut world, call, 2);
    }
}

#[test]
fn an_acceptance_without_an_answer_is_a_refusal() {
    let (mut world, call, invite) = holding();
    world.status(&invite, 200);
    world.request(Method::Ack);
    assert_eq!(world.event(), Event::Rollback { call, generation: 1 });
    assert_eq!(world.event(), Event::HoldRefused { call, wanted: true });
}

#[test]
fn timed_out_the_call_goes_on_as_it_was_if_it_still_is() {
    let mut world = World::registered_for_long();
    let (call, invite) = world.outgoing_call();
    hold(&mut world, call, 1);
    world.pass_secs(32);
    assert_eq!(world.event(), Event::Rollback { call, generation: 1 });
    assert_eq!(world.event(), Event::HoldRefused { call, wanted: true });
    world.skip_keep_alives();
    let question = world.request(Method::Update);
    world.status(&question, 200);
    world.no_event();
    let bye = world.callee(&invite, Method::Bye, 1);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
}

#[test]
fn timed_out_the_call_ends_if_nobody_answers_for_it_either() {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    hold(&mut world, call, 1);
    world.pass_secs(33);
    world.event();
    world.event();
    world.no_event();
    world.pass_secs(32);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    let sent = world.everything_sent();
    assert!(sent.iter().any(|message| message.starts_with("BYE ")), "{sent:?}");
}

#[test]
fn that_is_taken_after_it_was_given_up_is_set_right() {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    let invite = hold(&mut world, call, 1);
    world.status(&invite, 100);
    world.pass_secs(32);
    world.event();
    world.event();
    world.skip_keep_alives();
    let cancel = world.request(Method::Cancel);
    assert_eq!(cancel.via().branch(), invite.via().branch());
    world.request(Method::Update);
    // It was accepted in the same moment.
    world.accept(&invite, HEARS);
    assert_eq!(world.event(), wanted(call, 2, false));
    world.describe(call, 2, BOTH);
    world.request(Method::Invite);
}

#[test]
fn a_dialog_that_is_unknown_or_out_of_reach_is_over() {
    for (status, end) in [(481, End::FarEndHungUp), (408, End::Network)] {
        let (mut world, call, invite) = holding();
        world.status(&invite, status);
        world.request(Method::Ack);
        assert_eq!(world.event(), Event::Ended { call, end, cause: None });
        if status == 408 {
            world.request(Method::Bye);
        }
        world.nothing_sent();
    }
}

#[test]
fn a_change_of_mind_while_it_is_under_way_counts() {
    let (mut world, call, invite) = holding();
    world.with(|agent, now| agent.resume(now, call));
    world.nothing_sent();
    world.no_event();
    world.accept(&invite, HEARS);
    world.event();
    assert_eq!(world.event(), held(call, true, false));
    assert_eq!(world.event(), wanted(call, 2, false));
}

#[test]
fn an_offer_that_the_browser_cannot_make_is_a_refusal() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.hold(now, call));
    world.event();
    world.with(|agent, now| agent.description_refused(now, call, 1));
    assert_eq!(world.event(), Event::HoldRefused { call, wanted: true });
    world.no_event();
    world.nothing_sent();
}

#[test]
fn a_browser_that_refuses_what_came_to_nothing_ends_no_call() {
    let (mut world, call, invite) = holding();
    world.status(&invite, 488);
    world.request(Method::Ack);
    world.event();
    world.event();
    world.with(|agent, now| agent.description_refused(now, call, 1));
    world.no_event();
    world.nothing_sent();
}

#[test]
fn an_answer_that_the_browser_refuses_leaves_no_session() {
    let (mut world, call, invite) = holding();
    world.accept(&invite, HEARS);
    world.event();
    world.event();
    world.with(|agent, now| agent.description_refused(now, call, 1));
    assert_eq!(world.event(), Event::Ended { call, end: End::Media, cause: None });
    world.request(Method::Bye);
}

#[test]
fn the_next_try_waits_until_the_one_before_is_over() {
    for is_answered in [true, false] {
        let mut world = World::registered_for_long();
        let (call, _) = world.outgoing_call();
        let invite = hold(&mut world, call, 1);
        world.status(&invite, 100);
        world.pass_secs(32);
        while world.try_event().is_some() {}
        world.skip_keep_alives();
        world.request(Method::Cancel);
        let question = world.request(Method::Update);
        world.status(&question, 200);
        world.with(|agent, now| agent.hold(now, call));
        world.pass_secs(31);
        world.no_event();
        if is_answered {
            world.status(&invite, 487);
            world.skip_keep_alives();
            world.request(Method::Ack);
        } else {
            // The INVITE gets no final response at all.
            world.pass_secs(1);
        }
        assert_eq!(world.event(), wanted(call, 2, true));
        world.describe(call, 2, HELD);
        world.skip_keep_alives();
        let invite = world.request(Method::Invite);
        world.accept(&invite, HEARS);
        world.event();
        assert_eq!(world.event(), held(call, true, false));
    }
}

#[test]
fn a_challenge_is_answered() {
    let (mut world, call, invite) = holding();
    world.reply(&invite, |invite| {
        Draft::response(invite.headers(), 401, Some("callee"))
            .with(Name::WwwAuthenticate, r#"Digest realm="pbx.test",nonce="n",qop="auth""#)
    });
    world.request(Method::Ack);
    let again = world.request(Method::Invite);
    assert!(again.headers().get(Name::Authorization).is_some());
    assert_eq!(again.body(), HELD.as_bytes());
    world.accept(&again, HEARS);
    world.event();
    assert_eq!(world.event(), held(call, true, false));
}

#[test]
fn by_the_other_side_is_told() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    for (number, theirs, ours, by_them) in [(11, HELD, HEARS, true), (12, BOTH, BOTH, false)] {
        let draft = world
            .within(&invite, &tag, Method::Invite, number)
            .with_body("application/sdp", theirs);
        world.send(&draft);
        world.response(100);
        let generation = number - 10;
        assert_eq!(world.event(), describe(call, generation, Some(theirs.to_owned())));
        world.describe(call, generation, ours);
        world.response(200);
        assert_eq!(world.event(), held(call, false, by_them));
        let ack = world.within(&invite, &tag, Method::Ack, number);
        world.send(&ack);
    }
    world.no_event();
}

#[test]
fn that_went_down_with_the_socket_is_wanted_still() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    hold(&mut world, call, 1);
    world.close();
    assert_eq!(world.event(), Event::Line(lost(&world)));
    assert_eq!(world.event(), Event::Rollback { call, generation: 1 });
    assert_eq!(world.event(), Event::SignallingLost { call });
    world.with(|agent, now| agent.reconnect_now(now));
    world.event();
    world.open();
    world.confirm_registration();
    world.event();
    assert_eq!(world.event(), Event::SignallingRestored { call });
    assert_eq!(world.event(), wanted(call, 2, true));
}

fn lost(world: &World) -> ringdock_sip::Line {
    let retry_at = world.agent.poll_timeout();
    ringdock_sip::Line::Lost { problem: ringdock_sip::Problem::Unreachable, retry_at }
}

#[test]
fn both_sides_at_once() {
    let mut board = Switchboard::new(2);
    let (ours, theirs) = board.call(0, 1);
    board.with(0, |agent, now| agent.hold(now, ours));
    assert_eq!(board.events(0), [held(ours, true, false)]);
    assert_eq!(board.events(1), [held(theirs, false, true)]);
    board.with(1, |agent, now| agent.hold(now, theirs));
    assert_eq!(board.events(0), [held(ours, true, true)]);
    assert_eq!(board.events(1), [held(theirs, true, true)]);
    board.with(0, |agent, now| agent.resume(now, ours));
    assert_eq!(board.events(0), [held(ours, false, true)]);
    assert_eq!(board.events(1), [held(theirs, true, false)]);
    board.with(1, |agent, now| agent.resume(now, theirs));
    assert_eq!(board.events(0), [held(ours, false, false)]);
    assert_eq!(board.events(1), [held(theirs, false, false)]);
    assert_eq!(board.descriptions(0), 5);
    board.pass(Duration::from_secs(60));
    assert!(board.events(0).is_empty() && board.events(1).is_empty());
}
