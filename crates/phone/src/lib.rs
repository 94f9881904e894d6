//! The phone machine: one state machine between the agent and whatever carries the calls.
//!
//! Pure: it does no IO, has no clock and draws no random numbers. The driver feeds it with
//! [`Phone::handle`], carries out every [`Output`], and calls again at [`Phone::poll_timeout`].

mod call;
mod dialable;
mod events;
mod input;
mod intents;
mod may;
mod output;
mod party;
mod phone;
mod state;
mod time;
mod view;

pub use call::{CallRecord, EndReason, Failure, Outcome};
pub use dialable::dialable;
pub use input::{ChannelEvent, Input, Intent, MediaEvent};
pub use output::{ChannelCommand, MediaCommand, Output, Tone};
pub use party::{Digit, Direction, Leg, Party};
pub use phone::Phone;
pub use time::Time;
pub use view::{
    CallView, Dot, LineProblem, LineState, May, Microphone, PhoneView, Sound, Stage, WhyNot,
};
