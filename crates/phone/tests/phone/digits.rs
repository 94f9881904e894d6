//! Keys pressed in a call.

use crate::harness::{ChannelCommand, Desk, OUT, Tone, digit, sound, tell};
use ringdock_phone::{Digit, EndReason, Intent};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_key_is_heard_sent_and_shown() {
    let mut desk = Desk::active();
    for sign in "0123456789*#".chars() {
        let key = digit(sign);
        let outputs = desk.intent(Intent::Digit(key));
        assert_eq!(outputs, [sound(Tone::Key(key)), tell(ChannelCommand::Digit(OUT, key))]);
    }
    assert_eq!(desk.call().digits, "0123456789*#");
    desk.end(EndReason::FarEndHungUp);
    assert_eq!(desk.call().digits, "0123456789*#");
}

#[test]
fn keys_go_on_while_signalling_is_lost() {
    let mut desk = Desk::reconnecting();
    assert_eq!(desk.intent(Intent::Digit(digit('7'))).len(), 2);
    assert_eq!(desk.call().digits, "7");
}

#[test]
fn nothing_is_sent_before_the_answer() {
    for mut desk in [Desk::ready(), Desk::dialing(), Desk::ringing(true), Desk::answering()] {
        assert!(!desk.view().may.digit);
        assert_eq!(desk.intent(Intent::Digit(digit('1'))), []);
    }
}

#[test]
fn a_telephone_has_twelve_keys() {
    for sign in ['A', 'd', '+', ' ', '\u{661}', '\u{ff11}'] {
        assert_eq!(Digit::new(sign), None);
    }
}
