//! The wrappers of `src/web` in a real browser: that they do what they say, and that what is dropped is closed.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod alarm;
mod microphone;
mod peer;
mod socket;
mod storage;

use gloo_timers::future::TimeoutFuture;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Waits until something is true, for ten seconds at most.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("waited in vain until {what}");
}
