//! Silencing the microphone.

use crate::harness::{ChannelCommand, Desk, IN, MediaCommand, Tone, device, party, sound, tell};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Leg};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_microphone_is_told_once() {
    for mut desk in [Desk::dialing(), Desk::ringing(false), Desk::active(), Desk::reconnecting()] {
        assert!(desk.view().may.mute);
        assert_eq!(desk.intent(Intent::SetMuted(false)), []);
        assert_eq!(desk.intent(Intent::SetMuted(true)), [device(MediaCommand::Mute(true))]);
        assert_eq!(desk.intent(Intent::SetMuted(true)), []);
        assert!(desk.call().muted);
        assert_eq!(desk.intent(Intent::SetMuted(false)), [device(MediaCommand::Mute(false))]);
        assert!(!desk.call().muted);
    }
}

#[test]
fn there_is_nothing_to_mute_without_a_call() {
    for mut desk in [Desk::ready(), Desk::incoming()] {
        assert!(!desk.view().may.mute);
        assert_eq!(desk.intent(Intent::SetMuted(true)), []);
    }
}

#[test]
fn the_microphone_stays_silent_to_the_end_and_opens_for_the_next_call() {
    let open = device(MediaCommand::Mute(false));
    let mut desk = Desk::active();
    desk.intent(Intent::SetMuted(true));
    assert!(!desk.intent(Intent::HangUp).contains(&open));
    assert!(!desk.end(EndReason::HungUp).contains(&open));

    let outputs = desk.dial("601");
    let callee = party("601");
    let leg = Leg::Outgoing(2);
    assert_eq!(outputs, [open.clone(), tell(ChannelCommand::Dial { leg, callee, from: None })]);
    assert!(!desk.call().muted);

    desk.intent(Intent::SetMuted(true));
    desk.channel(ChannelEvent::Ended { leg, reason: EndReason::GivenUp });
    let outputs =
        desk.channel(ChannelEvent::Incoming { leg: IN, caller: party("1002"), called: None });
    assert_eq!(outputs, [open, sound(Tone::Ring)]);
    assert!(!desk.call().muted);
}
