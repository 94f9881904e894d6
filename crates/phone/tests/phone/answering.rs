//! Taking a call.

use crate::harness::{ChannelCommand, Desk, IN, Tone, logs, party, sound, tell};
use ringdock_phone::{ChannelEvent, EndReason, Failure, Intent, Outcome, Stage};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_number_that_was_called_is_seen_before_and_after_the_answer() {
    let mut desk = Desk::ready();
    let called = Some("+442079460201".to_owned());
    let (leg, caller) = (IN, party("1002"));
    desk.channel(ChannelEvent::Incoming { leg, caller, called: called.clone() });
    assert_eq!(desk.call().own_number, called);
    desk.intent(Intent::Answer);
    desk.channel(ChannelEvent::Answered { leg: IN });
    assert_eq!(desk.call().own_number, called);
}

#[test]
fn an_answered_call_is_active_once_the_channel_says_so() {
    let mut desk = Desk::incoming();
    let outputs = desk.intent(Intent::Answer);
    assert_eq!(outputs, [sound(Tone::Silence), tell(ChannelCommand::Answer(IN))]);
    assert_eq!(desk.stage(), Some(Stage::Answering));

    desk.wait(1);
    assert_eq!(desk.channel(ChannelEvent::Answered { leg: IN }), []);
    assert_eq!(desk.stage(), Some(Stage::Active { since: desk.now }));
}

#[test]
fn audio_that_never_comes_up_ends_the_call() {
    let mut desk = Desk::answering();
    assert_eq!(desk.wait_and_fire(14), []);
    let outputs = desk.wait_and_fire(1);
    assert_eq!(outputs[0], tell(ChannelCommand::HangUp(IN)));
    assert_eq!(logs(&outputs)[0].outcome, Outcome::Failed);
    assert_eq!(desk.end_reason(), Some(EndReason::Failed(Failure::Network)));
}

#[test]
fn hanging_up_before_anybody_was_heard_turns_the_caller_down() {
    let mut desk = Desk::answering();
    assert_eq!(desk.intent(Intent::HangUp), [tell(ChannelCommand::HangUp(IN))]);
    let outputs = desk.end(EndReason::HungUp);
    assert_eq!(logs(&outputs)[0].outcome, Outcome::Declined);
    assert_eq!(desk.end_reason(), Some(EndReason::Declined));
}

#[test]
fn only_the_agent_answers() {
    let mut desk = Desk::incoming();
    assert_eq!(desk.channel(ChannelEvent::Answered { leg: IN }), []);
    assert_eq!(desk.stage(), Some(Stage::Incoming));
}
