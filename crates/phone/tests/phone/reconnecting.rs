//! Signalling that is lost while the two sides speak.

use crate::harness::{COLLEAGUE, ChannelCommand, Desk, HELD, OUT, Tone, logs, sounds, tell};
use ringdock_phone::{AudioPath, ChannelEvent, EndReason, Failure, Intent, MediaEvent, Stage};
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

fn audio(desk: &mut Desk, path: AudioPath) -> Vec<ringdock_phone::Output> {
    desk.media(MediaEvent::Audio(OUT, path))
}

#[test]
fn an_interruption_may_mend_by_itself() {
    let mut desk = Desk::active();
    assert_eq!(audio(&mut desk, AudioPath::Interrupted), []);
    assert!(matches!(desk.stage(), Some(Stage::Reconnecting { .. })));
    assert_eq!(audio(&mut desk, AudioPath::Open), []);
    assert!(matches!(desk.stage(), Some(Stage::Active { .. })));
    assert_eq!(desk.timeout(), None);
}

#[test]
fn lost_audio_is_looked_for_until_it_is_found() {
    let mut desk = Desk::active();
    audio(&mut desk, AudioPath::Interrupted);
    let repair = [tell(ChannelCommand::RepairAudio(OUT))];
    assert_eq!(desk.wait_and_fire(2), repair);
    assert_eq!(desk.wait_and_fire(6), repair);
    assert_eq!(audio(&mut desk, AudioPath::Broken), repair, "a broken way does not wait");
    audio(&mut desk, AudioPath::Open);
    assert_eq!(desk.wait_and_fire(60), []);
}

#[test]
fn a_call_without_audio_is_given_up_after_thirty_seconds() {
    let mut desk = Desk::reconnecting();
    audio(&mut desk, AudioPath::Broken);
    desk.wait_and_fire(29);
    assert_eq!(logs(&desk.wait_and_fire(0)), []);
    let outputs = desk.wait_and_fire(1);
    assert_eq!(outputs[0], tell(ChannelCommand::HangUp(OUT)));
    assert_eq!(logs(&outputs)[0].reason, EndReason::Failed(Failure::Network));
}

#[test]
fn a_call_with_audio_is_not_given_up() {
    let mut desk = Desk::reconnecting();
    assert_eq!(desk.wait_and_fire(600), []);
    assert!(matches!(desk.stage(), Some(Stage::Reconnecting { .. })));
}

#[test]
fn a_new_address_means_a_new_way_with_signalling_or_without() {
    for mut desk in [Desk::active(), Desk::reconnecting()] {
        let repair = [tell(ChannelCommand::RepairAudio(OUT))];
        assert_eq!(desk.media(MediaEvent::NetworkChanged), repair);
        // Nothing is missed.
        assert_eq!(desk.timeout(), None);
    }
}

#[test]
fn a_new_address_does_not_wait_for_the_next_attempt() {
    let mut desk = Desk::active();
    let repair = [tell(ChannelCommand::RepairAudio(OUT))];
    assert_eq!(audio(&mut desk, AudioPath::Broken), repair);
    desk.wait(5);
    assert_eq!(desk.media(MediaEvent::NetworkChanged), repair);
    assert_eq!(desk.wait_and_fire(5), []);
    assert_eq!(desk.wait_and_fire(1), repair);
}

#[test]
fn a_colleague_without_audio_is_given_up_and_the_caller_kept() {
    let mut desk = Desk::consulting();
    desk.media(MediaEvent::Audio(COLLEAGUE, AudioPath::Broken));
    desk.wait(30);
    let outputs = desk.wait_and_fire(0);
    assert_eq!(logs(&outputs)[0].leg, COLLEAGUE);
    assert_eq!((desk.call().leg, desk.call().hold), (OUT, HELD));
}
