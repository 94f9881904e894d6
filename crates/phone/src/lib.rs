//! The phone machine: one state machine between the agent and whatever carries the calls.
//!
//! Pure: it does no IO, has no clock and draws no random numbers. The driver feeds it with
//! [`Phone::handle`], carries out every [`Output`], and calls again at [`Phone::poll_timeout`].

mod call;
mod consult;
mod dialable;
mod events;
mod hold;
mod input;
mod intents;
mod link;
mod may;
mod output;
mod party;
mod phone;
mod quality;
mod reach;
mod show;
mod state;
mod talk;
mod time;
mod transfer;
mod view;

pub use call::{CallRecord, EndReason, Failure, Outcome};
pub use dialable::dialable;
pub use input::{ChannelEvent, Hold, Input, Intent, MediaEvent, Progress};
pub use link::AudioPath;
pub use output::{ChannelCommand, MediaCommand, Output, Tone};
pub use party::{Digit, Direction, Leg, Party};
pub use phone::Phone;
pub use quality::{Poor, Quality, Sample};
pub use reach::{Dot, LineProblem, LineState, Microphone, Sound};
pub use time::Time;
pub use view::{CallView, Capabilities, May, Notice, PhoneView, Stage, WhyNot};
