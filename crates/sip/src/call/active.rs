//! Calls that are up (RFC 3261, sections 12.2, 13.3.1.4 and 14.2).

use std::time::Duration;

use super::leaving::{Leaving, stop_timers};
use super::{Call, Context, sdp};
use crate::dialog::Dialog;
use crate::endpoint::ALLOW;
use crate::message::{Method, Name, Request, Response};
use crate::timer::{PATIENCE, T1, T2, Timer};
use crate::transaction::User;
use crate::{End, Event};

/// A call that is up.
pub(super) struct Active {
    pub(super) dialog: Dialog,
    /// The latest description that the browser was asked for.
    generation: u32,
    /// Our 2xx to the INVITE, or to a later one.
    pub(super) unacknowledged: Option<Unacknowledged>,
    /// The other side's INVITE to change the session, while the browser makes a description for it.
    reinvite: Option<u64>,
    /// The number of that INVITE, and whether it came without an offer.
    reinvite_cseq: u32,
    reinvite_wants_offer: bool,
    is_signalling_lost: bool,
}

/// A 2xx that is sent until its ACK comes (RFC 3261, section 13.3.1.4).
pub(super) struct Unacknowledged {
    message: Vec<u8>,
    interval: Duration,
    /// The number that the ACK has.
    pub(super) cseq: u32,
    /// The description in it was an offer, so the ACK brings the answer.
    is_offer: bool,
}

impl Unacknowledged {
    pub(super) fn new(
        cx: &mut Context<'_>,
        message: Vec<u8>,
        cseq: u32,
        is_offer: bool,
    ) -> Unacknowledged {
        cx.endpoint.timers.set(Timer::RepeatOk(cx.call), cx.now + T1);
        cx.endpoint.timers.set(Timer::AwaitAck(cx.call), cx.now + PATIENCE);
        Unacknowledged { message, interval: T1, cseq, is_offer }
    }

    pub(super) fn repeat(&mut self, cx: &mut Context<'_>) {
        cx.endpoint.send(self.message.clone());
        self.interval = (self.interval * 2).min(T2);
        cx.endpoint.timers.set(Timer::RepeatOk(cx.call), cx.now + self.interval);
    }
}

impl Active {
    /// A call that the other side answered.
    pub(super) fn new(dialog: Dialog) -> Active {
        Active {
            dialog,
            generation: 0,
            unacknowledged: None,
            reinvite: None,
            reinvite_cseq: 0,
            reinvite_wants_offer: false,
            is_signalling_lost: false,
        }
    }

    /// A call that we answered.
    pub(super) fn answered(dialog: Dialog, ok: Unacknowledged) -> Active {
        Active { unacknowledged: Some(ok), ..Active::new(dialog) }
    }

    /// Ends the call from this side.
    pub(super) fn leave(self, cx: &mut Context<'_>, end: End) -> Call {
        cx.end(end);
        if let Some(server) = self.reinvite {
            cx.endpoint.respond(cx.now, server, 487, &[], None);
        }
        Call::Leaving(Leaving::new(cx, self.dialog, self.unacknowledged))
    }

    /// A response to the UPDATE that asks after the call: a dialog that the other side does not know has ended
    /// while we could not be reached (RFC 3261, section 12.2.1.2).
    pub(super) fn asked_after(self, cx: &mut Context<'_>, response: &Response) -> Option<Call> {
        if response.status() != 481 {
            return Some(Call::Active(self));
        }
        stop_timers(cx.endpoint, cx.call);
        cx.end(End::FarEndHungUp);
        None
    }

    pub(super) fn requested(
        mut self,
        cx: &mut Context<'_>,
        server: Option<u64>,
        request: &Request,
    ) -> Option<Call> {
        if *request.method() == Method::Ack {
            return Some(self.acknowledged(cx, request));
        }
        if !self.dialog.is_in_order(request) {
            refuse(cx, server, request, 500, &[]);
            return Some(Call::Active(self));
        }
        match (request.method(), server) {
            (Method::Bye, _) => {
                self.ended_by_far_end(cx, request);
                return None;
            }
            (Method::Invite, Some(server)) => self.reinvited(cx, server, request),
            (Method::Info, _) => answer_info(cx, request),
            (Method::Options, _) => {
                cx.endpoint.answer(request, 200, &[(Name::Allow, ALLOW.to_owned())]);
            }
            // No subscription is a part of this dialog. Not 481: that would end the call (RFC 5057, section 5.1).
            _ => refuse(cx, server, request, 489, &[]),
        }
        Some(Call::Active(self))
    }

    fn ended_by_far_end(self, cx: &mut Context<'_>, bye: &Request) {
        if let Some(server) = self.reinvite {
            cx.endpoint.respond(cx.now, server, 487, &[], None);
        }
        cx.endpoint.answer(bye, 200, &[]);
        stop_timers(cx.endpoint, cx.call);
        cx.end(End::FarEndHungUp);
    }

    fn acknowledged(mut self, cx: &mut Context<'_>, ack: &Request) -> Call {
        let Some(waiting) =
            self.unacknowledged.take_if(|waiting| waiting.cseq == ack.cseq().number)
        else {
            return Call::Active(self);
        };
        cx.endpoint.timers.stop(Timer::RepeatOk(cx.call));
        cx.endpoint.timers.stop(Timer::AwaitAck(cx.call));
        if waiting.is_offer {
            let Some(sdp) = sdp(ack.headers()) else { return self.leave(cx, End::BadReply) };
            let generation = self.generation;
            cx.event(Event::Remote { call: cx.call, generation, sdp, early: false });
        }
        Call::Active(self)
    }

    fn reinvited(&mut self, cx: &mut Context<'_>, server: u64, invite: &Request) {
        if self.reinvite.is_some() || self.unacknowledged.is_some() {
            // RFC 3261, section 14.2: the one before is not through.
            let pause = cx.endpoint.random.between(Duration::ZERO, Duration::from_secs(10));
            let headers = [(Name::RetryAfter, pause.as_secs().to_string())];
            cx.endpoint.respond(cx.now, server, 500, &headers, None);
            return;
        }
        self.dialog.refresh_target(invite.headers());
        cx.endpoint.adopt_invite(server, cx.call);
        // The browser may take longer than the 200 ms of RFC 3261, section 17.2.1.
        cx.endpoint.respond(cx.now, server, 100, &[], None);
        let offer = sdp(invite.headers());
        self.generation += 1;
        self.reinvite = Some(server);
        self.reinvite_cseq = invite.cseq().number;
        self.reinvite_wants_offer = offer.is_none();
        cx.event(Event::Describe { call: cx.call, generation: self.generation, offer });
    }

    /// The other side took its INVITE back; the session stays what it was.
    pub(super) fn reinvite_cancelled(mut self, cx: &mut Context<'_>) -> Active {
        if let Some(server) = self.reinvite.take() {
            cx.endpoint.respond(cx.now, server, 487, &[], None);
        }
        self
    }

    pub(super) fn described(mut self, cx: &mut Context<'_>, generation: u32, sdp: &str) -> Call {
        if generation == self.generation
            && let Some(server) = self.reinvite.take()
        {
            let headers = [(Name::Contact, cx.endpoint.contact()), (Name::Allow, ALLOW.to_owned())];
            let ok = cx.endpoint.respond(cx.now, server, 200, &headers, Some(sdp));
            let (cseq, is_offer) = (self.reinvite_cseq, self.reinvite_wants_offer);
            self.unacknowledged = Some(Unacknowledged::new(cx, ok, cseq, is_offer));
        }
        Call::Active(self)
    }

    /// An offer that the browser refuses changes nothing (RFC 3261, section 14.2); an answer that it refuses
    /// leaves no session.
    pub(super) fn description_refused(mut self, cx: &mut Context<'_>, generation: u32) -> Call {
        if generation != self.generation {
            return Call::Active(self);
        }
        match self.reinvite.take() {
            Some(server) => {
                cx.endpoint.respond(cx.now, server, 488, &[], None);
                Call::Active(self)
            }
            None => self.leave(cx, End::Media),
        }
    }

    pub(super) fn signalling_lost(mut self, cx: &mut Context<'_>) -> Active {
        self.reinvite = None;
        if !self.is_signalling_lost {
            self.is_signalling_lost = true;
            cx.event(Event::SignallingLost { call: cx.call });
        }
        self
    }

    pub(super) fn signalling_restored(mut self, cx: &mut Context<'_>) -> Active {
        if self.is_signalling_lost {
            self.is_signalling_lost = false;
            // It asks whether the call is still up, and tells the other side the way over the new connection
            // (RFC 3311, section 5.1: a target refresh, here without an offer).
            let mut question = self.dialog.request(Method::Update);
            question.headers.push((Name::Contact, cx.endpoint.contact()));
            cx.endpoint.request(cx.now, question, User::Call(cx.call));
            cx.event(Event::SignallingRestored { call: cx.call });
        }
        self
    }
}

/// RFC 6086, section 4.2.2: no package is supported; an INFO without a body only asks for a sign of life.
fn answer_info(cx: &mut Context<'_>, request: &Request) {
    if request.headers().other("Info-Package").is_some() {
        cx.endpoint.answer(request, 469, &[]);
    } else if request.body().is_empty() {
        cx.endpoint.answer(request, 200, &[]);
    } else {
        cx.endpoint.answer(request, 415, &[]);
    }
}

pub(super) fn refuse(
    cx: &mut Context<'_>,
    server: Option<u64>,
    request: &Request,
    status: u16,
    headers: &[(Name, String)],
) {
    match server {
        Some(server) => {
            cx.endpoint.respond(cx.now, server, status, headers, None);
        }
        None => cx.endpoint.answer(request, status, headers),
    }
}
