//! The early dialogs of a call that we place: one for each fork that is heard of (RFC 3261, section 12.1).

use super::active::{answer_info, refuse};
use super::outgoing::Inviting;
use super::prack::is_required;
use super::{Context, sdp};
use crate::dialog::Dialog;
use crate::message::{Method, Name, Request, Response};
use crate::transaction::{Delivery, User};

/// One fork of a call that we place, before it is answered.
pub(super) struct Early {
    pub(super) dialog: Dialog,
    /// The number of the last reliable response.
    rseq: Option<u32>,
    answer: Option<String>,
    /// The browser could not play it.
    is_unplayable: bool,
    /// The answer came reliably, so no other one follows.
    is_settled: bool,
}

impl Early {
    pub(super) fn new(dialog: Dialog) -> Early {
        Early { dialog, rseq: None, answer: None, is_unplayable: false, is_settled: false }
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
        if cx.endpoint.clients.are_crowded() {
            return false;
        }
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
        self.is_unplayable = false;
        Some(sdp)
    }

    /// Whether the network sounds by itself.
    pub(super) fn is_heard(&self) -> bool {
        self.answer.is_some() && !self.is_unplayable
    }

    pub(super) fn into_answer(self) -> Option<String> {
        self.answer
    }

    pub(super) fn is_settled(&self) -> bool {
        self.is_settled
    }
}

impl Inviting {
    /// Whether one of the early dialogs is the one that is looked for.
    pub(super) fn has_dialog(&self, is_it: impl Fn(&Dialog) -> bool) -> bool {
        self.early.iter().any(|early| is_it(&early.dialog))
    }

    /// The browser could not apply an early answer. The call rings on: the answer that counts is the final one.
    pub(super) fn early_answer_refused(&mut self, cx: &mut Context<'_>) {
        for early in &mut self.early {
            early.is_unplayable = true;
        }
        self.rings(cx, false);
    }

    /// A request of the other side inside an early dialog.
    pub(super) fn requested(
        &mut self,
        cx: &mut Context<'_>,
        server: Option<u64>,
        request: &Request,
    ) {
        let Some(early) = self.early.iter_mut().find(|early| early.dialog.owns(request)) else {
            return;
        };
        if !early.dialog.is_in_order(request) {
            return refuse(cx, server, request, 500, &[]);
        }
        let has_offer = sdp(request.headers()).is_some();
        match request.method() {
            // Our offer has no answer yet, or one that another fork's may take the place of (RFC 3311, section
            // 5.2).
            Method::Update if has_offer && !early.is_settled() => {
                refuse(cx, server, request, 491, &[]);
            }
            Method::Update if has_offer => refuse(cx, server, request, 488, &[]),
            Method::Update | Method::Options => {
                early.dialog.refresh_target(request.headers());
                let headers = cx.endpoint.introduction();
                cx.endpoint.answer(request, 200, &headers);
            }
            Method::Invite => refuse(cx, server, request, 491, &[]),
            Method::Info => answer_info(cx, request),
            Method::Ack => {}
            Method::Prack => refuse(cx, server, request, 481, &[]),
            _ => refuse(cx, server, request, 489, &[]),
        }
    }

    /// A response to a PRACK: only that it wants credentials is of interest. What an answer in it would answer,
    /// was never offered.
    pub(super) fn replied_within(
        &mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) {
        let tag = response.to().tag().unwrap_or_default();
        let early = self.early.iter_mut().find(|early| early.dialog.remote_tag() == tag);
        if let Some(early) = early
            && matches!(response.status(), 401 | 407)
        {
            let cseq = early.dialog.next_cseq();
            cx.endpoint.answer_challenge(cx.now, delivery, response, cseq);
        }
    }
}
