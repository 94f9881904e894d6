//! A channel that is taken away.

use crate::harness::{ChannelCommand, Desk, IN, OUT, party, tell};
use ringdock_phone::{ChannelEvent, EndReason, LineState, Stage};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_call_that_is_up_is_hung_up() {
    for mut desk in [Desk::dialing(), Desk::active(), Desk::reconnecting()] {
        assert_eq!(desk.line(LineState::Off), [tell(ChannelCommand::HangUp(OUT))]);
        assert_eq!(desk.stage(), Some(Stage::Ending));
    }
}

#[test]
fn a_call_that_comes_in_is_declined() {
    let mut desk = Desk::incoming();
    assert!(desk.line(LineState::Off).contains(&tell(ChannelCommand::Decline(IN))));
    assert_eq!(desk.end_reason(), Some(EndReason::Declined));
}

#[test]
fn nothing_rings_on_a_line_that_is_off() {
    let mut desk = Desk::bare();
    let outputs =
        desk.channel(ChannelEvent::Incoming { leg: IN, caller: party("1002"), called: None });
    assert_eq!(outputs, [tell(ChannelCommand::Decline(IN))]);
    assert_eq!(desk.view().call, None);
}
