//! Somebody calls while a call is up, or just over.

use crate::harness::{ChannelCommand, Desk, IN, OUT, Tone, logs, party, sound, tell};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Leg, Stage};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SECOND: Leg = Leg::Incoming(2);

fn second_call() -> ChannelEvent {
    ChannelEvent::Incoming { leg: SECOND, caller: party("1003"), called: None }
}

#[test]
fn a_second_caller_is_turned_away_and_told_of() {
    for mut desk in [Desk::dialing(), Desk::incoming(), Desk::answering(), Desk::active()] {
        let stage = desk.stage();
        assert_eq!(desk.channel(second_call()), [tell(ChannelCommand::Decline(SECOND))]);
        assert_eq!(desk.stage(), stage);
        assert_eq!(desk.view().turned_away, [party("1003")]);
        assert_eq!(desk.view().missed, 1);
        assert_eq!(
            desk.channel(ChannelEvent::Ended { leg: SECOND, reason: EndReason::Declined }),
            []
        );
    }
}

#[test]
fn what_the_channel_turned_away_is_told_until_dismissed() {
    let mut desk = Desk::active();
    desk.channel(ChannelEvent::TurnedAway(party("1003")));
    desk.end(EndReason::FarEndHungUp);
    assert_eq!(desk.view().turned_away, [party("1003")]);
    desk.intent(Intent::Dismiss);
    desk.intent(Intent::DismissNotice);
    assert_eq!(desk.view().turned_away, [party("1003")]);
    desk.intent(Intent::DismissTurnedAway);
    assert_eq!(desk.view().turned_away, []);
}

#[test]
fn the_last_five_who_were_turned_away_are_told_of() {
    let mut desk = Desk::active();
    let callers = ["1", "2", "3", "4", "5", "6"].map(party);
    for caller in callers.clone() {
        desk.channel(ChannelEvent::TurnedAway(caller));
    }
    assert_eq!(desk.view().turned_away, callers[1..]);
    assert_eq!(desk.view().missed, 6);
}

#[test]
fn dismissing_during_a_call_leaves_the_call() {
    let mut desk = Desk::active();
    desk.channel(ChannelEvent::TurnedAway(party("1003")));
    desk.intent(Intent::DismissTurnedAway);
    assert_eq!(desk.view().turned_away, []);
    assert_eq!(desk.call().leg, OUT);
}

#[test]
fn a_call_takes_the_place_of_one_that_is_over() {
    let mut desk = Desk::active();
    assert_eq!(logs(&desk.end(EndReason::FarEndHungUp)).len(), 1);
    assert_eq!(desk.channel(second_call()), [sound(Tone::Ring)]);
    assert_eq!(desk.stage(), Some(Stage::Incoming));
    assert_eq!(desk.timeout(), None);
}

#[test]
fn a_call_that_is_told_of_twice_rings_once() {
    let mut desk = Desk::incoming();
    assert_eq!(
        desk.channel(ChannelEvent::Incoming { leg: IN, caller: party("1002"), called: None }),
        []
    );
    assert_eq!(desk.stage(), Some(Stage::Incoming));
    assert_eq!(desk.view().missed, 0);
}

#[test]
fn who_was_turned_away_again_and_again_is_one_caller() {
    let mut desk = Desk::active();
    for number in ["1", "2", "1", "", ""] {
        desk.channel(ChannelEvent::TurnedAway(party(number)));
    }
    // Withheld numbers may be different people.
    assert_eq!(desk.view().turned_away, ["2", "1", "", ""].map(party));
    assert_eq!(desk.view().missed, 5);
}
