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
    /// It is sent until the PRACK comes. `had_offer`: one before brought our offer, which is answered.
    Sent { rack: RAck, ringing: Unacknowledged, had_offer: bool },
    /// The PRACK for the ringing with this number came. The offer in one of them is answered, if there was one.
    Done { rseq: u32, had_offer: bool },
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
        let (rack, ringing) = send(cx, server, RAck { rseq, cseq: invite }, offer);
        Reliability::Sent { rack, ringing, had_offer: false }
    }

    /// Rings once more, so that nobody on the way gives the call up (RFC 3261, section 13.3.1.1).
    pub(super) fn ring_again(&mut self, cx: &mut Context<'_>, server: u64, invite: u32) {
        match *self {
            Reliability::None => ring(cx, server),
            // It could not bring an offer yet, or is repeated anyway.
            Reliability::Due | Reliability::Sent { .. } => {}
            Reliability::Done { rseq, had_offer } => {
                let rack = RAck { rseq: rseq.saturating_add(1), cseq: invite };
                let (rack, ringing) = send(cx, server, rack, None);
                *self = Reliability::Sent { rack, ringing, had_offer };
            }
        }
    }

    /// Takes a PRACK; gives out whether the ringing that it is for brought our offer. `None` if it is for no ringing
    /// that waits for one.
    pub(super) fn acknowledge(&mut self, cx: &mut Context<'_>, prack: &Request) -> Option<bool> {
        let Reliability::Sent { rack, ringing, had_offer } = self else { return None };
        if !rack.is_in(prack) {
            return None;
        }
        let (rseq, is_offer) = (rack.rseq, ringing.is_offer);
        *self = Reliability::Done { rseq, had_offer: *had_offer || is_offer };
        cx.endpoint.timers.stop(Timer::RepeatOk(cx.call));
        cx.endpoint.timers.stop(Timer::AwaitAck(cx.call));
        Some(is_offer)
    }

    /// What a PRACK for the ringing may still name, if none came.
    pub(super) fn outstanding(self) -> Option<RAck> {
        match self {
            Reliability::Sent { rack, .. } => Some(rack),
            Reliability::None | Reliability::Due | Reliability::Done { .. } => None,
        }
    }
}

/// Rings without an acknowledgement.
pub(super) fn ring(cx: &mut Context<'_>, server: u64) {
    let headers = cx.endpoint.introduction();
    cx.endpoint.respond(cx.now, server, 180, &headers, None);
}

fn send(
    cx: &mut Context<'_>,
    server: u64,
    rack: RAck,
    offer: Option<&str>,
) -> (RAck, Unacknowledged) {
    let mut headers = cx.endpoint.introduction();
    headers.push((Name::Require, "100rel".to_owned()));
    headers.push((Name::RSeq, rack.rseq.to_string()));
    let message = cx.endpoint.respond(cx.now, server, 180, &headers, offer);
    let ringing = Unacknowledged::ringing(cx, message, rack.cseq, offer.is_some());
    (rack, ringing)
}
