//! Any sequence of messages, timers and intents: the laws of `tests/agent/play` hold, bounded memory among them.
#![no_main]
#![allow(clippy::expect_used, clippy::panic, reason = "the fuzzer looks for panics")]

mod heap;
#[path = "../../tests/agent/play/mod.rs"]
mod play;
#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/agent/world.rs"]
mod world;

libfuzzer_sys::fuzz_target!(|script: &[u8]| play::play(script, heap::in_use));
