//! Ringing that is acknowledged (RFC 3262); how we acknowledge that of others is in `early`.

use super::Context;
use super::unacknowledged::Unacknowledged;
use crate::message::{Headers, Name, Request};
use crate::timer::Timer;

/// Whether a message demands reliability.
pub(super) fn is_required(headers: &Headers) -> bool {
    headers.items(Name::Require).iter().any(|tag| tag.eq_ignore_ascii_case("100rel"))
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
