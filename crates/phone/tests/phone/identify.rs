//! The page tells who the other side is.

use crate::harness::{Desk, IN, OUT, logs};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Leg};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn identify(desk: &mut Desk, leg: Leg) {
    desk.intent(Intent::Identify { leg, name: "Mary Major".to_owned() });
}

#[test]
fn the_name_is_shown_and_filed() {
    let mut desk = Desk::incoming();
    identify(&mut desk, IN);
    assert_eq!(desk.call().party.name.as_deref(), Some("Mary Major"));
    let record = logs(&desk.end(EndReason::CallerGaveUp)).remove(0);
    assert_eq!(record.party.name.as_deref(), Some("Mary Major"));
}

#[test]
fn a_name_that_comes_late_is_not_given_to_another_call() {
    let mut desk = Desk::incoming();
    desk.end(EndReason::CallerGaveUp);
    desk.dial("600");
    identify(&mut desk, IN);
    assert_eq!(desk.call().party.name, None);
}

#[test]
fn the_call_is_seen_with_its_beginning_and_the_channels_name_for_it() {
    let mut desk = Desk::dialing();
    let began = desk.now;
    desk.wait(3);
    desk.channel(ChannelEvent::Named { leg: OUT, id: "a1b2".to_owned() });
    let call = desk.call();
    assert_eq!((call.started_at, call.channel_id.as_str()), (began, "a1b2"));
}
