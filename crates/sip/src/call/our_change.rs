//! Our offer in a session that is up: an answer, a later try, or nothing (RFC 3261, section 14.1).

use std::time::Duration;

use super::active::Active;
use super::change::State;
use super::hold::is_held;
use super::reason::reason;
use super::{Call, Context, sdp};
use crate::message::{Method, Name, Response};
use crate::outgoing::SDP;
use crate::timer::{PATIENCE, Timer};
use crate::transaction::{Challenged, Delivery, User};
use crate::{End, Event};

/// How often one change is tried again after it met one of the other side. Timers of both sides differ, so the
/// second time nearly always finds it free.
const MOST_TRIES: u8 = 5;
/// The longest pause that either side may demand before a change is tried again.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(10);

impl Active {
    /// The browser made our offer.
    pub(super) fn offer(&mut self, cx: &mut Context<'_>, sdp: String, hold: bool) {
        let mut request = self.dialog.request(Method::Invite);
        request.headers = cx.endpoint.introduction();
        request.headers.extend(self.timer.request());
        request.body = Some((SDP, sdp));
        let transaction = cx.endpoint.request(cx.now, request, User::Dialog(cx.call));
        self.session.state = State::Offered { transaction, hold };
        cx.endpoint.timers.set(Timer::Change(cx.call), cx.now + PATIENCE);
    }

    /// A response to our INVITE inside the dialog.
    pub(super) fn offer_replied(
        mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) -> Option<Call> {
        let status = response.status();
        if (200..300).contains(&status) {
            cx.endpoint.send_ack(&self.dialog.ack(&delivery.request));
        }
        let hold = match self.session.state {
            State::Offered { transaction, hold } if transaction == delivery.id => hold,
            _ if (200..300).contains(&status) && !delivery.is_repeated => {
                // It was given up here and taken there: the next offer sets both right.
                self.want_offer(cx);
                return Some(Call::Active(self));
            }
            _ => {
                // One that was cancelled is over, and no longer in the way of the next.
                if status >= 300 {
                    self.pursue(cx);
                }
                return Some(Call::Active(self));
            }
        };
        match status {
            ..=199 => return Some(Call::Active(self)),
            200..=299 => self.accepted(cx, hold, response),
            401 | 407 => {
                let cseq = self.dialog.next_cseq();
                match cx.endpoint.answer_challenge(cx.now, delivery, response, cseq) {
                    Challenged::Again(transaction) => {
                        self.session.state = State::Offered { transaction, hold };
                    }
                    Challenged::Refused(_) => self.change_refused(cx),
                }
            }
            408 | 481 => return self.gone(cx, status),
            422 if self.timer.raise(response.headers()) => self.pause(cx, Duration::ZERO),
            491 => {
                // RFC 3261, section 14.1.
                let (least, most) = if self.dialog.is_ours() { (2100, 4000) } else { (0, 2000) };
                let (least, most) = (Duration::from_millis(least), Duration::from_millis(most));
                let pause = cx.endpoint.random.between(least, most);
                self.pause(cx, pause);
            }
            500 if let Some(pause) = response.headers().seconds(Name::RetryAfter) => {
                self.pause(cx, Duration::from_secs(pause.into()).min(LONGEST_PAUSE));
            }
            _ => self.change_refused(cx),
        }
        Some(Call::Active(self))
    }

    fn accepted(&mut self, cx: &mut Context<'_>, hold: bool, response: &Response) {
        let Some(sdp) = sdp(response.headers()) else { return self.change_refused(cx) };
        self.dialog.refresh_target(response.headers());
        self.timer.agreed(cx, response.headers());
        cx.endpoint.timers.stop(Timer::Change(cx.call));
        self.session.state = State::Idle;
        self.session.restarts_ice = false;
        self.session.wants_offer = false;
        self.session.tries = 0;
        self.take_answer(cx, hold, sdp);
        self.pursue(cx);
    }

    /// The other side answered our offer.
    pub(super) fn take_answer(&mut self, cx: &mut Context<'_>, by_us: bool, sdp: String) {
        // While we hold, `inactive` says no more than that nothing is to be sent to us.
        let by_them = if by_us { self.session.held_by_them } else { is_held(&sdp) };
        let (call, generation) = (cx.call, self.session.generation);
        self.session.answered = generation;
        cx.event(Event::Remote { call, generation, sdp, early: false });
        self.set_hold(cx, by_us, by_them);
    }

    /// The change met another one: later again, if it did not meet too many.
    pub(super) fn pause(&mut self, cx: &mut Context<'_>, pause: Duration) {
        self.session.tries += 1;
        if self.session.tries > MOST_TRIES {
            return self.change_refused(cx);
        }
        self.roll_back(cx);
        cx.endpoint.timers.set(Timer::TryAgain(cx.call), cx.now + pause);
    }

    /// The change is refused: everything stays as it was.
    fn change_refused(&mut self, cx: &mut Context<'_>) {
        self.session.restarts_ice = false;
        self.roll_back(cx);
        self.give_up_change(cx);
    }

    /// What the offer was for is still wanted.
    pub(super) fn roll_back(&mut self, cx: &mut Context<'_>) {
        let session = &mut self.session;
        cx.endpoint.timers.stop(Timer::Change(cx.call));
        session.state = State::Idle;
        session.wants_ice |= std::mem::take(&mut session.restarts_ice);
        cx.event(Event::Rollback { call: cx.call, generation: session.generation });
    }

    pub(super) fn give_up_change(&mut self, cx: &mut Context<'_>) {
        let session = &mut self.session;
        session.tries = 0;
        if std::mem::take(&mut session.wants_offer) {
            self.timer.try_once_more(cx);
        }
        let session = &mut self.session;
        if session.wants_hold != session.held_by_us {
            let wanted = session.wants_hold;
            session.wants_hold = session.held_by_us;
            cx.event(Event::HoldRefused { call: cx.call, wanted });
        }
        self.pursue(cx);
    }

    /// No final response to our INVITE inside the dialog came in time: to this one, or (`None`) to the present one.
    /// The call goes on, but it is asked after.
    pub(super) fn change_timed_out(&mut self, cx: &mut Context<'_>, invite: Option<u64>) {
        if let State::Offered { transaction, .. } = self.session.state
            && invite.is_none_or(|invite| invite == transaction)
        {
            cx.endpoint.cancel(cx.now, transaction, reason(&End::Network));
            self.change_refused(cx);
            self.ask_after(cx);
        } else {
            self.pursue(cx);
        }
    }
}
