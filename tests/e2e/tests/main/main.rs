//! The built dock, end to end: what an agent sees, hears and does.

mod bad_input;
mod bubble;
mod dial_pad;
mod digits;
mod host_page;
mod incoming;
mod keyboard;
mod line;
mod lost_signalling;
mod microphone;
mod outgoing;
mod secrets;
mod two_windows;
