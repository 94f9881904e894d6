//! The one clock, in the words of each machine.

use crate::web::timer;
use ringdock_phone::{LineState, PhoneView, Stage, Time};
use std::time::Duration;

/// The time since the page was opened.
pub fn now() -> Time {
    Time(timer::now())
}

/// The same moment for the SIP agent.
pub fn sip(time: Time) -> ringdock_sip::Time {
    ringdock_sip::Time(time.0)
}

/// A moment of the SIP agent.
pub fn from_sip(time: ringdock_sip::Time) -> Time {
    Time(time.0)
}

/// When what is on screen changes only because time passes: each full second of a call, of a wait for the
/// next attempt, and of ringing.
pub fn next_tick(view: &PhoneView, now: Time) -> Option<Time> {
    let second = Duration::from_secs(1);
    let since = match view.call.as_ref().map(|call| &call.stage) {
        Some(Stage::Active { since } | Stage::Reconnecting { since }) => Some(*since),
        Some(Stage::Incoming) => Some(Time::default()),
        _ => match view.line {
            LineState::Lost { retry_at, .. } | LineState::Down { retry_at, .. } => {
                retry_at.map(|_| Time::default())
            }
            LineState::Off | LineState::Connecting | LineState::Ready => None,
        },
    }?;
    let part = (now - since).subsec_nanos();
    Some(now + (second - Duration::from_nanos(part.into())))
}
