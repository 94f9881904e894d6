//! The agent against a scripted server, in virtual time: one behaviour, one module.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod accounts;
mod attended;
mod calls;
mod cancels;
mod challenges;
mod digits;
mod early_media;
mod failures;
mod forks;
mod given_back;
mod glare;
mod gruu;
mod hold;
#[cfg(not(target_arch = "wasm32"))]
mod hostile_input;
mod ice_restart;
mod identity;
mod in_dialog;
mod incoming_call;
mod keeps_alive;
mod long_ringing;
mod lost_socket;
mod not_sip;
mod outgoing_call;
#[cfg(not(target_arch = "wasm32"))]
mod play;
mod prack;
mod proxies;
mod reconnects;
mod redirects;
mod referral;
mod refuses_requests;
mod registers;
mod registration_refused;
mod reinvites;
mod reliable_ringing;
mod replaces;
mod second_call;
mod servers;
mod session_timers;
mod stops;
mod switchboard;
mod torture;
mod transaction_timers;
mod transfer;
mod update;
mod world;
