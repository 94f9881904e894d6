//! Hanging up.

use crate::harness::{ChannelCommand, Desk, OUT, Tone, logs, sound, tell};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Outcome, Stage, WhyNot};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_call_that_is_hung_up_is_over_with_the_channels_word() {
    let mut desk = Desk::active();
    desk.wait(30);
    assert_eq!(desk.intent(Intent::HangUp), [tell(ChannelCommand::HangUp(OUT))]);
    assert_eq!(desk.stage(), Some(Stage::Ending));
    assert_eq!(desk.view().may.dial, Err(WhyNot::InCall));

    let record = logs(&desk.end(EndReason::HungUp)).remove(0);
    assert_eq!(record.outcome, Outcome::Answered);
    assert_eq!(record.talk_time(), Duration::from_secs(30));
    assert_eq!(record.ended_at - record.started_at, Duration::from_secs(33));
}

#[test]
fn a_channel_that_says_nothing_does_not_hold_the_call() {
    let mut desk = Desk::active();
    desk.intent(Intent::HangUp);
    assert_eq!(desk.wait_and_fire(4), []);
    let record = logs(&desk.wait_and_fire(1)).remove(0);
    assert_eq!(record.talk_time(), Duration::ZERO, "waiting is not talking");
    assert_eq!(desk.end_reason(), Some(EndReason::HungUp));
}

#[test]
fn the_reason_is_what_this_side_did_whatever_crossed_it() {
    for crossing in [EndReason::FarEndHungUp, EndReason::Busy, EndReason::NoAnswer] {
        let mut desk = Desk::ringing(false);
        desk.intent(Intent::HangUp);
        desk.end(crossing);
        assert_eq!(desk.end_reason(), Some(EndReason::GivenUp));
    }
}

#[test]
fn an_answer_that_crosses_the_hanging_up_comes_too_late() {
    let mut desk = Desk::ringing(false);
    let outputs = desk.intent(Intent::HangUp);
    assert_eq!(outputs, [sound(Tone::Silence), tell(ChannelCommand::HangUp(OUT))]);
    assert_eq!(desk.channel(ChannelEvent::Answered { leg: OUT }), []);
    assert_eq!(desk.stage(), Some(Stage::Ending));
    assert_eq!(logs(&desk.end(EndReason::HungUp))[0].outcome, Outcome::Cancelled);
    assert_eq!(desk.end_reason(), Some(EndReason::GivenUp));
}

#[test]
fn hanging_up_twice_tells_the_channel_once() {
    let mut desk = Desk::active();
    assert_eq!(desk.intent(Intent::HangUp).len(), 1);
    assert_eq!(desk.intent(Intent::HangUp), []);
}

#[test]
fn a_call_that_comes_in_is_declined_not_hung_up() {
    let mut desk = Desk::incoming();
    assert_eq!(desk.intent(Intent::HangUp), []);
    assert_eq!(desk.stage(), Some(Stage::Incoming));
}
