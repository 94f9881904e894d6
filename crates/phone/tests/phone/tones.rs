//! What the agent hears besides the call.

use crate::harness::{Desk, IN, OUT, Tone, party, sounds};
use ringdock_phone::{ChannelEvent, EndReason, Failure, Intent};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn ringback_is_played_only_where_the_network_plays_nothing() {
    let mut desk = Desk::dialing();
    let ringing = |early_media| ChannelEvent::Ringing { leg: OUT, early_media };
    assert_eq!(sounds(&desk.channel(ringing(false))), [Tone::Ringback]);
    assert_eq!(sounds(&desk.channel(ringing(false))), []);
    assert_eq!(sounds(&desk.channel(ringing(true))), [Tone::Silence]);
    assert_eq!(sounds(&desk.channel(ChannelEvent::Answered { leg: OUT })), []);
}

#[test]
fn the_answer_ends_the_ringback() {
    let mut desk = Desk::ringing(false);
    assert_eq!(sounds(&desk.channel(ChannelEvent::Answered { leg: OUT })), [Tone::Silence]);
}

#[test]
fn a_call_that_comes_in_rings_until_it_is_answered_declined_or_over() {
    let mut desk = Desk::ready();
    let incoming = ChannelEvent::Incoming { leg: IN, caller: party("1002"), called: None };
    assert_eq!(sounds(&desk.channel(incoming)), [Tone::Ring]);
    assert_eq!(sounds(&desk.intent(Intent::Answer)), [Tone::Silence]);
    assert_eq!(sounds(&Desk::incoming().intent(Intent::Decline)), [Tone::Silence]);
    assert_eq!(sounds(&Desk::incoming().end(EndReason::CallerGaveUp)), [Tone::Silence]);
    assert_eq!(sounds(&Desk::incoming().end(EndReason::AnsweredElsewhere)), [Tone::Silence]);
}

#[test]
fn a_call_that_does_not_come_about_beeps() {
    let reasons = [
        EndReason::Busy,
        EndReason::NoAnswer,
        EndReason::Rejected,
        EndReason::NotFound,
        EndReason::Unavailable,
        EndReason::NotAllowed,
        EndReason::Failed(Failure::Network),
    ];
    for reason in reasons {
        assert_eq!(sounds(&Desk::dialing().end(reason.clone())), [Tone::Busy]);
        assert_eq!(sounds(&Desk::ringing(false).end(reason)), [Tone::Silence, Tone::Busy]);
    }
}

#[test]
fn a_call_that_the_other_side_or_the_network_ends_is_heard_to_end() {
    for reason in [EndReason::FarEndHungUp, EndReason::Failed(Failure::Network)] {
        assert_eq!(sounds(&Desk::active().end(reason)), [Tone::Ended]);
    }
}

#[test]
fn who_hangs_up_hears_nothing() {
    let mut desk = Desk::active();
    assert_eq!(sounds(&desk.intent(Intent::HangUp)), []);
    assert_eq!(sounds(&desk.end(EndReason::HungUp)), []);
}

#[test]
fn the_beeps_stop_when_the_ended_call_goes() {
    let busy = || {
        let mut desk = Desk::dialing();
        desk.end(EndReason::Busy);
        desk
    };
    assert_eq!(sounds(&busy().intent(Intent::Dismiss)), [Tone::Silence]);
    assert_eq!(sounds(&busy().dial("600")), [Tone::Silence]);

    let mut died_away = busy();
    assert_eq!(sounds(&died_away.wait_and_fire(10)), []);
    assert_eq!(sounds(&died_away.dial("600")), []);
    assert_eq!(sounds(&died_away.end(EndReason::Busy)), [Tone::Busy]);
}
