//! Changes of a session that is up: holding, resuming, a new start of ICE, and what the other side changes
//! (RFC 3264; RFC 3261, section 14; RFC 3311). There is one offer at a time, ours or theirs.
//!
//! ```text
//!          wanted --> Describing --description--> Offered --2xx--> Idle
//! Idle --<                                          |
//!          theirs --> Answering --description--> Idle   491: Idle, and again after a pause
//!                                                       refused: Idle, and everything as it was
//! ```

use std::time::Duration;

use super::active::Active;
use super::hold::is_held;
use super::reason::reason;
use super::their_change::{Theirs, turn_down};
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

/// The pause before a new start of ICE that the browser could not offer is tried again.
const BETWEEN_NETWORKS: Duration = Duration::from_secs(1);

/// What is, what is wanted, and what is under way.
#[derive(Default)]
pub(super) struct Session {
    /// The latest description that the browser was asked for.
    generation: u32,
    /// The latest of our offers whose answer the browser was given.
    answered: u32,
    pub(super) state: State,
    pub(super) held_by_us: bool,
    held_by_them: bool,
    wants_hold: bool,
    wants_ice: bool,
    /// An offer is due for its own sake: the session is to be refreshed, or may not be the same on both sides.
    pub(super) wants_offer: bool,
    tries: u8,
}

#[derive(Default)]
pub(super) enum State {
    #[default]
    Idle,
    /// The browser makes our offer.
    Describing { hold: bool },
    /// Our INVITE with the offer is under way.
    Offered { transaction: u64, hold: bool },
    /// The browser makes the answer to their offer, or the offer that they asked for.
    Answering(Theirs),
}

impl Session {
    /// Whether the other side agreed to be held.
    pub(super) fn is_held_by_us(&self) -> bool {
        self.held_by_us
    }
}

impl Active {
    /// The user wants to hold, or to resume.
    pub(super) fn want_hold(&mut self, cx: &mut Context<'_>, hold: bool) {
        self.session.wants_hold = hold;
        self.pursue(cx);
    }

    /// The driver wants ICE to begin anew.
    pub(super) fn want_ice(&mut self, cx: &mut Context<'_>) {
        self.session.wants_ice = true;
        self.pursue(cx);
    }

    /// The session is to be offered as it is.
    pub(super) fn want_offer(&mut self, cx: &mut Context<'_>) {
        self.session.wants_offer = true;
        self.pursue(cx);
    }

    /// Begins what is wanted as soon as nothing else is under way.
    pub(super) fn pursue(&mut self, cx: &mut Context<'_>) {
        let session = &mut self.session;
        let is_due =
            session.wants_hold != session.held_by_us || session.wants_ice || session.wants_offer;
        let is_free = matches!(session.state, State::Idle)
            && self.unacknowledged.is_none()
            && !self.is_signalling_lost
            && !cx.endpoint.timers.runs(Timer::TryAgain(cx.call));
        if !is_due {
            session.tries = 0;
        }
        if is_due && is_free {
            let hold = session.wants_hold;
            session.state = State::Describing { hold };
            let restart_ice = session.wants_ice;
            self.describe(cx, None, hold, restart_ice);
        }
    }

    pub(super) fn describe(
        &mut self,
        cx: &mut Context<'_>,
        offer: Option<String>,
        hold: bool,
        restart_ice: bool,
    ) {
        self.session.generation += 1;
        let (call, generation) = (cx.call, self.session.generation);
        cx.event(Event::Describe { call, generation, offer, hold, restart_ice });
    }

    /// The browser made a description.
    pub(super) fn described(&mut self, cx: &mut Context<'_>, generation: u32, sdp: String) {
        if generation != self.session.generation {
            return;
        }
        match std::mem::take(&mut self.session.state) {
            State::Describing { hold } => self.offer(cx, sdp, hold),
            State::Answering(theirs) => self.answer(cx, theirs, sdp),
            other => self.session.state = other,
        }
    }

    fn offer(&mut self, cx: &mut Context<'_>, sdp: String, hold: bool) {
        let mut request = self.dialog.request(Method::Invite);
        request.headers = cx.endpoint.introduction();
        request.headers.extend(self.timer.request());
        request.body = Some((SDP, sdp));
        let transaction = cx.endpoint.request(cx.now, request, User::Dialog(cx.call));
        self.session.state = State::Offered { transaction, hold };
        cx.endpoint.timers.set(Timer::Change(cx.call), cx.now + PATIENCE);
    }

    /// An offer that the browser refuses changes nothing (RFC 3261, section 14.2), nor does one that it cannot
    /// make, once it was tried often enough; an answer that it refuses leaves no session.
    pub(super) fn description_refused(mut self, cx: &mut Context<'_>, generation: u32) -> Call {
        if generation != self.session.generation {
            return Call::Active(self);
        }
        match std::mem::take(&mut self.session.state) {
            State::Idle if generation == self.session.answered => {
                return self.leave(cx, End::Media);
            }
            // An offer that came to nothing before.
            State::Idle => {}
            // A machine between two networks has no address to offer, and may soon have one.
            State::Describing { .. } if self.session.wants_ice => self.pause(cx, BETWEEN_NETWORKS),
            State::Describing { .. } => self.give_up_change(cx),
            State::Answering(theirs) => {
                turn_down(cx, theirs, 488);
                self.pursue(cx);
            }
            offered @ State::Offered { .. } => self.session.state = offered,
        }
        Call::Active(self)
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
            _ => return Some(Call::Active(self)),
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
        self.session.wants_ice = false;
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

    pub(super) fn set_hold(&mut self, cx: &mut Context<'_>, by_us: bool, by_them: bool) {
        let session = &mut self.session;
        if (session.held_by_us, session.held_by_them) != (by_us, by_them) {
            (session.held_by_us, session.held_by_them) = (by_us, by_them);
            cx.event(Event::Hold { call: cx.call, by_us, by_them });
        }
    }

    /// The change met another one: later again, if it did not meet too many.
    fn pause(&mut self, cx: &mut Context<'_>, pause: Duration) {
        self.session.tries += 1;
        if self.session.tries > MOST_TRIES {
            return self.change_refused(cx);
        }
        self.roll_back(cx);
        cx.endpoint.timers.set(Timer::TryAgain(cx.call), cx.now + pause);
    }

    /// The change is refused: everything stays as it was.
    fn change_refused(&mut self, cx: &mut Context<'_>) {
        self.roll_back(cx);
        self.give_up_change(cx);
    }

    fn roll_back(&mut self, cx: &mut Context<'_>) {
        cx.endpoint.timers.stop(Timer::Change(cx.call));
        self.session.state = State::Idle;
        cx.event(Event::Rollback { call: cx.call, generation: self.session.generation });
    }

    fn give_up_change(&mut self, cx: &mut Context<'_>) {
        let session = &mut self.session;
        session.wants_ice = false;
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
        }
    }

    /// The socket is gone, and with it what was under way. What is wanted still is, when the line is back.
    pub(super) fn change_lost(&mut self, cx: &mut Context<'_>) {
        match self.session.state {
            State::Idle => {}
            State::Describing { .. } | State::Offered { .. } => self.roll_back(cx),
            State::Answering(_) => {
                self.session.state = State::Idle;
                self.session.wants_offer = true;
            }
        }
        self.session.tries = 0;
        cx.endpoint.timers.stop(Timer::TryAgain(cx.call));
    }
}
