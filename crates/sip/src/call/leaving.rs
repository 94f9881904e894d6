//! Calls that are over here, and on the other side as soon as it has heard of it (RFC 3261, section 15).

use std::time::Duration;

use super::reason::reason;
use super::unacknowledged::Unacknowledged;
use super::{Call, Context};
use crate::dialog::Dialog;
use crate::endpoint::Endpoint;
use crate::message::{Method, Name, Request, Response};
use crate::timer::Timer;
use crate::transaction::{Challenged, Delivery, User};
use crate::{CallId, End};

/// How long a BYE waits for a way to the other side. Longer than several attempts to reconnect at the
/// longest back-off; after that the other side has long missed our audio.
const FAREWELL_LIMIT: Duration = Duration::from_secs(180);

/// How long the other side has to hang up after it handed us on, which is its part (RFC 5589, section 6.1). A BYE of
/// ours right behind the good news can overtake it inside a PBX, which then takes the transfer for a failure.
const HANDED_ON_LIMIT: Duration = Duration::from_secs(2);

/// A call whose BYE waits, or waits for its answer.
pub(super) struct Leaving {
    pub(super) dialog: Dialog,
    /// Our 2xx, which the BYE must not overtake.
    pub(super) unacknowledged: Option<Unacknowledged>,
    bye: Option<u64>,
    reason: &'static str,
    /// The other side handed us on, and is to hang up.
    is_theirs: bool,
}

impl Leaving {
    pub(super) fn new(
        cx: &mut Context<'_>,
        dialog: Dialog,
        unacknowledged: Option<Unacknowledged>,
        end: &End,
        is_theirs: bool,
    ) -> Leaving {
        stop_change_timers(cx.endpoint, cx.call);
        let limit = if is_theirs { HANDED_ON_LIMIT } else { FAREWELL_LIMIT };
        cx.endpoint.timers.set(Timer::Farewell(cx.call), cx.now + limit);
        Leaving { dialog, unacknowledged, bye: None, reason: reason(end), is_theirs }.say_bye(cx)
    }

    /// [`Timer::Farewell`] fired: we hang up if the other side was to, else the call is gone.
    pub(super) fn waited(mut self, cx: &mut Context<'_>) -> Option<Call> {
        if !self.is_theirs {
            stop_timers(cx.endpoint, cx.call);
            return None;
        }
        self.is_theirs = false;
        cx.endpoint.timers.set(Timer::Farewell(cx.call), cx.now + FAREWELL_LIMIT);
        Some(Call::Leaving(self.say_bye(cx)))
    }

    /// Sends the BYE, unless it is under way or cannot be sent yet.
    pub(super) fn say_bye(mut self, cx: &mut Context<'_>) -> Leaving {
        let may = self.unacknowledged.is_none() && !self.is_theirs;
        if self.bye.is_none() && may && cx.endpoint.admitted {
            let mut request = self.dialog.request(Method::Bye);
            request.headers.push((Name::Reason, self.reason.to_owned()));
            self.bye = Some(cx.endpoint.request(cx.now, request, User::Dialog(cx.call)));
        }
        self
    }

    /// The ACK came, or is not waited for any longer.
    pub(super) fn acknowledged(mut self, cx: &mut Context<'_>) -> Leaving {
        self.unacknowledged = None;
        cx.endpoint.timers.stop(Timer::RepeatOk(cx.call));
        cx.endpoint.timers.stop(Timer::AwaitAck(cx.call));
        self.say_bye(cx)
    }

    /// The BYE went down with the socket.
    pub(super) fn signalling_lost(mut self) -> Leaving {
        self.bye = None;
        self
    }

    /// Whatever the answer to a BYE is, the call is over (RFC 3261, section 15.1.1).
    pub(super) fn replied(
        mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) -> Option<Call> {
        let status = response.status();
        if delivery.request.method == Method::Invite && (200..300).contains(&status) {
            // A change that was under way.
            cx.endpoint.send_ack(&self.dialog.ack(&delivery.request));
        }
        if status < 200 || self.bye != Some(delivery.id) {
            return Some(Call::Leaving(self));
        }
        if matches!(status, 401 | 407) {
            let cseq = self.dialog.next_cseq();
            let again = cx.endpoint.answer_challenge(cx.now, delivery, response, cseq);
            if let Challenged::Again(id) = again {
                self.bye = Some(id);
                return Some(Call::Leaving(self));
            }
        }
        stop_timers(cx.endpoint, cx.call);
        None
    }

    pub(super) fn requested(
        self,
        cx: &mut Context<'_>,
        server: Option<u64>,
        request: &Request,
    ) -> Option<Call> {
        match (request.method(), server) {
            (Method::Ack, _) => match &self.unacknowledged {
                Some(waiting) if waiting.cseq == request.cseq().number => {
                    Some(Call::Leaving(self.acknowledged(cx)))
                }
                _ => Some(Call::Leaving(self)),
            },
            (Method::Bye, _) => {
                cx.endpoint.answer(request, 200, &[]);
                stop_timers(cx.endpoint, cx.call);
                if let Some(bye) = self.bye {
                    cx.endpoint.forget_client(bye);
                }
                None
            }
            (_, Some(server)) => {
                cx.endpoint.respond(cx.now, server, 481, &[], None);
                Some(Call::Leaving(self))
            }
            (_, None) => {
                cx.endpoint.answer(request, 481, &[]);
                Some(Call::Leaving(self))
            }
        }
    }
}

/// Stops the timers of a call that is up.
fn stop_change_timers(endpoint: &mut Endpoint, call: CallId) {
    for timer in [
        Timer::Change(call),
        Timer::TryAgain(call),
        Timer::SessionRefresh(call),
        Timer::SessionEnd(call),
        Timer::Transfer(call),
        Timer::GiveUp(call),
    ] {
        endpoint.timers.stop(timer);
    }
}

/// Stops all timers of a call.
pub(super) fn stop_timers(endpoint: &mut Endpoint, call: CallId) {
    stop_change_timers(endpoint, call);
    for timer in [
        Timer::Farewell(call),
        Timer::RepeatOk(call),
        Timer::AwaitAck(call),
        Timer::RingAgain(call),
        Timer::Expires(call),
    ] {
        endpoint.timers.stop(timer);
    }
}
