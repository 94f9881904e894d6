//! Attended transfer: another call is made first, and the two are connected (RFC 3891; RFC 5589).

use std::time::Duration;

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{CallId, DialError, End, Event, TransferError, TransferProgress};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::switchboard::Switchboard;
use crate::world::{OFFER, World};

fn ended(call: CallId, end: End) -> Event {
    Event::Ended { call, end, cause: None }
}

/// Phone 0 holds its call with phone 1 and has another one with phone 2.
fn consulting(board: &mut Switchboard) -> [CallId; 4] {
    let (held, customer) = board.call(0, 1);
    board.with(0, |agent, now| agent.hold(now, held));
    let (consult, colleague) = board.call(0, 2);
    for phone in 0..3 {
        board.events(phone);
    }
    [held, customer, consult, colleague]
}

#[test]
fn connects_the_other_sides() {
    let mut board = Switchboard::new(3);
    let [held, customer, consult, colleague] = consulting(&mut board);
    let done = board.with(0, |agent, now| agent.complete_transfer(now, held, consult));
    assert_eq!(done, Ok(()));
    let events = board.events(0);
    let done = Event::Transfer { call: held, progress: TransferProgress::Done };
    assert!(events.contains(&done), "{events:?}");
    for call in [held, consult] {
        let is_over = |event: &Event| matches!(event, Event::Ended { call: it, end: End::Transferred, .. } if *it == call);
        assert!(events.iter().any(is_over), "{call:?}: {events:?}");
    }
    // The customer's phone called, and the colleague's phone did not ring.
    let events = board.events(1);
    let new = events.iter().find_map(|event| match event {
        Event::Referred { call, replaces, .. } if *replaces == customer => Some(*call),
        _ => None,
    });
    let new = new.expect("a referral");
    assert!(events.contains(&Event::Answered { call: new }), "{events:?}");
    assert!(events.contains(&ended(customer, End::Replaced)), "{events:?}");
    let events = board.events(2);
    let taken = events.iter().find_map(|event| match event {
        Event::Incoming { call, replaces: Some(replaced), .. } if *replaced == colleague => {
            Some(*call)
        }
        _ => None,
    });
    let taken = taken.expect("a call in the place of the other");
    assert!(events.contains(&Event::Answered { call: taken }), "{events:?}");
    assert!(events.contains(&ended(colleague, End::Replaced)), "{events:?}");
    board.pass(Duration::from_secs(200));
    board.with(1, |agent, now| agent.hang_up(now, new));
    assert_eq!(
        board.events(2).last(),
        Some(&Event::Ended {
            call: taken,
            end: End::FarEndHungUp,
            cause: Some(ringdock_sip::Cause {
                q850: Some(16),
                sip: None,
                text: Some("Normal call clearing".to_owned())
            })
        })
    );
}

#[test]
fn goes_back_to_the_caller() {
    let mut board = Switchboard::new(3);
    let [held, _, consult, _] = consulting(&mut board);
    board.with(0, |agent, now| agent.hang_up(now, consult));
    board.with(0, |agent, now| agent.resume(now, held));
    assert_eq!(
        board.events(0),
        [ended(consult, End::HungUp), Event::Hold { call: held, by_us: false, by_them: false }]
    );
}

#[test]
fn names_the_call_whose_place_is_to_be_taken() {
    let mut world = World::registered();
    let (held, _) = world.outgoing_call();
    world.hold(held, 1);
    let (consult, invite) = world.outgoing_call();
    let result = world.with(|agent, now| agent.complete_transfer(now, held, consult));
    assert_eq!(result, Ok(()));
    let refer = world.request(Method::Refer);
    let expected = format!(
        "<sip:600@pbx.test?Replaces={}%3Bto-tag%3Dcallee%3Bfrom-tag%3D{}>",
        invite.call_id(),
        invite.from().tag().expect("our tag"),
    );
    assert_eq!(refer.headers().text(Name::ReferTo), Some(expected));
    // Neither takes part in another one.
    for (one, other) in [(held, consult), (consult, held)] {
        let again = world.with(|agent, now| agent.complete_transfer(now, one, other));
        assert_eq!(again, Err(TransferError::UnderWay));
    }
    // The colleague's phone may leave first.
    let bye = world.callee(&invite, Method::Bye, 1);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), ended(consult, End::Transferred));
}

#[test]
fn that_fails_leaves_both_calls_as_they_were() {
    let mut world = World::registered();
    let (held, _) = world.outgoing_call();
    world.hold(held, 1);
    let (consult, invite) = world.outgoing_call();
    world.with(|agent, now| agent.complete_transfer(now, held, consult)).expect("a transfer");
    let refer = world.request(Method::Refer);
    world.status(&refer, 603);
    assert!(matches!(
        world.event(),
        Event::Transfer { progress: TransferProgress::Failed { status: 603, .. }, .. }
    ));
    world.no_event();
    let bye = world.callee(&invite, Method::Bye, 1);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), ended(consult, End::FarEndHungUp));
}

#[test]
fn of_a_call_with_itself_is_none() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    let result = world.with(|agent, now| agent.complete_transfer(now, call, call));
    assert_eq!(result, Err(TransferError::BadTarget));
    let result = world.with(|agent, now| agent.complete_transfer(now, call, CallId(99)));
    assert_eq!(result, Err(TransferError::NotUp));
    world.nothing_sent();
}

#[test]
fn only_a_held_call_lets_another_one_be_placed() {
    let mut world = World::registered();
    let (first, _) = world.outgoing_call();
    assert_eq!(world.with(|agent, now| agent.dial(now, "601", None)), Err(DialError::InCall));
    world.hold(first, 1);
    let (second, _) = world.outgoing_call();
    world.hold(second, 1);
    assert_eq!(world.with(|agent, now| agent.dial(now, "602", None)), Err(DialError::InCall));
    // A third caller hears busy.
    let invite = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    world.send(&invite);
    world.response(486);
    assert!(matches!(world.event(), Event::TurnedAway(_)));
    assert_ne!(
        world.agent.sip_call_id(first).map(str::to_owned),
        world.agent.sip_call_id(second).map(str::to_owned)
    );
}
