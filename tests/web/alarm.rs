use crate::until;
use ringdock::web::timer::{Alarm, now};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_test::wasm_bindgen_test;

fn alarm() -> (Alarm, Rc<RefCell<Vec<Duration>>>) {
    let rings = Rc::<RefCell<Vec<Duration>>>::default();
    let heard = rings.clone();
    (Alarm::new(move || heard.borrow_mut().push(now())), rings)
}

#[wasm_bindgen_test]
async fn it_goes_off_once_and_never_early() {
    let (alarm, rings) = alarm();
    let set_at = now();
    alarm.set(Some(Duration::from_millis(50)));
    until("the alarm goes off", || !rings.borrow().is_empty()).await;
    assert!(
        rings.borrow()[0] - set_at >= Duration::from_millis(49),
        "clocks of page and worker differ by a bit"
    );
    // A second alarm, set later, is the mark by which the first would have rung again.
    alarm.set(Some(Duration::from_millis(100)));
    until("it goes off again", || rings.borrow().len() >= 2).await;
    assert_eq!(rings.borrow().len(), 2);
}

#[wasm_bindgen_test]
async fn setting_it_again_moves_it_and_clearing_it_silences_it() {
    let (moved, rings) = alarm();
    let set_at = now();
    moved.set(Some(Duration::from_millis(20)));
    moved.set(Some(Duration::from_millis(200)));
    let (cleared, silence) = alarm();
    cleared.set(Some(Duration::from_millis(20)));
    cleared.set(None);
    until("the moved alarm goes off", || !rings.borrow().is_empty()).await;
    assert!(rings.borrow()[0] - set_at >= Duration::from_millis(199));
    assert!(silence.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_dropped_alarm_is_silent() {
    let (dropped, silence) = alarm();
    dropped.set(Some(Duration::from_millis(20)));
    drop(dropped);
    let (mark, rings) = alarm();
    mark.set(Some(Duration::from_millis(100)));
    until("the later alarm goes off", || !rings.borrow().is_empty()).await;
    assert!(silence.borrow().is_empty());
}
