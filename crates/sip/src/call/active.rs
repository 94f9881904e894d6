//! Calls that are up (RFC 3261, sections 12.2 and 13.3.1.4).

use std::time::Duration;

use super::change::Session;
use super::leaving::{Leaving, stop_timers};
use super::refer::Transfer;
use super::referral::Referral;
use super::session_timer::SessionTimer;
use super::{Call, Context, sdp};
use crate::dialog::Dialog;
use crate::endpoint::ALLOW;
use crate::message::{Method, Name, Request, Response, standard_phrase};
use crate::timer::{PATIENCE, T1, T2, Timer};
use crate::transaction::{Challenged, Delivery, User};
use crate::{End, Event};

/// How long a call may have neither a line nor sound.
const FORLORN_LIMIT: Duration = Duration::from_secs(30);

/// A call that is up.
pub(super) struct Active {
    pub(super) dialog: Dialog,
    pub(super) session: Session,
    pub(super) timer: SessionTimer,
    /// Our 2xx to the INVITE, or to a later one.
    pub(super) unacknowledged: Option<Unacknowledged>,
    pub(super) is_signalling_lost: bool,
    /// The driver said that no sound arrives.
    is_silent: bool,
    /// It is being handed on.
    pub(super) transfer: Option<Transfer>,
    /// Another call is being connected with it.
    pub(super) is_consulted: bool,
    /// The other side hands us on.
    pub(super) referral: Option<Referral>,
    pub(super) was_referred: bool,
}

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

impl Active {
    /// A call that the other side answered.
    pub(super) fn new(dialog: Dialog, timer: SessionTimer) -> Active {
        Active {
            dialog,
            session: Session::default(),
            timer,
            unacknowledged: None,
            is_signalling_lost: false,
            is_silent: false,
            transfer: None,
            is_consulted: false,
            referral: None,
            was_referred: false,
        }
    }

    /// A call that we answered.
    pub(super) fn answered(dialog: Dialog, timer: SessionTimer, ok: Unacknowledged) -> Active {
        Active { unacknowledged: Some(ok), ..Active::new(dialog, timer) }
    }

    /// Ends the call from this side.
    pub(super) fn leave(mut self, cx: &mut Context<'_>, end: End) -> Call {
        self.forget_theirs(cx);
        self.forget_transfer(cx);
        let leaving = Leaving::new(cx, self.dialog, self.unacknowledged, &end);
        cx.end(end);
        Call::Leaving(leaving)
    }

    /// The other side does not know the call any more (481), or cannot be reached (408): RFC 5057, section 5.1.
    pub(super) fn gone(mut self, cx: &mut Context<'_>, status: u16) -> Option<Call> {
        if status != 481 {
            return Some(self.leave(cx, End::Network));
        }
        self.forget_transfer(cx);
        stop_timers(cx.endpoint, cx.call);
        cx.end(End::FarEndHungUp);
        None
    }

    /// Asks whether the call is still up, and tells the other side the way to us (RFC 3311, section 5.1: a target
    /// refresh, here without an offer), which refreshes the session as well.
    pub(super) fn ask_after(&mut self, cx: &mut Context<'_>) {
        let mut question = self.dialog.request(Method::Update);
        question.headers = cx.endpoint.introduction();
        question.headers.extend(self.timer.request());
        cx.endpoint.request(cx.now, question, User::Dialog(cx.call));
    }

    /// The session is to be refreshed (RFC 4028, section 7.4).
    pub(super) fn refresh(&mut self, cx: &mut Context<'_>) {
        if self.is_signalling_lost {
            return;
        }
        match self.dialog.takes_update() {
            true => self.ask_after(cx),
            false => self.want_offer(cx),
        }
    }

    /// Nobody refreshed the session. Without a line nobody could: the call goes on as long as it is heard.
    pub(super) fn expired(self, cx: &mut Context<'_>) -> Call {
        if self.is_signalling_lost { Call::Active(self) } else { self.leave(cx, End::Network) }
    }

    /// A response to a request of ours inside the dialog.
    pub(super) fn replied(
        mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) -> Option<Call> {
        let (method, status) = (&delivery.request.method, response.status());
        if *method == Method::Invite {
            return self.offer_replied(cx, delivery, response);
        }
        match status {
            // Only the subscription is unknown, not the call.
            481 if *method == Method::Notify => self.referral = None,
            408 | 481 => return self.gone(cx, status),
            _ if *method == Method::Refer => {
                return Some(self.refer_replied(cx, delivery, response));
            }
            ..=199 => {}
            401 | 407 => {
                let cseq = self.dialog.next_cseq();
                let again = cx.endpoint.answer_challenge(cx.now, delivery, response, cseq);
                if let Challenged::Refused(_) = again {
                    self.refused(cx, method, response);
                }
            }
            200..=299 if *method == Method::Update => {
                self.dialog.refresh_target(response.headers());
                self.timer.agreed(cx, response.headers());
            }
            200..=299 => {}
            _ => self.refused(cx, method, response),
        }
        Some(Call::Active(self))
    }

    /// A request of ours that was refused. The call goes on (RFC 5057, section 5.1).
    fn refused(&mut self, cx: &mut Context<'_>, method: &Method, response: &Response) {
        if *method != Method::Update {
            return;
        }
        match response.status() {
            422 if self.timer.raise(response.headers()) => self.ask_after(cx),
            405 | 501 => {
                self.dialog.forget_update();
                self.timer.try_once_more(cx);
            }
            _ => self.timer.try_once_more(cx),
        }
    }

    /// No response to a request of ours inside the dialog came in time. To the question whether the call is up
    /// that is an answer; before that it is asked.
    pub(super) fn unanswered(mut self, cx: &mut Context<'_>, delivery: &Delivery) -> Call {
        match delivery.request.method {
            Method::Invite => {
                self.change_timed_out(cx);
                Call::Active(self)
            }
            Method::Update => self.leave(cx, End::Network),
            _ => {
                if delivery.request.method == Method::Refer {
                    self.transfer_failed(cx, 408, standard_phrase(408).to_owned());
                }
                self.ask_after(cx);
                Call::Active(self)
            }
        }
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
            // A PRACK for a ringing that is over.
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

    /// Sends a tone as INFO, as long as a key is usually pressed.
    pub(super) fn info_digit(&mut self, cx: &mut Context<'_>, digit: char) {
        let mut request = self.dialog.request(Method::Info);
        let mut body = String::from("Signal=");
        body.push(digit);
        body.push_str("\r\nDuration=160\r\n");
        request.body = Some(("application/dtmf-relay", body));
        cx.endpoint.request(cx.now, request, User::Dialog(cx.call));
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
