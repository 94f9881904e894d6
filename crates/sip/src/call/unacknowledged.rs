//! Responses that are sent until somebody acknowledges them.

use std::time::Duration;

use super::Context;
use crate::timer::{PATIENCE, T1, T2, Timer};

/// A response that is sent until its ACK or PRACK comes (RFC 3261, section 13.3.1.4; RFC 3262, section 3).
pub(super) struct Unacknowledged {
    message: Vec<u8>,
    interval: Duration,
    longest: Duration,
    /// The number that the ACK has.
    pub(super) cseq: u32,
    /// The description in it was an offer, so the ACK brings the answer.
    pub(super) is_offer: bool,
}

impl Unacknowledged {
    /// A 2xx that was sent.
    pub(super) fn new(
        cx: &mut Context<'_>,
        message: Vec<u8>,
        cseq: u32,
        is_offer: bool,
    ) -> Unacknowledged {
        cx.endpoint.timers.set(Timer::RepeatOk(cx.call), cx.now + T1);
        cx.endpoint.timers.set(Timer::AwaitAck(cx.call), cx.now + PATIENCE);
        Unacknowledged { message, interval: T1, longest: T2, cseq, is_offer }
    }

    /// A reliable ringing that was sent. Its pauses grow without a limit (RFC 3262, section 3).
    pub(super) fn ringing(
        cx: &mut Context<'_>,
        message: Vec<u8>,
        cseq: u32,
        is_offer: bool,
    ) -> Unacknowledged {
        Unacknowledged { longest: PATIENCE, ..Unacknowledged::new(cx, message, cseq, is_offer) }
    }

    pub(super) fn repeat(&mut self, cx: &mut Context<'_>) {
        cx.endpoint.send(self.message.clone());
        self.interval = (self.interval * 2).min(self.longest);
        cx.endpoint.timers.set(Timer::RepeatOk(cx.call), cx.now + self.interval);
    }
}
