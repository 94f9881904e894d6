//! The server as a program: what it keeps when it is killed, what it says when the disk is full, what it never logs, and several of it on one
//! database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod asterisk;
mod durability;
mod log;
mod openapi;
mod program;
mod servers;
mod trouble;
