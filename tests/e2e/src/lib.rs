//! A real Chromium, driven like a person drives it, for the tests of the built dock.
//!
//! Controls are found by role and accessible name in Chromium's own accessibility tree, clicked where
//! they are on the screen, and typed into with keys; sound goes in as a file and is listened to where it
//! comes out. Nothing here knows how the dock is built.

pub mod accessibility;
mod away;
pub mod browser;
mod chromedriver;
pub mod control;
pub mod crm;
pub mod dock;
pub mod ear;
pub mod recorded;
pub mod roaming;
pub mod stage;
pub mod tone;
pub mod wait;

/// What goes wrong outside of what is tested: a sentence.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The outcome of a step.
pub type Result<T> = std::result::Result<T, Error>;
