//! Time: the page's clock, and one alarm that also works in a hidden tab.

use super::worker::{Worker, WorkerEvent};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, OnceCell, RefCell};
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
    let whole = time.as_secs().saturating_mul(1000);
    let rest = time.subsec_nanos().div_ceil(1_000_000);
    whole.saturating_add(rest.into()).min(i32::MAX as u64) as u32
}

/// An alarm clock with one hand: setting it again moves it.
///
/// It can run in a worker, because browsers let the timers of a hidden page fire only once a minute. Where the
/// host's content policy forbids the worker, it runs in the page.
pub struct Alarm {
    worker: OnceCell<Option<Worker>>,
    worker_failed: Rc<Cell<bool>>,
    page: RefCell<Option<Timeout>>,
    ring: Rc<dyn Fn()>,
}

/// Takes a number of milliseconds, or `null` to be silent.
const CLOCK_SCRIPT: &str =
    "let t;onmessage=e=>{clearTimeout(t);if(e.data!==null)t=setTimeout(()=>postMessage(0),e.data)}";

impl Alarm {
    /// An alarm in the page that is not set. It calls `ring` each time it goes off, and may do so once too often.
    pub fn new(ring: impl Fn() + 'static) -> Alarm {
        Alarm {
            worker: OnceCell::new(),
            worker_failed: Rc::default(),
            page: RefCell::default(),
            ring: Rc::new(ring),
        }
    }

    /// Has the alarm run in a worker from the next time it is set.
    pub fn move_to_worker(&self) {
        self.worker.get_or_init(|| {
            let (rung, failed) = (self.ring.clone(), self.worker_failed.clone());
            let worker = Worker::from_source(CLOCK_SCRIPT, move |event| {
                if let WorkerEvent::Failed = event {
                    failed.set(true);
                }
                // Also after a failure: whoever hears it sets the alarm again, then in the page.
                rung();
            });
            worker.ok()
        });
    }

    /// Goes off once after this time, or not at all; replaces what was set before.
    pub fn set(&self, after: Option<Duration>) {
        let after = after.map(milliseconds);
        let worker = self.worker.get().and_then(Option::as_ref);
        let message = after.map_or(JsValue::NULL, JsValue::from);
        if worker.is_some_and(|worker| !self.worker_failed.get() && worker.post(&message).is_ok()) {
            self.page.take();
            return;
        }
        let ring = self.ring.clone();
        *self.page.borrow_mut() = after.map(|after| Timeout::new(after, move || ring()));
    }
}
