//! Signalling that is lost while the two sides speak.

use crate::harness::{ChannelCommand, Desk, OUT, Tone, logs, sounds, tell};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Stage};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_call_goes_on_with_the_timer_it_had() {
    let mut desk = Desk::active();
    let since = desk.now;
    desk.wait(20);
    assert_eq!(desk.channel(ChannelEvent::SignallingLost { leg: OUT }), []);
    assert_eq!(desk.stage(), Some(Stage::Reconnecting { since }));
    desk.wait(20);
    assert_eq!(desk.channel(ChannelEvent::SignallingRestored { leg: OUT }), []);
    assert_eq!(desk.stage(), Some(Stage::Active { since }));
}

#[test]
fn it_can_be_hung_up() {
    let mut desk = Desk::reconnecting();
    assert_eq!(desk.intent(Intent::HangUp), [tell(ChannelCommand::HangUp(OUT))]);
    assert_eq!(desk.stage(), Some(Stage::Ending));
}

#[test]
fn the_far_end_can_hang_up() {
    let mut desk = Desk::reconnecting();
    desk.wait(12);
    let outputs = desk.end(EndReason::FarEndHungUp);
    assert_eq!(sounds(&outputs), [Tone::Ended]);
    assert_eq!(logs(&outputs)[0].talk_time(), Duration::from_secs(12));
}
