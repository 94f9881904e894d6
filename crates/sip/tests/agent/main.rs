//! The agent against a scripted server, in virtual time: one behaviour, one module.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod incoming_call;
mod outgoing_call;
mod registers;
mod world;
