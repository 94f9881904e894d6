//! What makes a call poor, and what is kept of it.

use crate::harness::{Desk, HELD, OUT, logs};
use ringdock_phone::{EndReason, Intent, MediaEvent, Poor, Quality, Sample};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A second of a call as it should be.
const FINE: Sample = Sample {
    received: 50,
    lost: 0,
    jitter: 2,
    round_trip: Some(40),
    lost_there: 0,
    microphone: 900,
};

/// So many seconds of this, and what they make of the call.
fn hear(desk: &mut Desk, sample: Sample, seconds: u32) -> Option<Poor> {
    for _ in 0..seconds {
        assert_eq!(desk.media(MediaEvent::Sample(OUT, sample)), []);
    }
    desk.call().poor
}

#[test]
fn each_cause_is_named_once_it_lasts() {
    let table = [
        (Sample { lost: 6, ..FINE }, Poor::Loss),
        (Sample { lost_there: 120, ..FINE }, Poor::LossThere),
        (Sample { jitter: 60, ..FINE }, Poor::Jitter),
        (Sample { round_trip: Some(700), ..FINE }, Poor::Delay),
    ];
    for (sample, cause) in table {
        let mut desk = Desk::active();
        assert_eq!(hear(&mut desk, FINE, 5), None);
        assert_eq!(hear(&mut desk, sample, 2), None, "{cause:?} comes too soon");
        assert_eq!(hear(&mut desk, sample, 4), Some(cause));
        assert_eq!(hear(&mut desk, FINE, 4), Some(cause), "{cause:?} goes too soon");
        assert_eq!(hear(&mut desk, FINE, 12), None);
    }
}

#[test]
fn a_value_between_the_two_limits_changes_nothing() {
    let between = Sample { round_trip: Some(450), ..FINE };
    let mut desk = Desk::active();
    assert_eq!(hear(&mut desk, between, 20), None);
    hear(&mut desk, Sample { round_trip: Some(700), ..FINE }, 3);
    assert_eq!(hear(&mut desk, between, 20), Some(Poor::Delay));
}

#[test]
fn nothing_received_is_told_after_five_seconds_and_forgotten_at_once() {
    let nothing = Sample { received: 0, ..FINE };
    let mut desk = Desk::active();
    assert_eq!(hear(&mut desk, nothing, 4), None);
    assert_eq!(hear(&mut desk, nothing, 1), Some(Poor::NothingReceived));
    assert_eq!(hear(&mut desk, FINE, 1), None);
}

#[test]
fn a_microphone_that_gives_nothing_is_told_after_ten_seconds() {
    let silent = Sample { microphone: 0, ..FINE };
    let mut desk = Desk::active();
    assert_eq!(hear(&mut desk, silent, 9), None);
    assert_eq!(hear(&mut desk, silent, 1), Some(Poor::SilentMicrophone));
    assert_eq!(hear(&mut desk, FINE, 1), None);
}

#[test]
fn silence_that_is_meant_is_no_fault() {
    let silent = Sample { microphone: 0, ..FINE };
    let mut muted = Desk::active();
    muted.intent(Intent::SetMuted(true));
    assert_eq!(hear(&mut muted, silent, 30), None);

    let mut held = Desk::active();
    held.hold(OUT, HELD);
    assert_eq!(hear(&mut held, Sample { received: 0, ..silent }, 30), None);
}

#[test]
fn a_summary_goes_into_the_record() {
    let mut desk = Desk::active();
    hear(&mut desk, Sample { lost: 10, ..FINE }, 10);
    hear(&mut desk, Sample { jitter: 12, round_trip: None, lost_there: 40, ..FINE }, 10);
    let quality = logs(&desk.end(EndReason::FarEndHungUp))[0].quality;
    let Some(Quality { seconds, poor, loss, loss_there, jitter, round_trip }) = quality else {
        panic!("nothing was kept");
    };
    assert_eq!((seconds, loss, loss_there, jitter, round_trip), (20, 90, 20, 7, Some(40)));
    assert!((8..20).contains(&poor), "{poor} s of 20");
}

#[test]
fn without_a_measurement_nothing_is_made_up() {
    assert_eq!(logs(&Desk::active().end(EndReason::FarEndHungUp))[0].quality, None);
}
