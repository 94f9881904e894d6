//! Calls that are up (RFC 3261, sections 12.2 and 13.3.1.4).

use std::time::Duration;

use super::change::Session;
use super::leaving::{Leaving, stop_timers};
use super::prack::RAck;
use super::refer::Transfer;
use super::referral::Referral;
use super::session_timer::SessionTimer;
use super::unacknowledged::Unacknowledged;
use super::{Call, Context, sdp};
use crate::dialog::Dialog;
use crate::endpoint::ALLOW;
use crate::message::{Method, Name, Request};
use crate::timer::Timer;
use crate::{End, Event, Time};

/// How long a call may have neither a line nor sound.
const FORLORN_LIMIT: Duration = Duration::from_secs(30);

/// A call that is up.
pub(super) struct Active {
    pub(super) dialog: Dialog,
    pub(super) session: Session,
    pub(super) timer: SessionTimer,
    /// Our 2xx to the INVITE, or to a later one.
    pub(super) unacknowledged: Option<Unacknowledged>,
    /// The reliable ringing that our 2xx overtook: its PRACK may come yet (RFC 3262, section 3).
    pub(super) ringing: Option<RAck>,
    pub(super) is_signalling_lost: bool,
    /// The driver said that no sound arrives.
    is_silent: bool,
    /// It is being handed on.
    pub(super) transfer: Option<Transfer>,
    /// The other side took a REFER in vain: until when whoever was handed on may call back.
    pub(super) returns_until: Option<Time>,
    /// Another call is being connected with it.
    pub(super) is_consulted: bool,
    /// The other side hands us on.
    pub(super) referral: Option<Referral>,
    pub(super) was_referred: bool,
    /// The other side knows that the call it asked for is up: to end this one is its part.
    pub(super) is_followed: bool,
}

impl Active {
    /// A call that the other side answered.
    pub(super) fn new(dialog: Dialog, timer: SessionTimer) -> Active {
        Active {
            dialog,
            session: Session::default(),
            timer,
            unacknowledged: None,
            ringing: None,
            is_signalling_lost: false,
            is_silent: false,
            transfer: None,
            returns_until: None,
            is_consulted: false,
            referral: None,
            was_referred: false,
            is_followed: false,
        }
    }

    /// A call that we answered; with the ringing that nobody acknowledged.
    pub(super) fn answered(
        dialog: Dialog,
        timer: SessionTimer,
        ok: Unacknowledged,
        ringing: Option<RAck>,
    ) -> Active {
        Active { unacknowledged: Some(ok), ringing, ..Active::new(dialog, timer) }
    }

    /// Ends the call from this side.
    pub(super) fn leave(mut self, cx: &mut Context<'_>, end: End) -> Call {
        self.forget_theirs(cx);
        self.forget_transfer(cx);
        let leaving = Leaving::new(cx, self.dialog, self.unacknowledged, &end, self.is_followed);
        cx.end(end);
        Call::Leaving(leaving)
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
        match request.method() {
            Method::Bye => {
                self.ended_by_far_end(cx, request);
                return None;
            }
            Method::Invite | Method::Update => self.change_requested(cx, server, request),
            Method::Info => answer_info(cx, request),
            Method::Refer => self.referred(cx, request),
            Method::Notify => return Some(self.notified(cx, request)),
            Method::Options => {
                cx.endpoint.answer(request, 200, &[(Name::Allow, ALLOW.to_owned())]);
            }
            Method::Prack if self.ringing.take_if(|ringing| ringing.is_in(request)).is_some() => {
                cx.endpoint.answer(request, 200, &[]);
            }
            // A PRACK for no ringing of ours.
            _ => refuse(cx, server, request, 481, &[]),
        }
        Some(Call::Active(self))
    }

    fn ended_by_far_end(mut self, cx: &mut Context<'_>, bye: &Request) {
        self.forget_theirs(cx);
        cx.endpoint.answer(bye, 200, &[]);
        stop_timers(cx.endpoint, cx.call);
        let end = self.end_of_bye(cx);
        cx.end_for(end, bye.headers());
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
            self.answered_in_ack(cx, sdp);
        }
        self.pursue(cx);
        Call::Active(self)
    }

    pub(super) fn signalling_lost(mut self, cx: &mut Context<'_>) -> Active {
        self.change_lost(cx);
        self.transfer_lost(cx);
        self.referral = None;
        if !self.is_signalling_lost {
            self.is_signalling_lost = true;
            cx.event(Event::SignallingLost { call: cx.call });
            self.watch(cx);
        }
        self
    }

    pub(super) fn signalling_restored(mut self, cx: &mut Context<'_>) -> Active {
        if self.is_signalling_lost {
            self.is_signalling_lost = false;
            cx.event(Event::SignallingRestored { call: cx.call });
            self.watch(cx);
            self.timer.restart(cx);
            self.ask_after(cx);
            self.pursue(cx);
        }
        self
    }

    /// The driver says whether sound arrives.
    pub(super) fn media_flows(&mut self, cx: &mut Context<'_>, flows: bool) {
        if self.is_silent == flows {
            self.is_silent = !flows;
            self.watch(cx);
        }
    }

    /// Counts the time in which the call has neither a line nor sound.
    fn watch(&self, cx: &mut Context<'_>) {
        match self.is_signalling_lost && self.is_silent {
            true => cx.endpoint.timers.set(Timer::GiveUp(cx.call), cx.now + FORLORN_LIMIT),
            false => cx.endpoint.timers.stop(Timer::GiveUp(cx.call)),
        }
    }
}

/// RFC 6086, section 4.2.2: no package is supported; an INFO without a body only asks for a sign of life.
pub(super) fn answer_info(cx: &mut Context<'_>, request: &Request) {
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
