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
use super::their_change::{Theirs, turn_down};
use super::{Call, Context};
use crate::timer::Timer;
use crate::{End, Event};

/// The pause before a new start of ICE that the browser could not offer is tried again.
const BETWEEN_NETWORKS: Duration = Duration::from_secs(1);

/// What is, what is wanted, and what is under way.
#[derive(Default)]
pub(super) struct Session {
    /// The latest description that the browser was asked for.
    pub(super) generation: u32,
    /// The latest of our offers whose answer the browser was given.
    pub(super) answered: u32,
    pub(super) state: State,
    pub(super) held_by_us: bool,
    pub(super) held_by_them: bool,
    pub(super) wants_hold: bool,
    pub(super) wants_ice: bool,
    /// The offer under way begins ICE anew. A wish that comes meanwhile is for another one: the machine may have
    /// moved once more.
    pub(super) restarts_ice: bool,
    /// An offer is due for its own sake: the session is to be refreshed, or may not be the same on both sides.
    pub(super) wants_offer: bool,
    pub(super) tries: u8,
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
            // One that was cancelled is not over before it has its final response (RFC 3261, section 14.1).
            && !cx.endpoint.clients.has_open_invite(cx.call)
            && !cx.endpoint.timers.runs(Timer::TryAgain(cx.call));
        if !is_due {
            session.tries = 0;
        }
        if is_due && is_free {
            let hold = session.wants_hold;
            session.state = State::Describing { hold };
            let restart_ice = std::mem::take(&mut session.wants_ice);
            session.restarts_ice = restart_ice;
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
            State::Describing { .. } if self.session.restarts_ice => {
                self.pause(cx, BETWEEN_NETWORKS)
            }
            State::Describing { .. } => self.give_up_change(cx),
            State::Answering(theirs) => {
                turn_down(cx, theirs, 488);
                self.pursue(cx);
            }
            offered @ State::Offered { .. } => self.session.state = offered,
        }
        Call::Active(self)
    }

    pub(super) fn set_hold(&mut self, cx: &mut Context<'_>, by_us: bool, by_them: bool) {
        let session = &mut self.session;
        if (session.held_by_us, session.held_by_them) != (by_us, by_them) {
            (session.held_by_us, session.held_by_them) = (by_us, by_them);
            cx.event(Event::Hold { call: cx.call, by_us, by_them });
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
