//! A message for each section of RFC 4475 and RFC 5118, written by us to what the section is about, with the
//! verdict that the RFC gives. Each is also read cut short at every byte.
//!
//! What an endpoint answers to a message that is well-formed is in `agent/torture.rs`.
#![allow(clippy::panic, reason = "a failed expectation of a helper panics")]

mod invalid;
mod ipv6;
mod judge;
mod meaning;
#[path = "../message_support/mod.rs"]
mod message_support;
mod valid;
