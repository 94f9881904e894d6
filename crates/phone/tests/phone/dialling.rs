//! Placing a call.

use crate::harness::{ChannelCommand, Desk, OUT, party, sounds, tell};
use ringdock_phone::{
    ChannelEvent, Direction, EndReason, Intent, Leg, LineProblem, LineState, Microphone, Notice,
    Party, Stage, WhyNot,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_number_is_dialled_without_what_people_write_around_it() {
    let mut desk = Desk::ready();
    let name = Some("Ann Other".to_owned());
    let written = Party { number: "tel:+44 (20)-7946".to_owned(), name: name.clone() };
    let outputs = desk.intent(Intent::Dial { callee: written, from: None });
    let callee = Party { number: "+44207946".to_owned(), name };
    let command = ChannelCommand::Dial { leg: OUT, callee: callee.clone(), from: None };
    assert_eq!(outputs, [tell(command)]);
    assert_eq!(desk.call().party, callee);
    assert_eq!(desk.call().direction, Direction::Outgoing);
    assert_eq!(desk.view().last_number.as_deref(), Some("+44207946"));
}

#[test]
fn the_number_that_was_chosen_to_call_from_goes_along_and_is_seen_in_that_call_alone() {
    let mut desk = Desk::ready();
    let from = Some("+442079460201".to_owned());
    let outputs = desk.intent(Intent::Dial { callee: party("600"), from: from.clone() });
    let command = ChannelCommand::Dial { leg: OUT, callee: party("600"), from: from.clone() };
    assert_eq!(outputs, [tell(command)]);
    assert_eq!(desk.call().own_number, from);
    desk.end(EndReason::Busy);
    desk.dial("601");
    assert_eq!(desk.call().own_number, None);
}

#[test]
fn what_is_no_number_is_neither_dialled_nor_remembered() {
    let mut desk = Desk::ready();
    assert_eq!(desk.dial("0800 CALL ME"), []);
    assert_eq!(desk.view().call, None);
    assert_eq!(desk.view().last_number, None);
    let why = WhyNot::NotANumber;
    let notice = Notice::NotDialled { callee: party("0800 CALL ME"), why };
    assert_eq!(desk.view().notice, Some(notice));
    desk.dial("600");
    assert_eq!(desk.view().notice, None);
}

#[test]
fn the_second_click_of_a_double_click_is_no_call_of_its_own() {
    let mut desk = Desk::ready();
    desk.dial("020 7946 0958");
    assert_eq!(desk.dial("020 7946 0958"), []);
    assert_eq!(desk.view().notice, None);
    desk.dial("601");
    let notice = Notice::NotDialled { callee: party("601"), why: WhyNot::InCall };
    assert_eq!(desk.view().notice, Some(notice));
}

#[test]
fn a_call_that_cannot_be_placed_is_told_of_until_it_can_be() {
    let refused = |why| Some(Notice::NotDialled { callee: party("601"), why });
    let mut desk = Desk::ready();
    desk.microphone(Microphone::Busy);
    desk.dial("601");
    assert_eq!(desk.view().notice, refused(WhyNot::NoMicrophone));
    desk.microphone(Microphone::Granted);
    assert_eq!(desk.view().notice, None);

    let mut desk = Desk::active();
    desk.intent(Intent::Hold);
    desk.channel(ChannelEvent::HoldRefused { leg: OUT, wanted: true });
    desk.dial("601");
    assert_eq!(desk.view().notice, refused(WhyNot::InCall));
    // What there was to read before is still there.
    desk.intent(Intent::DismissNotice);
    assert_eq!(desk.view().notice, Some(Notice::HoldRefused));
    desk.dial("601");
    desk.end(EndReason::FarEndHungUp);
    assert_eq!(desk.view().notice, None);

    let mut desk = Desk::bare();
    desk.dial("601");
    assert_eq!(desk.view().notice, None);
}

#[test]
fn a_call_goes_from_dialing_through_ringing_to_active() {
    let mut desk = Desk::dialing();
    assert_eq!(desk.stage(), Some(Stage::Dialing));
    desk.channel(ChannelEvent::Ringing { leg: OUT, early_media: false });
    assert_eq!(desk.stage(), Some(Stage::Ringing { early_media: false }));
    desk.wait(5);
    desk.channel(ChannelEvent::Answered { leg: OUT });
    assert_eq!(desk.stage(), Some(Stage::Active { since: desk.now }));
}

#[test]
fn every_call_has_a_leg_of_its_own_and_late_words_of_the_last_one_are_ignored() {
    let mut desk = Desk::dialing();
    desk.end(EndReason::Busy);
    let outputs = desk.dial("601");
    let second = Leg::Outgoing(2);
    assert!(outputs.contains(&tell(ChannelCommand::Dial {
        leg: second,
        callee: party("601"),
        from: None
    })));
    assert_eq!(desk.channel(ChannelEvent::Answered { leg: OUT }), []);
    assert_eq!(desk.stage(), Some(Stage::Dialing));
    assert_eq!(desk.call().leg, second);
}

#[test]
fn the_view_says_why_dialling_is_refused() {
    let mut desk = Desk::bare();
    assert_eq!(desk.view().may.dial, Err(WhyNot::NoLine));
    desk.line(LineState::Ready);
    assert_eq!(desk.view().may.dial, Err(WhyNot::NoMicrophone));
    assert_eq!(desk.dial("600"), []);

    let mut desk = Desk::ready();
    let problem = LineProblem::Unreachable { server: "pbx.example".to_owned() };
    desk.line(LineState::Lost { problem, retry_at: None });
    assert_eq!(desk.view().may.dial, Err(WhyNot::LineNotReady));
    assert_eq!(desk.dial("600"), []);

    let mut desk = Desk::active();
    assert_eq!(desk.view().may.dial, Err(WhyNot::InCall));
    assert_eq!(desk.dial("601"), []);
}

#[test]
fn a_line_that_is_lost_while_dialling_leaves_the_call_to_the_channel() {
    let mut desk = Desk::ringing(false);
    let problem = LineProblem::Unreachable { server: "pbx.example".to_owned() };
    assert_eq!(sounds(&desk.line(LineState::Lost { problem, retry_at: None })), []);
    assert_eq!(desk.stage(), Some(Stage::Ringing { early_media: false }));
}
