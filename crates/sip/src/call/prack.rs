//! Ringing that is acknowledged (RFC 3262); how we acknowledge that of others is in `early`.

use super::Context;
use super::unacknowledged::Unacknowledged;
use crate::message::{Headers, Name, Request};
use crate::timer::Timer;

/// Whether a message demands reliability.
pub(super) fn is_required(headers: &Headers) -> bool {
    headers.items(Name::Require).iter().any(|tag| tag.eq_ignore_ascii_case("100rel"))
}

/// What a PRACK names: the numbers of a reliable response and of its INVITE (RFC 3262, section 7.2).
pub(super) struct RAck {
    rseq: u32,
    cseq: u32,
}

impl RAck {
    /// Whether a PRACK is for this one.
    pub(super) fn is_in(&self, prack: &Request) -> bool {
        let rack = prack.headers().text(Name::RAck).unwrap_or_default();
        let mut parts = rack.split_ascii_whitespace();
        let mut is_number = |number: u32| parts.next().is_some_and(|it| it.parse() == Ok(number));
        is_number(self.rseq) && is_number(self.cseq) && parts.next() == Some("INVITE")
    }
}

/// The ringing of a call that comes, if the caller wants to acknowledge it.
pub(super) enum Reliability {
    /// The caller does not care.
    None,
    /// The ringing has to bring our offer, which the browser is making (RFC 3262, section 5).
    Due,
    /// It is sent until the PRACK comes.
    Sent { rack: RAck, ringing: Unacknowledged },
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
        Reliability::Sent { rack: RAck { rseq, cseq: invite }, ringing }
    }

    /// Takes a PRACK. False if it is for no ringing that waits for one.
    pub(super) fn acknowledge(&mut self, cx: &mut Context<'_>, prack: &Request) -> bool {
        let Reliability::Sent { rack, ringing } = self else { return false };
        if !rack.is_in(prack) {
            return false;
        }
        *self = Reliability::Done { had_offer: ringing.is_offer };
        self.stop(cx);
        true
    }

    /// What a PRACK for the ringing may still name, if none came.
    pub(super) fn outstanding(self) -> Option<RAck> {
        match self {
            Reliability::Sent { rack, .. } => Some(rack),
            Reliability::None | Reliability::Due | Reliability::Done { .. } => None,
        }
    }

    /// The ringing is over, or acknowledged.
    pub(super) fn stop(&self, cx: &mut Context<'_>) {
        cx.endpoint.timers.stop(Timer::RepeatOk(cx.call));
        cx.endpoint.timers.stop(Timer::AwaitAck(cx.call));
    }
}
