//! Letting the other side wait.

use crate::harness::{ChannelCommand, Desk, HELD, NO_HOLD, OUT, digit, tell};
use ringdock_phone::{Capabilities, ChannelEvent, Hold, Intent, Notice};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_other_side_is_held_and_resumed() {
    let mut desk = Desk::active();
    assert_eq!(desk.intent(Intent::Hold), [tell(ChannelCommand::Hold(OUT))]);
    assert!(desk.call().hold_changes);
    desk.hold(OUT, HELD);
    assert_eq!((desk.call().hold, desk.call().hold_changes), (HELD, false));
    assert_eq!(desk.intent(Intent::Resume), [tell(ChannelCommand::Resume(OUT))]);
    desk.hold(OUT, NO_HOLD);
    assert_eq!((desk.call().hold, desk.call().hold_changes), (NO_HOLD, false));
}

#[test]
fn a_refused_hold_leaves_the_call_as_it_was_and_says_so() {
    let mut desk = Desk::active();
    desk.intent(Intent::Hold);
    desk.channel(ChannelEvent::HoldRefused { leg: OUT, wanted: true });
    assert_eq!((desk.call().hold, desk.call().hold_changes), (NO_HOLD, false));
    assert_eq!(desk.view().notice, Some(Notice::HoldRefused));
    assert!(desk.view().may.hold);
    desk.intent(Intent::DismissNotice);
    assert_eq!(desk.view().notice, None);
}

#[test]
fn a_refused_resume_leaves_the_other_side_held() {
    let mut desk = Desk::held();
    desk.intent(Intent::Resume);
    desk.channel(ChannelEvent::HoldRefused { leg: OUT, wanted: false });
    assert_eq!(desk.call().hold, HELD);
    assert_eq!(desk.view().notice, Some(Notice::ResumeRefused));
    assert!(desk.view().may.resume);
}

#[test]
fn each_side_can_hold_the_other_at_the_same_time() {
    let mut desk = Desk::active();
    desk.intent(Intent::Hold);
    desk.hold(OUT, Hold { by_us: false, by_them: true });
    assert!(desk.call().hold_changes, "the other side's hold replies to nothing");
    desk.hold(OUT, Hold { by_us: true, by_them: true });
    assert!(!desk.call().hold_changes);
    assert!(desk.view().may.resume);
}

#[test]
fn while_the_channel_has_not_replied_nothing_more_is_asked() {
    let mut desk = Desk::active();
    desk.intent(Intent::Hold);
    assert!(!desk.view().may.hold && !desk.view().may.resume);
    assert_eq!(desk.intent(Intent::Hold), []);
    assert_eq!(desk.intent(Intent::Resume), []);
}

#[test]
fn who_is_held_gets_no_tones() {
    let mut desk = Desk::held();
    assert!(!desk.view().may.digit);
    assert_eq!(desk.intent(Intent::Digit(digit('5'))), []);
}

#[test]
fn a_channel_that_cannot_hold_is_not_asked_to() {
    let mut desk = Desk::active();
    desk.channel(ChannelEvent::Can(Capabilities::default()));
    let may = desk.view().may;
    assert!(!may.hold && !may.transfer && !may.consult);
    assert_eq!(desk.intent(Intent::Hold), []);
}
