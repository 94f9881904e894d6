//! A clock that stands still or goes back.

use crate::harness::{Desk, logs};
use ringdock_phone::{EndReason, Input, Intent, Stage, Time};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_call_of_no_time_at_all_is_a_call() {
    let mut desk = Desk::ringing(false);
    desk.channel(ringdock_phone::ChannelEvent::Answered { leg: crate::harness::OUT });
    let record = logs(&desk.end(EndReason::FarEndHungUp)).remove(0);
    assert_eq!(record.talk_time(), Duration::ZERO);
    assert_eq!(record.answered_at, Some(record.started_at));
}

#[test]
fn time_that_goes_back_stands_still_instead() {
    let mut desk = Desk::active();
    let answered_at = desk.now;
    desk.wait(10);
    let latest = desk.now;
    desk.intent(Intent::SetMuted(true));
    desk.now = Time(Duration::ZERO);
    let record = logs(&desk.end(EndReason::FarEndHungUp)).remove(0);
    assert_eq!(record.answered_at, Some(answered_at));
    assert_eq!(record.ended_at, latest);
    assert_eq!(record.talk_time(), Duration::from_secs(10));
}

#[test]
fn a_timer_that_fires_too_early_does_nothing() {
    let mut desk = Desk::active();
    desk.intent(Intent::HangUp);
    let due = desk.timeout();
    desk.wait(4);
    assert_eq!(desk.give(Input::Timeout), []);
    assert_eq!(desk.stage(), Some(Stage::Ending));
    assert_eq!(desk.timeout(), due);
}

#[test]
fn a_timer_that_fires_hours_late_does_one_step() {
    let mut desk = Desk::active();
    desk.intent(Intent::HangUp);
    assert_eq!(logs(&desk.wait_and_fire(7200)).len(), 1);
    assert_eq!(desk.end_reason(), Some(EndReason::HungUp));
    assert_eq!(desk.timeout(), Some(desk.now + Duration::from_secs(4)));
}
