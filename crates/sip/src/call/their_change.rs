//! What the other side changes of a session that is up (RFC 3261, section 14.2; RFC 3311, section 5.2).

use std::time::Duration;

use super::active::{Active, refuse};
use super::change::State;
use super::hold::is_held;
use super::our_change::LONGEST_PAUSE;
use super::session_timer::Asked;
use super::unacknowledged::Unacknowledged;
use super::{Context, sdp};
use crate::message::{Headers, Name, Request};

/// A change that the other side wants.
pub(super) struct Theirs {
    request: Carrier,
    cseq: u32,
    /// The description that came with it holds us; `None`: it came without one.
    holds: Option<bool>,
    asked: Asked,
}

/// The request that carries their change.
enum Carrier {
    Invite(u64),
    Update(Box<Headers>),
}

impl Active {
    pub(super) fn answer(&mut self, cx: &mut Context<'_>, theirs: Theirs, sdp: String) {
        let mut headers = cx.endpoint.introduction();
        headers.extend(self.timer.accept(cx, theirs.asked));
        match theirs.request {
            Carrier::Invite(server) => {
                let ok = cx.endpoint.respond(cx.now, server, 200, &headers, Some(&sdp));
                let is_offer = theirs.holds.is_none();
                self.unacknowledged = Some(Unacknowledged::new(cx, ok, theirs.cseq, is_offer));
            }
            Carrier::Update(request) => {
                cx.endpoint.answer_with(&request, 200, &headers, Some(&sdp))
            }
        }
        if let Some(by_them) = theirs.holds {
            self.set_hold(cx, self.session.held_by_us, by_them);
        }
        self.pursue(cx);
    }

    /// Their INVITE or UPDATE inside the dialog.
    pub(super) fn change_requested(
        &mut self,
        cx: &mut Context<'_>,
        server: Option<u64>,
        request: &Request,
    ) {
        let offer = sdp(request.headers());
        let has_offer = server.is_some() || offer.is_some();
        match &self.session.state {
            // Both sides at once (RFC 3261, section 14.2; RFC 3311, section 5.2).
            State::Describing { .. } | State::Offered { .. } if has_offer => {
                return refuse(cx, server, request, 491, &[]);
            }
            // The one before is not through.
            State::Answering(_) => return self.refuse_for_now(cx, server, request),
            _ if has_offer && self.unacknowledged.is_some() => {
                return self.refuse_for_now(cx, server, request);
            }
            _ => {}
        }
        let asked = match Asked::read(request.headers()) {
            Ok(asked) => asked,
            Err(least) => return refuse(cx, server, request, 422, &least),
        };
        self.dialog.refresh_target(request.headers());
        cx.identify(&mut self.dialog, request.headers());
        let carrier = match server {
            Some(server) => {
                cx.endpoint.adopt_invite(server, cx.call);
                // The browser may take longer than the 200 ms of RFC 3261, section 17.2.1.
                cx.endpoint.respond(cx.now, server, 100, &[], None);
                Carrier::Invite(server)
            }
            None if has_offer => Carrier::Update(Box::new(request.headers().clone())),
            None => {
                let mut headers = cx.endpoint.introduction();
                headers.extend(self.timer.accept(cx, asked));
                return cx.endpoint.answer(request, 200, &headers);
            }
        };
        self.session.state = State::Answering(Theirs {
            request: carrier,
            cseq: request.cseq().number,
            holds: offer.as_deref().map(is_held),
            asked,
        });
        let hold = self.session.held_by_us;
        self.describe(cx, offer, hold, false);
    }

    fn refuse_for_now(&self, cx: &mut Context<'_>, server: Option<u64>, request: &Request) {
        let pause = cx.endpoint.random.between(Duration::ZERO, LONGEST_PAUSE);
        refuse(cx, server, request, 500, &[(Name::RetryAfter, pause.as_secs().to_string())]);
    }

    /// The other side took its change back. The browser may have made it already: an offer sets that right.
    pub(super) fn change_cancelled(&mut self, cx: &mut Context<'_>) {
        if let State::Answering(_) = self.session.state {
            self.forget_theirs(cx);
            self.want_offer(cx);
        }
    }

    /// Turns a change of the other side down, because the call is over.
    pub(super) fn forget_theirs(&mut self, cx: &mut Context<'_>) {
        match std::mem::take(&mut self.session.state) {
            State::Answering(theirs) => turn_down(cx, theirs, 487),
            other => self.session.state = other,
        }
    }

    /// The ACK to our 2xx brought the answer to the offer in it.
    pub(super) fn answered_in_ack(&mut self, cx: &mut Context<'_>, sdp: String) {
        self.take_answer(cx, self.session.held_by_us, sdp);
    }
}

/// Refuses a change of the other side.
pub(super) fn turn_down(cx: &mut Context<'_>, theirs: Theirs, status: u16) {
    match theirs.request {
        Carrier::Invite(server) => _ = cx.endpoint.respond(cx.now, server, status, &[], None),
        Carrier::Update(request) => cx.endpoint.answer_headers(&request, status, &[]),
    }
}
