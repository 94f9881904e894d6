//! Which calls count as missed.

use crate::harness::{Desk, party};
use ringdock_phone::{ChannelEvent, EndReason, Intent};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_caller_that_nobody_took_is_missed_until_seen() {
    for reason in [EndReason::CallerGaveUp, EndReason::NoAnswer] {
        for mut desk in [Desk::incoming(), Desk::answering()] {
            desk.end(reason.clone());
            assert_eq!(desk.view().missed, 1);
            desk.intent(Intent::Dismiss);
            assert_eq!(desk.view().missed, 1);
            desk.intent(Intent::SeeMissed);
            assert_eq!(desk.view().missed, 0);
        }
    }
}

#[test]
fn a_caller_that_heard_busy_is_missed() {
    let mut desk = Desk::active();
    desk.channel(ChannelEvent::TurnedAway(party("1002")));
    desk.channel(ChannelEvent::TurnedAway(party("1003")));
    assert_eq!(desk.view().missed, 2);
}

#[test]
fn a_call_that_was_taken_or_turned_down_is_not_missed() {
    let mut elsewhere = Desk::incoming();
    elsewhere.end(EndReason::AnsweredElsewhere);
    let mut declined = Desk::incoming();
    declined.intent(Intent::Decline);
    let mut answered = Desk::answering();
    answered.channel(ChannelEvent::Answered { leg: crate::harness::IN });
    answered.end(EndReason::CallerGaveUp);
    let mut unanswered = Desk::ringing(false);
    unanswered.end(EndReason::NoAnswer);
    for desk in [elsewhere, declined, answered, unanswered] {
        assert_eq!(desk.view().missed, 0);
    }
}
