//! Calls that come, until they are answered (RFC 3261, section 13.3).

use std::time::Duration;

use super::active::{Active, refuse};
use super::identity::{called, caller};
use super::leaving::stop_timers;
use super::prack::{self, Reliability};
use super::session_timer::{Asked, SessionTimer};
use super::unacknowledged::Unacknowledged;
use super::{Call, Context, describe, sdp};
use crate::dialog::Dialog;
use crate::message::{Method, Name, Request};
use crate::timer::Timer;
use crate::{CallId, End, Event};

/// How long a ringing lasts on the way: proxies give up what they have not heard of for three minutes, and a response
/// may be lost (RFC 3261, section 13.3.1.1).
const RING_AGAIN: Duration = Duration::from_secs(60);

/// A call that rings here.
pub(super) struct Ringing {
    pub(super) dialog: Dialog,
    server: u64,
    cseq: u32,
    has_offer: bool,
    /// The browser's description, made while it rings.
    description: Option<String>,
    is_taken: bool,
    asked: Asked,
    pub(super) reliability: Reliability,
    /// The call whose place this one takes.
    pub(super) replaces: Option<CallId>,
}

impl Ringing {
    /// Rings; or, in the place of another call, is about to be answered. `None` if the INVITE cannot make a
    /// dialog; it is refused then.
    pub(super) fn new(
        cx: &mut Context<'_>,
        server: u64,
        invite: &Request,
        replaces: Option<CallId>,
    ) -> Option<Ringing> {
        let asked = match Asked::read(invite.headers()) {
            Ok(asked) => asked,
            Err(least) => {
                cx.endpoint.respond(cx.now, server, 422, &least, None);
                return None;
            }
        };
        let tag = cx.endpoint.adopt_invite(server, cx.call);
        let Some(dialog) = Dialog::of_request(invite, &tag) else {
            cx.endpoint.respond(cx.now, server, 400, &[], None);
            return None;
        };
        let (offer, cseq) = (sdp(invite.headers()), invite.cseq().number);
        let has_offer = offer.is_some();
        let reliability = match (prack::is_required(invite.headers()), has_offer) {
            _ if replaces.is_some() => {
                cx.endpoint.respond(cx.now, server, 100, &[], None);
                Reliability::None
            }
            (true, true) => Reliability::ring(cx, server, cseq, None),
            (true, false) => {
                cx.endpoint.respond(cx.now, server, 100, &[], None);
                Reliability::Due
            }
            (false, _) => {
                prack::ring(cx, server);
                Reliability::None
            }
        };
        cx.endpoint.timers.set(Timer::RingAgain(cx.call), cx.now + RING_AGAIN);
        if let Some(seconds) = invite.headers().seconds(Name::Expires) {
            let limit = Duration::from_secs(seconds.into());
            cx.endpoint.timers.set(Timer::Expires(cx.call), cx.now + limit);
        }
        let (call, caller, called) = (cx.call, caller(invite), called(invite));
        cx.event(Event::Incoming { call, caller, called, replaces });
        cx.event(describe(cx.call, offer));
        Some(Ringing {
            dialog,
            server,
            cseq,
            has_offer,
            description: None,
            is_taken: replaces.is_some(),
            asked,
            reliability,
            replaces,
        })
    }

    pub(super) fn answer(mut self, cx: &mut Context<'_>) -> Call {
        self.is_taken = true;
        self.accept_if_ready(cx)
    }

    pub(super) fn described(mut self, cx: &mut Context<'_>, sdp: String) -> Call {
        // What was made first stands: the browser's session goes by it.
        let sdp = self.description.get_or_insert(sdp);
        if let Reliability::Due = self.reliability {
            self.reliability = Reliability::ring(cx, self.server, self.cseq, Some(sdp));
        }
        self.accept_if_ready(cx)
    }

    fn accept_if_ready(self, cx: &mut Context<'_>) -> Call {
        let (true, Some(description)) = (self.is_taken, &self.description) else {
            return Call::Ringing(self);
        };
        let description = match &self.reliability {
            // An offer must be answered first (RFC 3262, section 3).
            Reliability::Due => return Call::Ringing(self),
            Reliability::Sent { ringing, .. } if ringing.is_offer => return Call::Ringing(self),
            Reliability::Sent { had_offer: true, .. }
            | Reliability::Done { had_offer: true, .. } => None,
            _ => Some(description.as_str()),
        };
        stop_timers(cx.endpoint, cx.call);
        let mut timer = SessionTimer::default();
        let mut headers = cx.endpoint.introduction();
        headers.push((Name::UserAgent, cx.endpoint.settings.user_agent.clone()));
        headers.extend(timer.accept(cx, self.asked));
        let ok = cx.endpoint.respond(cx.now, self.server, 200, &headers, description);
        let is_offer = !self.has_offer && description.is_some();
        let ok = Unacknowledged::new(cx, ok, self.cseq, is_offer);
        cx.event(Event::Answered { call: cx.call });
        let ringing = self.reliability.outstanding();
        Call::Active(Active::answered(self.dialog, timer, ok, ringing))
    }

    /// Ends the call with a refusal of its INVITE.
    pub(super) fn refuse(self, cx: &mut Context<'_>, status: u16, end: End) -> Option<Call> {
        self.over(cx, status);
        cx.end(end);
        None
    }

    /// The caller gave up, for the reason in this request.
    pub(super) fn given_up(self, cx: &mut Context<'_>, request: &Request) -> Option<Call> {
        self.over(cx, 487);
        let answered_elsewhere = answered_elsewhere(request);
        cx.end_for(End::CallerCancelled { answered_elsewhere }, request.headers());
        None
    }

    /// [`Timer::RingAgain`] fired.
    pub(super) fn ring_again(mut self, cx: &mut Context<'_>) -> Call {
        cx.endpoint.timers.set(Timer::RingAgain(cx.call), cx.now + RING_AGAIN);
        self.reliability.ring_again(cx, self.server, self.cseq);
        Call::Ringing(self)
    }

    /// [`Timer::Expires`] fired: the caller wants an answer by now or none (RFC 3261, section 13.3.1).
    pub(super) fn expired(self, cx: &mut Context<'_>) -> Option<Call> {
        self.refuse(cx, 487, End::CallerCancelled { answered_elsewhere: false })
    }

    fn over(&self, cx: &mut Context<'_>, status: u16) {
        stop_timers(cx.endpoint, cx.call);
        cx.endpoint.respond(cx.now, self.server, status, &[], None);
    }

    /// A request inside the early dialog.
    pub(super) fn requested(
        mut self,
        cx: &mut Context<'_>,
        server: Option<u64>,
        request: &Request,
    ) -> Option<Call> {
        if *request.method() == Method::Ack {
            return Some(Call::Ringing(self));
        }
        if !self.dialog.is_in_order(request) {
            refuse(cx, server, request, 500, &[]);
            return Some(Call::Ringing(self));
        }
        match request.method() {
            // A caller may end an early dialog with BYE (RFC 3261, section 15).
            Method::Bye => {
                cx.endpoint.answer(request, 200, &[]);
                return self.given_up(cx, request);
            }
            Method::Prack => return self.acknowledged(cx, request),
            // Not before the offer of the INVITE, or ours, is answered (RFC 3261, section 14.2; RFC 3311, section
            // 5.2).
            Method::Invite => {
                refuse(cx, server, request, 500, &[(Name::RetryAfter, "5".to_owned())]);
            }
            Method::Update if sdp(request.headers()).is_some() => {
                refuse(cx, server, request, 500, &[(Name::RetryAfter, "5".to_owned())]);
            }
            Method::Update | Method::Options => {
                self.dialog.refresh_target(request.headers());
                cx.identify(&mut self.dialog, request.headers());
                let headers = cx.endpoint.introduction();
                cx.endpoint.answer(request, 200, &headers);
            }
            _ => refuse(cx, server, request, 489, &[]),
        }
        Some(Call::Ringing(self))
    }

    fn acknowledged(mut self, cx: &mut Context<'_>, prack: &Request) -> Option<Call> {
        let Some(is_offer) = self.reliability.acknowledge(cx, prack) else {
            cx.endpoint.answer(prack, 481, &[]);
            return Some(Call::Ringing(self));
        };
        cx.endpoint.answer(prack, 200, &[]);
        if is_offer {
            let Some(sdp) = sdp(prack.headers()) else {
                return self.refuse(cx, 488, End::BadReply);
            };
            cx.event(Event::Remote { call: cx.call, generation: 0, sdp, early: false });
        }
        Some(self.accept_if_ready(cx))
    }
}

/// RFC 3326, section 3.1: the INVITE was forked, and another phone took it.
fn answered_elsewhere(cancel: &Request) -> bool {
    let is_ok = |reason: &crate::message::Reason| {
        reason.protocol.eq_ignore_ascii_case("SIP") && reason.cause == Some(200)
    };
    cancel.headers().reasons().iter().any(is_ok)
}
