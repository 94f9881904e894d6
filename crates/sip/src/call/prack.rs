//! Provisional responses that are acknowledged (RFC 3262), in both roles.

use super::Context;
use super::active::Unacknowledged;
use crate::dialog::Dialog;
use crate::message::{Headers, Method, Name, Request, Response};
use crate::timer::Timer;
use crate::transaction::User;

/// Whether a message demands reliability.
pub(super) fn is_required(headers: &Headers) -> bool {
    headers.items(Name::Require).iter().any(|tag| tag.eq_ignore_ascii_case("100rel"))
}

/// One fork of a call that we place, before it is answered.
pub(super) struct Early {
    pub(super) dialog: Dialog,
    /// The number of the last reliable response.
    rseq: Option<u32>,
    answer: Option<String>,
    /// The answer came reliably, so no other one follows.
    is_settled: bool,
}

impl Early {
    pub(super) fn new(dialog: Dialog) -> Early {
        Early { dialog, rseq: None, answer: None, is_settled: false }
    }

    /// Acknowledges a reliable response. False if it came before, or before one that is missing yet, and is to be
    /// left alone (RFC 3262, section 4).
    pub(super) fn admits(
        &mut self,
        cx: &mut Context<'_>,
        invite: u32,
        response: &Response,
    ) -> bool {
        if !is_required(response.headers()) {
            return true;
        }
        let Some(rseq) = response.headers().seconds(Name::RSeq) else { return false };
        if self.rseq.is_some_and(|last| last.checked_add(1) != Some(rseq)) {
            return false;
        }
        self.rseq = Some(rseq);
        self.dialog.refresh_target(response.headers());
        let mut prack = self.dialog.request(Method::Prack);
        let rack = [&rseq.to_string(), " ", &invite.to_string(), " INVITE"].concat();
        prack.headers.push((Name::RAck, rack));
        cx.endpoint.request(cx.now, prack, User::Dialog(cx.call));
        true
    }

    /// Takes the answer in a response; gives it out if it is news.
    pub(super) fn take_answer(&mut self, sdp: String, response: &Response) -> Option<String> {
        if self.is_settled {
            return None;
        }
        self.is_settled = is_required(response.headers());
        if self.answer.as_ref() == Some(&sdp) {
            return None;
        }
        self.answer = Some(sdp.clone());
        Some(sdp)
    }

    pub(super) fn answer(&self) -> Option<&str> {
        self.answer.as_deref()
    }

    pub(super) fn into_answer(self) -> Option<String> {
        self.answer
    }

    pub(super) fn is_settled(&self) -> bool {
        self.is_settled
    }
}

/// The ringing of a call that comes, if the caller wants to acknowledge it.
pub(super) enum Reliability {
    /// The caller does not care.
    None,
    /// The ringing has to bring our offer, which the browser is making (RFC 3262, section 5).
    Due,
    /// It is sent until the PRACK comes.
    Sent { rseq: u32, ringing: Unacknowledged },
    /// The PRACK came. The offer in the ringing is answered, if there was one.
    Done { had_offer: bool },
}

impl Reliability {
    /// Rings reliably.
    pub(super) fn ring(
        cx: &mut Context<'_>,
        server: u64,
        invite: u32,
        offer: Option<&str>,
    ) -> Reliability {
        let rseq = cx.endpoint.random.sequence();
        let mut headers = cx.endpoint.introduction();
        headers.push((Name::Require, "100rel".to_owned()));
        headers.push((Name::RSeq, rseq.to_string()));
        let message = cx.endpoint.respond(cx.now, server, 180, &headers, offer);
        let ringing = Unacknowledged::ringing(cx, message, invite, offer.is_some());
        Reliability::Sent { rseq, ringing }
    }

    /// Takes a PRACK. False if it is for no ringing that waits for one.
    pub(super) fn acknowledge(&mut self, cx: &mut Context<'_>, prack: &Request) -> bool {
        let Reliability::Sent { rseq, ringing } = self else { return false };
        let rack = prack.headers().text(Name::RAck).unwrap_or_default();
        let mut parts = rack.split_ascii_whitespace();
        let mut is_number = |number: u32| parts.next().is_some_and(|it| it.parse() == Ok(number));
        if !(is_number(*rseq) && is_number(ringing.cseq) && parts.next() == Some("INVITE")) {
            return false;
        }
        *self = Reliability::Done { had_offer: ringing.is_offer };
        self.stop(cx);
        true
    }

    /// The ringing is over, or acknowledged.
    pub(super) fn stop(&self, cx: &mut Context<'_>) {
        cx.endpoint.timers.stop(Timer::RepeatOk(cx.call));
        cx.endpoint.timers.stop(Timer::AwaitAck(cx.call));
    }
}
