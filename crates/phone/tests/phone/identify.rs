//! Who the other side is: what the page tells, and what the PBX tells when it changes in mid-call.

use crate::harness::{Desk, IN, OUT, logs, party};
use ringdock_phone::{ChannelEvent, EndReason, Intent, Leg, Party};
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

fn dana() -> Party {
    Party { number: "+12025550123".to_owned(), name: Some("Dana Field".to_owned()) }
}

#[test]
fn whoever_takes_the_other_sides_place_is_shown_and_whom_it_began_with_is_filed() {
    let mut desk = Desk::incoming();
    identify(&mut desk, IN);
    desk.intent(Intent::Answer);
    desk.channel(ChannelEvent::Answered { leg: IN });
    assert_eq!(desk.channel(ChannelEvent::Identity { leg: IN, party: dana() }), []);
    assert_eq!(desk.call().party, dana());
    desk.channel(ChannelEvent::Identity { leg: IN, party: party("1003") });
    assert_eq!(desk.call().party, party("1003"));
    // The page knows that one as well.
    desk.intent(Intent::Identify { leg: IN, name: "Chloe".to_owned() });
    assert_eq!(desk.call().party.name.as_deref(), Some("Chloe"));
    let record = logs(&desk.end(EndReason::FarEndHungUp)).remove(0);
    assert_eq!(
        (record.party.number.as_str(), record.party.name.as_deref()),
        ("1002", Some("Mary Major"))
    );
}

#[test]
fn the_network_gives_a_name_to_the_same_number_only_if_it_has_none() {
    let mut desk = Desk::active();
    let named = |name: &str| Party { number: "600".to_owned(), name: Some(name.to_owned()) };
    for (told, shown) in [("Echo", "Echo"), ("Noise", "Echo")] {
        desk.channel(ChannelEvent::Identity { leg: OUT, party: named(told) });
        assert_eq!(desk.call().party, named(shown));
    }
}
