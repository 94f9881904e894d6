use gloo_net::http::Method;
use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Failure, exchange};

/// The longest wait before the server is tried again, in seconds.
const LONGEST_WAIT: u32 = 15;

/// A server that is lost again sooner than this, in ms, was not really back, and is waited for longer.
const SETTLED: f64 = 30_000.0;

/// Whether the server can be reached, and when what is on screen has to be fetched again.
#[derive(Clone, Copy)]
pub struct Reach {
    /// Seconds until it is tried again; none while the server is there.
    waiting: RwSignal<Option<u32>>,
    /// Counts the times when everything on screen became old.
    epoch: RwSignal<u32>,
    /// Whether the server said that nobody is signed in any longer.
    signed_out: RwSignal<bool>,
    /// Seconds to wait before the server is tried, if it is lost again before it has settled.
    wait: StoredValue<u32>,
    /// When it was last found to be back, in ms since 1970.
    back_at: StoredValue<f64>,
    probing: StoredValue<bool>,
    hurry: StoredValue<bool>,
}

impl Reach {
    /// The server is taken to be there until it turns out not to be.
    pub fn new() -> Self {
        Self {
            waiting: RwSignal::new(None),
            epoch: RwSignal::new(0),
            signed_out: RwSignal::new(false),
            wait: StoredValue::new(0),
            back_at: StoredValue::new(0.0),
            probing: StoredValue::new(false),
            hurry: StoredValue::new(false),
        }
    }

    /// Seconds until it is tried again, while the server is away.
    pub fn waiting(self) -> Signal<Option<u32>> {
        self.waiting.into()
    }

    /// Tracked by everything that is fetched.
    pub fn track(self) {
        self.epoch.track();
    }

    /// Fetches again what is on screen.
    pub fn refresh(self) {
        self.epoch.update(|epoch| *epoch = epoch.wrapping_add(1));
    }

    /// Whether the session has ended, and nobody has signed in again. Nothing is asked of the server until then.
    pub fn signed_out(self) -> RwSignal<bool> {
        self.signed_out
    }

    /// Draws the conclusions of a request that failed: the server is away, or the session has ended.
    pub fn learn(self, failure: &Failure) {
        if failure.passes() {
            self.lost();
        } else if failure.is_signed_out() && !self.signed_out.get_untracked() {
            self.signed_out.set(true);
        }
    }

    /// Something failed as if the server were away: finds out, and waits until it is back. What fails again as soon as
    /// everything is fetched anew is not asked for without a pause.
    pub fn lost(self) {
        if self.probing.get_value() || self.signed_out.get_untracked() {
            return;
        }
        self.probing.set_value(true);
        spawn_local(async move {
            let settled = Date::now() - self.back_at.get_value() > SETTLED;
            let mut wait = if settled { 0 } else { self.wait.get_value() };
            loop {
                self.count_down(wait).await;
                wait = (wait * 2).clamp(1, LONGEST_WAIT);
                let answer = exchange(Method::GET, "/health", None).await;
                if !answer.is_err_and(|failure| failure.passes()) {
                    break;
                }
            }
            self.wait.set_value(wait);
            self.back_at.set_value(Date::now());
            self.probing.set_value(false);
            self.waiting.set(None);
            self.refresh();
        });
    }

    /// Tries now instead of at the end of the wait.
    pub fn hurry(self) {
        self.hurry.set_value(true);
    }

    async fn count_down(self, seconds: u32) {
        for left in (1..=seconds).rev() {
            self.waiting.set(Some(left));
            for _ in 0..4 {
                TimeoutFuture::new(250).await;
                if self.hurry.get_value() {
                    self.hurry.set_value(false);
                    return;
                }
            }
        }
    }
}
