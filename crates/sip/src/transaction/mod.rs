//! Transactions on a reliable transport (RFC 3261, section 17, and RFC 6026): nothing is retransmitted,
//! and timers D, I, J and K are zero, so a transaction that has its final response is over, but for an
//! INVITE that was accepted.

mod client;
mod server;

pub(crate) use client::{Challenged, Clients, Delivery, User};
pub(crate) use server::{Arrival, Servers};
