//! Any bytes as one message: a value or an error, and what was read prints and reads as the same again.
#![no_main]

#[path = "../../tests/message_support/mod.rs"]
mod message_support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| message_support::check(bytes));
