//! Asking a colleague while the other side waits.

use crate::harness::{
    COLLEAGUE, ChannelCommand, Desk, HELD, NO_HOLD, OUT, Tone, digit, logs, party, sounds, tell,
};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Notice, Outcome, Stage};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn colleague_ends(desk: &mut Desk, reason: EndReason) -> Vec<ringdock_phone::Output> {
    desk.channel(ChannelEvent::Ended { leg: COLLEAGUE, reason })
}

#[test]
fn the_channel_holds_one_and_calls_the_other() {
    let mut desk = Desk::active();
    let ask = ChannelCommand::Consult { leg: OUT, consult: COLLEAGUE, colleague: party("1002") };
    assert_eq!(desk.intent(Intent::Consult(party(" 10 02 "))), [tell(ask)]);
    assert!(desk.call().hold_changes);
    let colleague = desk.view().consult.map(|call| (call.leg, call.stage));
    assert_eq!(colleague, Some((COLLEAGUE, Stage::Dialing)));
}

#[test]
fn the_colleague_is_heard_to_ring_and_the_agent_speaks_to_the_colleague() {
    let mut desk = Desk::asking();
    let ringing = ChannelEvent::Ringing { leg: COLLEAGUE, early_media: false };
    assert_eq!(sounds(&desk.channel(ringing)), [Tone::Ringback]);
    let answered = ChannelEvent::Answered { leg: COLLEAGUE };
    assert_eq!(sounds(&desk.channel(answered)), [Tone::Silence]);
    let tone = ChannelCommand::Digit(COLLEAGUE, digit('7'));
    assert_eq!(desk.intent(Intent::Digit(digit('7')))[1], tell(tone));
    assert_eq!(desk.call().digits, "");
}

#[test]
fn nobody_is_asked_within_hearing_of_the_other_side() {
    let mut desk = Desk::active();
    desk.intent(Intent::Consult(party("1002")));
    let outputs = desk.channel(ChannelEvent::HoldRefused { leg: OUT, wanted: true });
    assert_eq!(outputs[0], tell(ChannelCommand::HangUp(COLLEAGUE)));
    assert_eq!(logs(&outputs)[0].outcome, Outcome::Cancelled);
    assert_eq!(desk.view().consult, None);
    assert_eq!(desk.view().notice, Some(Notice::HoldRefused));
    assert_eq!(desk.call().hold, NO_HOLD);
}

#[test]
fn back_to_the_caller_ends_the_one_call_and_resumes_the_other() {
    let mut desk = Desk::consulting();
    desk.wait(4);
    let outputs = desk.intent(Intent::BackToCaller);
    assert_eq!(outputs[0], tell(ChannelCommand::HangUp(COLLEAGUE)));
    assert_eq!(outputs[2], tell(ChannelCommand::Resume(OUT)));
    let record = logs(&outputs).remove(0);
    assert_eq!((record.leg, record.consult), (COLLEAGUE, true));
    assert_eq!(record.talk_time(), Duration::from_secs(4));
    desk.hold(OUT, NO_HOLD);
    assert_eq!((desk.view().consult, desk.view().notice), (None, None));
    assert_eq!(desk.call().hold, NO_HOLD);
    assert_eq!(colleague_ends(&mut desk, EndReason::HungUp), [], "it is over already");
}

#[test]
fn back_to_the_caller_also_while_the_hold_is_under_way() {
    let mut desk = Desk::active();
    desk.intent(Intent::Consult(party("1002")));
    desk.intent(Intent::BackToCaller);
    desk.hold(OUT, HELD);
    assert!(desk.call().hold_changes, "the resume is still to come");
    desk.hold(OUT, NO_HOLD);
    assert_eq!((desk.call().hold, desk.call().hold_changes), (NO_HOLD, false));
}

#[test]
fn a_colleague_who_hangs_up_or_is_busy_leaves_the_other_side_held() {
    let ends = [
        (Desk::consulting(), EndReason::FarEndHungUp, Tone::Ended),
        (Desk::asking(), EndReason::Busy, Tone::Busy),
    ];
    for (mut desk, reason, tone) in ends {
        let outputs = colleague_ends(&mut desk, reason.clone());
        assert_eq!(sounds(&outputs), [tone]);
        assert_eq!(logs(&outputs)[0].leg, COLLEAGUE);
        let gone = Notice::ColleagueGone { colleague: party("1002"), reason };
        assert_eq!(desk.view().notice, Some(gone));
        assert_eq!((desk.call().hold, desk.view().consult.is_none()), (HELD, true));
        assert!(desk.view().may.back_to_caller);
        assert_eq!(desk.intent(Intent::BackToCaller), [tell(ChannelCommand::Resume(OUT))]);
    }
}

#[test]
fn hanging_up_ends_the_call_to_the_colleague_alone() {
    let mut desk = Desk::consulting();
    let outputs = desk.intent(Intent::HangUp);
    assert_eq!(outputs[0], tell(ChannelCommand::HangUp(COLLEAGUE)));
    assert_eq!((desk.call().leg, desk.call().hold), (OUT, HELD));
    assert_eq!(desk.intent(Intent::HangUp), [tell(ChannelCommand::HangUp(OUT))]);
}

#[test]
fn a_caller_who_hangs_up_meanwhile_leaves_the_colleague_on_the_line() {
    let mut desk = Desk::consulting();
    let answered_at = desk.now;
    desk.wait(6);
    let outputs = desk.end(EndReason::FarEndHungUp);
    assert_eq!(sounds(&outputs), []);
    let record = logs(&outputs).remove(0);
    assert_eq!((record.leg, record.consult), (OUT, false));
    assert_eq!(record.talk_time(), Duration::from_secs(11));
    assert_eq!(desk.call().leg, COLLEAGUE);
    assert_eq!(desk.stage(), Some(Stage::Active { since: answered_at }));
    assert_eq!(desk.view().notice, Some(Notice::CallerGone { caller: party("600") }));
    assert!(logs(&desk.end(EndReason::FarEndHungUp))[0].consult);
}

#[test]
fn a_caller_who_hangs_up_while_the_colleague_rings_leaves_it_ringing() {
    let mut desk = Desk::colleague_rings();
    desk.end(EndReason::FarEndHungUp);
    assert_eq!(desk.call().leg, COLLEAGUE);
    assert_eq!(desk.stage(), Some(Stage::Ringing { early_media: false }));
}

#[test]
fn the_microphone_stays_as_the_agent_left_it() {
    let mut desk = Desk::active();
    desk.intent(Intent::SetMuted(true));
    desk.intent(Intent::Consult(party("1002")));
    assert_eq!(desk.view().consult.map(|call| call.muted), Some(true));
    desk.intent(Intent::BackToCaller);
    assert!(desk.call().muted);
}
