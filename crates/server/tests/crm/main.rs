//! The server through its real router, each test on SQLite and on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod access;
mod calls;
mod countries;
mod finding;
mod foreign;
mod harness;
mod live;
mod notes;
mod numbers;
mod records;
mod reports;
mod session;
mod settings;
mod webhooks;
