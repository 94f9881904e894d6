//! The one clock, in the words of each machine.

use crate::web::timer::{self, milliseconds};
use ringdock_phone::{LineState, PhoneView, Stage, Time};
use std::time::Duration;

/// The time since the page was opened.
pub fn now() -> Time {
    Time(timer::now())
}

/// How late an alarm may be before the machine must have been asleep. A busy page or a hidden tab is not that late.
const NAP: Duration = Duration::from_secs(5);

/// Notices that the machine slept, by the calendar: the clock of the page may have slept as well.
#[derive(Default)]
pub struct Watchman {
    /// When the next alarm is due, in ms by the calendar.
    due: Option<f64>,
}

impl Watchman {
    /// The next alarm comes after this time.
    pub fn expect(&mut self, after: Option<Duration>) {
        self.due = after.map(|after| js_sys::Date::now() + f64::from(milliseconds(after)));
    }

    /// Whether the alarm that is due should have gone off long ago.
    pub fn has_slept(&self) -> bool {
        self.due.is_some_and(|due| js_sys::Date::now() - due > f64::from(milliseconds(NAP)))
    }
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
        Some(
            Stage::Active { since }
            | Stage::Reconnecting { since }
            | Stage::Transferring { since, .. },
        ) => Some(*since),
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
