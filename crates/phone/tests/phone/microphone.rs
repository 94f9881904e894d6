//! Asking for the microphone, and doing without.

use crate::harness::{Desk, MediaCommand, device};
use ringdock_phone::{
    ChannelEvent, Input, Intent, LineState, MediaEvent, Microphone, Sound, Stage, WhyNot,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn it_is_asked_for_once_as_soon_as_there_is_a_channel() {
    let mut desk = Desk::bare();
    assert_eq!(desk.line(LineState::Off), []);
    assert_eq!(desk.line(LineState::Connecting), [device(MediaCommand::AskMicrophone)]);
    assert_eq!(desk.line(LineState::Ready), []);
    desk.microphone(Microphone::Unknown);
    assert_eq!(desk.line(LineState::Ready), []);
}

#[test]
fn it_is_not_asked_for_when_the_answer_is_known() {
    for known in [Microphone::Granted, Microphone::Refused, Microphone::Missing] {
        let mut desk = Desk::bare();
        desk.microphone(known);
        assert_eq!(desk.line(LineState::Connecting), []);
    }
}

#[test]
fn the_agent_may_ask_again_where_that_can_help() {
    let ask = [device(MediaCommand::AskMicrophone)];
    let mut desk = Desk::ready();
    for microphone in
        [Microphone::Unknown, Microphone::Refused, Microphone::Missing, Microphone::Busy]
    {
        desk.microphone(microphone);
        assert_eq!(desk.intent(Intent::AskMicrophone), ask);
    }
    for microphone in [Microphone::Asking, Microphone::Granted, Microphone::InsecurePage] {
        desk.microphone(microphone);
        assert_eq!(desk.intent(Intent::AskMicrophone), []);
    }
}

#[test]
fn without_it_a_call_rings_and_cannot_be_answered() {
    let mut desk = Desk::incoming();
    desk.microphone(Microphone::Refused);
    assert_eq!(desk.view().may.answer, Err(WhyNot::NoMicrophone));
    assert_eq!(desk.intent(Intent::Answer), []);
    assert_eq!(desk.stage(), Some(Stage::Incoming));
    desk.microphone(Microphone::Granted);
    assert_eq!(desk.view().may.answer, Ok(()));
    assert_eq!(desk.intent(Intent::Answer).len(), 2);
}

#[test]
fn a_call_outlives_it() {
    let mut desk = Desk::active();
    assert_eq!(desk.microphone(Microphone::Missing), []);
    assert_eq!(desk.stage(), Some(Stage::Active { since: desk.now }));
    assert_eq!(desk.channel(ChannelEvent::SignallingLost { leg: desk.call().leg }), []);
}

#[test]
fn a_click_lets_held_sound_begin() {
    let mut desk = Desk::ready();
    assert_eq!(desk.intent(Intent::AllowSound), []);
    desk.give(Input::Media(MediaEvent::Sound(Sound::NeedsClick)));
    assert_eq!(desk.view().sound, Sound::NeedsClick);
    assert_eq!(desk.intent(Intent::AllowSound), [device(MediaCommand::AllowSound)]);
}
