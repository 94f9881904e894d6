//! Passing the other side on.

use crate::harness::{COLLEAGUE, ChannelCommand, Desk, HELD, IN, OUT, logs, party, sounds, tell};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Leg, Notice, Progress, Stage};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn progress(desk: &mut Desk, progress: Progress) {
    desk.channel(ChannelEvent::Transfer { leg: OUT, progress });
}

#[test]
fn a_transfer_without_asking_is_followed_until_the_call_is_gone() {
    let mut desk = Desk::active();
    let since = desk.now;
    let transfer = ChannelCommand::Transfer { leg: OUT, to: party("1002") };
    assert_eq!(desk.intent(Intent::Transfer(party("1002"))), [tell(transfer)]);
    let stage = |ringing| Some(Stage::Transferring { since, to: party("1002"), ringing });
    assert_eq!(desk.stage(), stage(false));
    progress(&mut desk, Progress::Ringing);
    assert_eq!(desk.stage(), stage(true));
    let outputs = desk.end(EndReason::Transferred);
    assert_eq!(logs(&outputs)[0].reason, EndReason::Transferred);
    assert_eq!(sounds(&outputs), []);
}

#[test]
fn a_transfer_that_fails_brings_the_call_back_as_it_was() {
    for (mut desk, hold) in [(Desk::active(), false), (Desk::held(), true)] {
        let before = desk.call();
        desk.intent(Intent::Transfer(party("1002")));
        desk.transfer_fails(EndReason::Busy);
        assert_eq!((desk.call(), desk.call().hold.by_us), (before, hold));
        let notice = Notice::TransferFailed { to: party("1002"), reason: EndReason::Busy };
        assert_eq!(desk.view().notice, Some(notice));
    }
}

#[test]
fn a_pbx_that_takes_the_call_away_without_a_word_has_passed_it_on() {
    let mut desk = Desk::transferring();
    assert_eq!(logs(&desk.end(EndReason::FarEndHungUp))[0].reason, EndReason::Transferred);
}

#[test]
fn a_pbx_that_tells_nothing_leaves_the_agent_with_the_call_until_it_is_gone() {
    let mut desk = Desk::transferring();
    progress(&mut desk, Progress::Unconfirmed);
    assert!(desk.view().may.digit && desk.view().may.transfer);
    let notice = Notice::TransferUnconfirmed { to: party("1002") };
    assert_eq!(desk.view().notice, Some(notice));
    assert_eq!(logs(&desk.end(EndReason::FarEndHungUp))[0].reason, EndReason::Transferred);

    let mut came_back = Desk::transferring();
    progress(&mut came_back, Progress::Unconfirmed);
    came_back.intent(Intent::DismissNotice);
    let record = logs(&came_back.end(EndReason::FarEndHungUp)).remove(0);
    assert_eq!(record.reason, EndReason::FarEndHungUp);
}

#[test]
fn completing_passes_the_one_on_to_the_other() {
    let mut desk = Desk::consulting();
    let complete = ChannelCommand::CompleteTransfer { leg: OUT, consult: COLLEAGUE };
    assert_eq!(desk.intent(Intent::CompleteTransfer), [tell(complete)]);
    let records = logs(&desk.end(EndReason::Transferred));
    let legs = records.iter().map(|record| (record.leg, record.reason.clone()));
    let both = [COLLEAGUE, OUT].map(|leg| (leg, EndReason::Transferred));
    assert_eq!(legs.collect::<Vec<_>>(), both);
}

#[test]
fn the_two_calls_may_be_taken_away_in_any_order() {
    let mut desk = Desk::completing();
    let away = ChannelEvent::Ended { leg: COLLEAGUE, reason: EndReason::FarEndHungUp };
    let record = logs(&desk.channel(away)).remove(0);
    assert_eq!((record.leg, record.reason), (COLLEAGUE, EndReason::Transferred));
    let record = logs(&desk.end(EndReason::FarEndHungUp)).remove(0);
    assert_eq!((record.leg, record.reason), (OUT, EndReason::Transferred));
}

#[test]
fn completing_that_fails_leaves_both_calls_as_they_were() {
    let mut desk = Desk::completing();
    desk.transfer_fails(EndReason::NotAllowed);
    assert_eq!(desk.call().hold, HELD);
    assert_eq!(desk.view().consult.map(|call| call.leg), Some(COLLEAGUE));
    assert!(desk.view().may.complete && desk.view().may.back_to_caller);
}

#[test]
fn only_a_colleague_who_answered_can_take_over() {
    for mut desk in [Desk::asking(), Desk::colleague_rings()] {
        assert!(!desk.view().may.complete);
        assert_eq!(desk.intent(Intent::CompleteTransfer), []);
    }
}

#[test]
fn hanging_up_during_a_transfer_ends_every_call() {
    let mut desk = Desk::completing();
    let outputs = desk.intent(Intent::HangUp);
    assert_eq!(outputs[0], tell(ChannelCommand::HangUp(COLLEAGUE)));
    assert_eq!(outputs[2], tell(ChannelCommand::HangUp(OUT)));
    assert_eq!(desk.stage(), Some(Stage::Ending));
}

#[test]
fn a_colleague_who_passes_a_caller_on_to_us_is_replaced_by_the_caller() {
    let mut desk = Desk::ready();
    desk.channel(ChannelEvent::Incoming { leg: IN, caller: party("1002"), called: None });
    desk.intent(Intent::Answer);
    desk.channel(ChannelEvent::Answered { leg: IN });
    desk.wait(9);
    let by = Leg::Incoming(2);
    let outputs =
        desk.channel(ChannelEvent::Replaced { leg: IN, by, party: party("+12025550123") });
    let record = logs(&outputs).remove(0);
    assert_eq!((record.leg, record.reason), (IN, EndReason::Replaced));
    assert_eq!((desk.call().leg, desk.call().party), (by, party("+12025550123")));
    assert_eq!(desk.stage(), Some(Stage::Active { since: desk.now }));
    let late = ChannelEvent::Ended { leg: IN, reason: EndReason::Replaced };
    assert_eq!(desk.channel(late), []);
}
