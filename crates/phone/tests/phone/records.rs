//! What is filed of a call.

use crate::harness::{Desk, IN, OUT, logs, party};
use ringdock_phone::{CallRecord, ChannelEvent, Direction, EndReason, Failure, Intent, Outcome};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_reason_is_filed_as_an_outcome() {
    use Direction::{Incoming, Outgoing};
    let outcomes = [
        (EndReason::HungUp, Outgoing, Outcome::Cancelled),
        (EndReason::HungUp, Incoming, Outcome::Declined),
        (EndReason::FarEndHungUp, Outgoing, Outcome::Declined),
        (EndReason::FarEndHungUp, Incoming, Outcome::Cancelled),
        (EndReason::GivenUp, Outgoing, Outcome::Cancelled),
        (EndReason::CallerGaveUp, Incoming, Outcome::Cancelled),
        (EndReason::AnsweredElsewhere, Incoming, Outcome::Answered),
        (EndReason::Transferred, Outgoing, Outcome::Answered),
        (EndReason::Replaced, Incoming, Outcome::Answered),
        (EndReason::Declined, Incoming, Outcome::Declined),
        (EndReason::Busy, Outgoing, Outcome::Busy),
        (EndReason::NoAnswer, Outgoing, Outcome::NoAnswer),
        (EndReason::NoAnswer, Incoming, Outcome::NoAnswer),
        (EndReason::Rejected, Outgoing, Outcome::Declined),
        (EndReason::NotFound, Outgoing, Outcome::Failed),
        (EndReason::Unavailable, Outgoing, Outcome::Failed),
        (EndReason::NotAllowed, Outgoing, Outcome::Failed),
        (EndReason::Failed(Failure::Media), Outgoing, Outcome::Failed),
        (EndReason::Failed(Failure::Network), Incoming, Outcome::Failed),
    ];
    for (reason, direction, outcome) in outcomes {
        assert_eq!(reason.outcome(direction, false), outcome, "{reason:?} {direction:?}");
        assert_eq!(reason.outcome(direction, true), Outcome::Answered, "{reason:?} answered");
    }
}

#[test]
fn the_record_of_an_answered_call_is_complete() {
    let mut desk = Desk::active();
    let answered_at = desk.now;
    desk.channel(ChannelEvent::Named { leg: OUT, id: "a1b2@pbx.example".to_owned() });
    desk.wait(60);
    let record = CallRecord {
        leg: OUT,
        direction: Direction::Outgoing,
        party: party("600"),
        started_at: ringdock_phone::Time(Duration::from_secs(100)),
        answered_at: Some(answered_at),
        ended_at: desk.now,
        outcome: Outcome::Answered,
        reason: EndReason::FarEndHungUp,
        consult: false,
        channel_id: "a1b2@pbx.example".to_owned(),
        quality: None,
    };
    assert_eq!(logs(&desk.end(EndReason::FarEndHungUp)), [record]);
}

#[test]
fn a_declined_call_is_filed_once() {
    let mut desk = Desk::incoming();
    let record = logs(&desk.intent(Intent::Decline)).remove(0);
    assert_eq!((record.leg, record.outcome), (IN, Outcome::Declined));
    assert_eq!(record.answered_at, None);
    assert_eq!(record.talk_time(), Duration::ZERO);
    let late = ChannelEvent::Ended { leg: IN, reason: EndReason::CallerGaveUp };
    assert_eq!(desk.channel(late), []);
    assert_eq!(desk.end_reason(), Some(EndReason::Declined));
}
