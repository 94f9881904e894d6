//! How long an ended call is shown.

use crate::harness::Desk;
use ringdock_phone::{EndReason, Failure, Intent};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_normal_end_is_shown_for_four_seconds() {
    for mut desk in [Desk::active(), Desk::incoming()] {
        let reason = EndReason::FarEndHungUp;
        desk.end(reason.clone());
        desk.wait_and_fire(3);
        assert_eq!(desk.end_reason(), Some(reason));
        desk.wait_and_fire(1);
        assert_eq!(desk.view().call, None);
        assert_eq!(desk.timeout(), None);
    }
}

#[test]
fn an_end_with_a_sentence_to_read_is_shown_for_ten_seconds() {
    let phrase = "Not Acceptable".to_owned();
    let reasons = [
        EndReason::Busy,
        EndReason::NoAnswer,
        EndReason::Rejected,
        EndReason::NotFound,
        EndReason::Unavailable,
        EndReason::NotAllowed,
        EndReason::Failed(Failure::Server { status: 606, phrase }),
    ];
    for reason in reasons {
        let mut desk = Desk::dialing();
        desk.end(reason.clone());
        desk.wait_and_fire(9);
        assert_eq!(desk.end_reason(), Some(reason));
        desk.wait_and_fire(1);
        assert_eq!(desk.view().call, None);
    }
}

#[test]
fn it_goes_at_once_when_dismissed() {
    let mut desk = Desk::dialing();
    desk.end(EndReason::Busy);
    desk.intent(Intent::Dismiss);
    assert_eq!(desk.view().call, None);
    assert_eq!(desk.timeout(), None);
}

#[test]
fn it_is_in_nobodys_way() {
    let mut desk = Desk::dialing();
    desk.end(EndReason::Busy);
    assert_eq!(desk.view().may.dial, Ok(()));
    assert_eq!(desk.view().last_number.as_deref(), Some("600"));
    desk.dial("600");
    assert_eq!(desk.timeout(), None);
    assert_eq!(desk.end_reason(), None);
}
