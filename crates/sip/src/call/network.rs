//! What reaches the calls from outside: messages, timers, and the state of the line.

use super::leaving::{self, Leaving};
use super::prack::Reliability;
use super::{Call, Calls, Context, MOST_CALLS, MOST_UP, Ringing, identity, outgoing};
use crate::endpoint::Endpoint;
use crate::message::{Method, Request, Response, standard_phrase};
use crate::timer::Timer;
use crate::transaction::{Delivery, User};
use crate::{CallId, End, Event, Time};

impl Calls {
    /// An INVITE outside of any dialog, in its open transaction.
    pub(crate) fn invited(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        server: u64,
        invite: &Request,
    ) {
        if endpoint.stopping {
            endpoint.respond(now, server, 480, &[], None);
            return;
        }
        let replaces = match self.replaced_by(invite) {
            Ok(Some(replaced)) => Some(replaced),
            Ok(None) => {
                let back = self.coming_back(now, invite);
                if let Some(call) = back {
                    // Nobody took it, and the NOTIFY that says so may come later.
                    self.act(endpoint, now, call, |active, cx| {
                        active.transfer_failed(cx, 480, standard_phrase(480).to_owned());
                    });
                }
                back
            }
            Err(status) => {
                endpoint.respond(now, server, status, &[], None);
                return;
            }
        };
        let up = self.live.values().filter(|call| call.is_up()).count();
        if up > if replaces.is_some() { MOST_UP } else { 0 } {
            endpoint.respond(now, server, 486, &[], None);
            endpoint.event(Event::TurnedAway(identity::caller(invite)));
            return;
        }
        let call = self.allocate();
        let mut cx = Context::new(endpoint, now, call);
        if let Some(ringing) = Ringing::new(&mut cx, server, invite, replaces) {
            self.live.insert(call, Call::Ringing(ringing));
        }
    }

    /// The caller gave up.
    pub(crate) fn cancelled(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        cancel: &Request,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => ringing.given_up(cx, cancel),
            Call::Active(mut active) => {
                active.change_cancelled(cx);
                Some(Call::Active(active))
            }
            other => Some(other),
        });
    }

    /// A response to the INVITE of a call that we place.
    pub(crate) fn replied(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        delivery: &Delivery,
        response: &Response,
    ) {
        if (200..300).contains(&response.status()) && !self.awaits_answer(call) {
            return self.accepted_again(endpoint, now, call, delivery, response);
        }
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Inviting(inviting) => inviting.replied(cx, delivery, response),
            Call::Withdrawn(withdrawn) => withdrawn.replied(cx, delivery, response),
            other => Some(other),
        });
    }

    /// A response to a request inside the dialog of a call.
    pub(crate) fn replied_within(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        delivery: &Delivery,
        response: &Response,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Inviting(mut inviting) => {
                inviting.replied_within(cx, delivery, response);
                Some(Call::Inviting(inviting))
            }
            Call::Active(active) => active.replied(cx, delivery, response),
            Call::Leaving(leaving) => leaving.replied(cx, delivery, response),
            other => Some(other),
        });
    }

    fn awaits_answer(&self, call: CallId) -> bool {
        matches!(self.live.get(&call), Some(Call::Inviting(_) | Call::Withdrawn(_)))
    }

    /// One more 2xx to an INVITE that has one already. It came twice, and gets its ACK again; or another fork
    /// was answered as well, and gets an ACK and a BYE (RFC 3261, section 13.2.2.4).
    fn accepted_again(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        delivery: &Delivery,
        response: &Response,
    ) {
        let mut dialog = outgoing::acknowledge(endpoint, delivery, response);
        let known = match self.live.get(&call) {
            Some(Call::Active(active)) => active.dialog.remote_tag() == dialog.remote_tag(),
            Some(Call::Leaving(leaving)) => leaving.dialog.remote_tag() == dialog.remote_tag(),
            _ => false,
        };
        if !known && self.live.len() < MOST_CALLS {
            let call = self.allocate();
            let mut cx = Context::new(endpoint, now, call);
            dialog.leap();
            let leaving = Leaving::new(&mut cx, dialog, None, &End::Cancelled, false);
            self.live.insert(call, Call::Leaving(leaving));
        }
    }

    /// No final response to a request of a call came in time.
    pub(crate) fn unanswered(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        delivery: &Delivery,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Inviting(_) if delivery.user == User::Call(call) => {
                cx.end(End::Network);
                None
            }
            Call::Withdrawn(_) if delivery.user == User::Call(call) => None,
            Call::Active(active) => Some(active.unanswered(cx, delivery)),
            Call::Leaving(_) if delivery.request.method == Method::Bye => {
                leaving::stop_timers(cx.endpoint, cx.call);
                None
            }
            other => Some(other),
        });
    }

    /// A request inside a dialog. False if no call has that dialog.
    pub(crate) fn requested(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        server: Option<u64>,
        request: &Request,
    ) -> bool {
        let Some((&call, _)) = self.live.iter().find(|(_, state)| state.owns(request)) else {
            return false;
        };
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Inviting(mut inviting) => {
                inviting.requested(cx, server, request);
                Some(Call::Inviting(inviting))
            }
            Call::Ringing(ringing) => ringing.requested(cx, server, request),
            Call::Active(active) => active.requested(cx, server, request),
            Call::Leaving(leaving) => leaving.requested(cx, server, request),
            other => Some(other),
        });
        true
    }

    /// [`Timer::RepeatOk`](crate::timer::Timer::RepeatOk) fired.
    pub(crate) fn repeat_ok(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |mut state, cx| {
            let waiting = match &mut state {
                Call::Ringing(Ringing {
                    reliability: Reliability::Sent { ringing, .. }, ..
                }) => Some(ringing),
                Call::Active(active) => active.unacknowledged.as_mut(),
                Call::Leaving(leaving) => leaving.unacknowledged.as_mut(),
                Call::Preparing(_) | Call::Inviting(_) | Call::Withdrawn(_) | Call::Ringing(_) => {
                    None
                }
            };
            if let Some(waiting) = waiting {
                waiting.repeat(cx);
            }
            Some(state)
        });
    }

    /// [`Timer::AwaitAck`](crate::timer::Timer::AwaitAck) fired.
    pub(crate) fn no_ack(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Active(mut active) => {
                active.unacknowledged = None;
                Some(active.leave(cx, End::Network))
            }
            Call::Leaving(leaving) => Some(Call::Leaving(leaving.acknowledged(cx))),
            // RFC 3262, section 3.
            Call::Ringing(ringing) => ringing.refuse(cx, 504, End::Network),
            other => Some(other),
        });
    }

    /// [`Timer::RingAgain`](crate::timer::Timer::RingAgain) fired.
    pub(crate) fn ring_again(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => Some(ringing.ring_again(cx)),
            other => Some(other),
        });
    }

    /// [`Timer::Expires`](crate::timer::Timer::Expires) fired.
    pub(crate) fn expired(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => ringing.expired(cx),
            other => Some(other),
        });
    }

    /// A timer of a call that is up fired.
    pub(crate) fn active_timer(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        timer: Timer,
        call: CallId,
    ) {
        self.step(endpoint, now, call, |state, cx| {
            let Call::Active(mut active) = state else { return Some(state) };
            match timer {
                Timer::Change(_) => active.change_timed_out(cx, None),
                Timer::TryAgain(_) => active.pursue(cx),
                Timer::SessionRefresh(_) => active.refresh(cx),
                Timer::Transfer(_) => {
                    active.transfer_failed(cx, 408, standard_phrase(408).to_owned());
                }
                Timer::SessionEnd(_) => return Some(active.expired(cx)),
                Timer::GiveUp(_) => return Some(active.leave(cx, End::Network)),
                _ => {}
            }
            Some(Call::Active(active))
        });
    }

    /// [`Timer::Farewell`](crate::timer::Timer::Farewell) fired.
    pub(crate) fn farewell_over(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Leaving(leaving) => leaving.waited(cx),
            other => Some(other),
        });
    }

    /// The socket is gone. Calls that are up go on: their audio does not depend on it.
    pub(crate) fn socket_lost(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.step_all(endpoint, now, |state, cx| match state {
            Call::Preparing(_) | Call::Inviting(_) | Call::Ringing(_) => {
                leaving::stop_timers(cx.endpoint, cx.call);
                cx.end(End::Network);
                None
            }
            Call::Withdrawn(_) => None,
            Call::Active(active) => Some(Call::Active(active.signalling_lost(cx))),
            Call::Leaving(leaving) => Some(Call::Leaving(leaving.signalling_lost())),
        });
    }

    /// The server takes our requests again.
    pub(crate) fn line_back(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.step_all(endpoint, now, |state, cx| match state {
            Call::Active(active) => Some(Call::Active(active.signalling_restored(cx))),
            Call::Leaving(leaving) => Some(Call::Leaving(leaving.say_bye(cx))),
            other => Some(other),
        });
    }
}
