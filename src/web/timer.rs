//! Time: the page's clock, and one alarm that also works in a hidden tab.

use super::worker::{Worker, WorkerEvent};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsValue;

/// The time since the page was opened (High Resolution Time, `performance.now()`).
pub fn now() -> Duration {
    let milliseconds =
        web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
}

/// A time in whole milliseconds, rounded up so that an alarm is never early.
pub fn milliseconds(time: Duration) -> u32 {
    time.as_micros().div_ceil(1000).min(i32::MAX as u128) as u32
}

/// An alarm clock with one hand: setting it again moves it.
///
/// It runs in a worker, because browsers let the timers of a hidden page fire only once a minute. Where the
/// host's content policy forbids the worker, it runs in the page.
pub struct Alarm {
    worker: Option<Worker>,
    worker_failed: Rc<Cell<bool>>,
    page: RefCell<Option<Timeout>>,
    ring: Rc<dyn Fn()>,
}

/// Takes a number of milliseconds, or `null` to be silent.
const CLOCK_SCRIPT: &str =
    "let t;onmessage=e=>{clearTimeout(t);if(e.data!==null)t=setTimeout(()=>postMessage(0),e.data)}";

impl Alarm {
    /// An alarm that is not set. It calls `ring` each time it goes off, and may do so once too often.
    pub fn new(ring: impl Fn() + 'static) -> Alarm {
        let ring: Rc<dyn Fn()> = Rc::new(ring);
        let worker_failed = Rc::new(Cell::new(false));
        let (rung, failed) = (ring.clone(), worker_failed.clone());
        let worker = Worker::from_source(CLOCK_SCRIPT, move |event| {
            if let WorkerEvent::Failed = event {
                failed.set(true);
            }
            // Also after a failure: whoever hears it sets the alarm again, then in the page.
            rung();
        });
        Alarm { worker: worker.ok(), worker_failed, page: RefCell::default(), ring }
    }

    /// Goes off once after this time, or not at all; replaces what was set before.
    pub fn set(&self, after: Option<Duration>) {
        let after = after.map(milliseconds);
        let worker = self.worker.as_ref().filter(|_| !self.worker_failed.get());
        let message = after.map_or(JsValue::NULL, JsValue::from);
        if worker.is_some_and(|worker| worker.post(&message).is_ok()) {
            return;
        }
        let ring = self.ring.clone();
        *self.page.borrow_mut() = after.map(|after| Timeout::new(after, move || ring()));
    }
}
