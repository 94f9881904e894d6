//! What is known of a call once it was answered.

use crate::link::Link;
use crate::quality::Monitor;
use crate::{Hold, Time};

/// An answered call.
#[derive(Debug)]
pub(crate) struct Talk {
    pub(crate) since: Time,
    pub(crate) digits: String,
    pub(crate) hold: Hold,
    /// What the channel was asked for last and has not replied to: to hold, or to resume.
    pub(crate) hold_asked: Option<bool>,
    pub(crate) link: Link,
    pub(crate) monitor: Monitor,
}

impl Talk {
    pub(crate) fn from(now: Time) -> Talk {
        Talk {
            since: now,
            digits: String::new(),
            hold: Hold::default(),
            hold_asked: None,
            link: Link::default(),
            monitor: Monitor::default(),
        }
    }

    /// The agent and the other side hear each other, as far as this side has its way.
    pub(crate) fn is_heard(&self) -> bool {
        !self.hold.by_us && self.hold_asked.is_none()
    }
}
