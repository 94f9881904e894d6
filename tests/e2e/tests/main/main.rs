//! The built dock, end to end: what an agent sees, hears and does.

mod bad_input;
mod bubble;
mod crm_calls;
mod crm_note;
mod dead_stun;
mod dial_pad;
mod digits;
mod hold;
mod host_page;
mod incoming;
mod keyboard;
mod line;
mod lost_media;
mod lost_pbx;
mod lost_signalling;
mod many_calls;
mod microphone;
mod moving;
mod outgoing;
mod quality;
mod secrets;
mod silent_line;
mod transfer;
mod two_windows;
mod workspace;
mod workspace_accessibility;
