use gloo_net::http::Method;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Failure, exchange};

const LONGEST_WAIT: u32 = 15;

/// Whether the server can be reached, and when what is on screen has to be fetched again.
#[derive(Clone, Copy)]
pub struct Reach {
    /// Seconds until it is tried again; none while the server is there.
    waiting: RwSignal<Option<u32>>,
    /// Counts the times when everything on screen became old.
    epoch: RwSignal<u32>,
    /// Whether the server said that nobody is signed in any longer.
    signed_out: RwSignal<bool>,
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

    /// Whether the session has ended.
    pub fn signed_out(self) -> RwSignal<bool> {
        self.signed_out
    }

    /// Draws the conclusions of a request that failed: the server is away, or the session has ended.
    pub fn learn(self, failure: &Failure) {
        match failure {
            Failure::Away => self.lost(),
            Failure::Refused(_) if failure.is_signed_out() => self.signed_out.set(true),
            Failure::Refused(_) => {}
        }
    }

    /// Something failed as if the server were away: finds out, and waits until it is back.
    pub fn lost(self) {
        if self.probing.get_value() {
            return;
        }
        self.probing.set_value(true);
        spawn_local(async move {
            let mut wait = 1;
            while matches!(exchange(Method::GET, "/health", None).await, Err(Failure::Away)) {
                self.count_down(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
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
