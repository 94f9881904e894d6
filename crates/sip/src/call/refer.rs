//! Handing a call on: REFER, and the NOTIFYs that tell what became of it (RFC 3515; RFC 5589).

use std::time::Duration;

use super::active::{Active, refuse};
use super::{Call, Context, Effect};
use crate::message::{Method, Name, Request, Response, standard_phrase};
use crate::timer::{PATIENCE, Timer};
use crate::transaction::{Challenged, Delivery, User};
use crate::{CallId, End, Event, Time, TransferProgress};

/// How long the other side may be silent once it told that it is calling: somebody's phone may ring for that long.
const PROGRESS_LIMIT: Duration = Duration::from_secs(180);

/// How long after a transfer has failed a PBX may take to give the other side back to us. Whoever calls from that
/// number later begins a call of their own.
const RETURN_LIMIT: Duration = Duration::from_secs(15);

/// A call that is being handed on.
pub(super) struct Transfer {
    /// Our REFER.
    transaction: u64,
    /// Its number, which its NOTIFYs may bear (RFC 3515, section 2.4.6).
    cseq: u32,
    /// The call that was made to ask first, if this one is to be connected with it.
    consult: Option<CallId>,
    /// The REFER was accepted.
    is_accepted: bool,
    has_rung: bool,
}

impl Active {
    /// Asks the other side to call somebody else.
    pub(super) fn refer(
        &mut self,
        cx: &mut Context<'_>,
        refer_to: String,
        consult: Option<CallId>,
    ) {
        let mut request = self.dialog.request(Method::Refer);
        request.headers = cx.endpoint.introduction();
        request.headers.push((Name::ReferTo, refer_to));
        let aor = ["<", &cx.endpoint.settings.aor(), ">"].concat();
        request.headers.push((Name::ReferredBy, aor));
        let cseq = request.cseq;
        let transaction = cx.endpoint.request(cx.now, request, User::Dialog(cx.call));
        self.transfer =
            Some(Transfer { transaction, cseq, consult, is_accepted: false, has_rung: false });
    }

    /// A response to our REFER, other than one that ends the dialog.
    pub(super) fn refer_replied(
        mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) -> Call {
        let Some(transfer) =
            self.transfer.as_mut().filter(|transfer| transfer.transaction == delivery.id)
        else {
            return Call::Active(self);
        };
        match response.status() {
            ..=199 => {}
            200..=299 => {
                // A NOTIFY may have told already that the call is being placed.
                let is_news = !std::mem::replace(&mut transfer.is_accepted, true);
                let has_rung = transfer.has_rung;
                let is_silent = response.headers().get(Name::ReferSub);
                if is_silent.is_some_and(|value| value.eq_ignore_ascii_case(b"false")) {
                    // Nobody will tell (RFC 4488, section 4).
                    return self.transfer_done(cx);
                }
                if is_news {
                    cx.endpoint.timers.set(Timer::Transfer(cx.call), cx.now + PATIENCE);
                }
                if !has_rung {
                    self.tell(cx, TransferProgress::Trying);
                }
            }
            401 | 407 => {
                let cseq = self.dialog.next_cseq();
                match cx.endpoint.answer_challenge(cx.now, delivery, response, cseq) {
                    Challenged::Again(id) => (transfer.transaction, transfer.cseq) = (id, cseq),
                    Challenged::Refused(_) => {
                        self.transfer_failed(cx, response.status(), response.phrase());
                    }
                }
            }
            status => self.transfer_failed(cx, status, response.phrase()),
        }
        Call::Active(self)
    }

    /// A NOTIFY: how the other side's call to the target goes.
    pub(super) fn notified(mut self, cx: &mut Context<'_>, request: &Request) -> Call {
        let Some(transfer) = self.transfer.as_mut().filter(|it| it.is_meant_by(request)) else {
            // No other subscription is a part of this dialog. Not 481: that would end the call (RFC 5057, section
            // 5.1).
            refuse(cx, None, request, 489, &[]);
            return Call::Active(self);
        };
        cx.endpoint.answer(request, 200, &[]);
        match sipfrag(request.body()) {
            Some((200..=299, _)) => return self.transfer_done(cx),
            Some((status @ 300.., phrase)) => self.transfer_failed(cx, status, phrase),
            // Nobody will tell how it ended, so it counts as if nobody had told anything.
            _ if is_terminated(request) => {
                self.transfer_failed(cx, 408, standard_phrase(408).to_owned());
            }
            None => {}
            Some((status, _)) => {
                transfer.is_accepted = true;
                cx.endpoint.timers.set(Timer::Transfer(cx.call), cx.now + PROGRESS_LIMIT);
                if status > 100 && !std::mem::replace(&mut transfer.has_rung, true) {
                    self.tell(cx, TransferProgress::Ringing);
                }
            }
        }
        Call::Active(self)
    }

    /// The target took the call: our part in it is over, and in the one that asked first.
    pub(super) fn transfer_done(mut self, cx: &mut Context<'_>) -> Call {
        self.finish_transfer(cx);
        self.leave(cx, End::Transferred)
    }

    fn finish_transfer(&mut self, cx: &mut Context<'_>) {
        cx.endpoint.timers.stop(Timer::Transfer(cx.call));
        if let Some(Transfer { consult, .. }) = self.transfer.take() {
            self.tell(cx, TransferProgress::Done);
            cx.effects.extend(consult.map(|consult| Effect::End(consult, End::Transferred)));
        }
    }

    /// The call is as it was before.
    pub(super) fn transfer_failed(&mut self, cx: &mut Context<'_>, status: u16, phrase: String) {
        cx.endpoint.timers.stop(Timer::Transfer(cx.call));
        if let Some(Transfer { consult, is_accepted, .. }) = self.transfer.take() {
            self.returns_until = is_accepted.then_some(cx.now + RETURN_LIMIT);
            self.tell(cx, TransferProgress::Failed { status, phrase });
            cx.effects.extend(consult.map(Effect::Keep));
        }
    }

    /// Whether a PBX that was asked to hand the other side on may be giving it back.
    pub(super) fn may_return(&self, now: Time) -> bool {
        self.transfer.as_ref().is_some_and(|transfer| transfer.is_accepted)
            || self.returns_until.is_some_and(|until| now < until)
    }

    /// The call is over before anything became of it.
    pub(super) fn forget_transfer(&mut self, cx: &mut Context<'_>) {
        let consult = self.transfer.take().and_then(|transfer| transfer.consult);
        cx.effects.extend(consult.map(Effect::Keep));
    }

    /// The REFER went down with the socket, if it was not accepted yet.
    pub(super) fn transfer_lost(&mut self, cx: &mut Context<'_>) {
        if self.transfer.as_ref().is_some_and(|transfer| !transfer.is_accepted) {
            self.transfer_failed(cx, 408, standard_phrase(408).to_owned());
        }
    }

    /// The other side ends the call: whether because it was handed on. Some never tell more than that they took
    /// the REFER; but one that told of ringing would have told of the answer as well.
    pub(super) fn end_of_bye(&mut self, cx: &mut Context<'_>) -> End {
        match &self.transfer {
            Some(transfer) if transfer.is_accepted && !transfer.has_rung => {
                self.finish_transfer(cx);
                End::Transferred
            }
            _ => {
                self.forget_transfer(cx);
                match (self.is_consulted, &self.referral) {
                    (true, _) => End::Transferred,
                    (false, Some(_)) => End::Replaced,
                    (false, None) => End::FarEndHungUp,
                }
            }
        }
    }

    fn tell(&self, cx: &mut Context<'_>, progress: TransferProgress) {
        cx.event(Event::Transfer { call: cx.call, progress });
    }
}

impl Transfer {
    /// Whether a NOTIFY is about this one.
    fn is_meant_by(&self, notify: &Request) -> bool {
        let value = notify.headers().text(Name::Event).unwrap_or_default().to_ascii_lowercase();
        let mut parts = value.split(';').map(str::trim);
        parts.next() == Some("refer")
            && parts
                .find_map(|part| part.strip_prefix("id="))
                .is_none_or(|id| id.parse() == Ok(self.cseq))
    }
}

/// Whether a NOTIFY is the last of its subscription (RFC 6665, section 4.1.3).
fn is_terminated(notify: &Request) -> bool {
    let state = notify.headers().text(Name::SubscriptionState).unwrap_or_default();
    state.split(';').next().is_some_and(|state| state.trim().eq_ignore_ascii_case("terminated"))
}

/// The status line of a `message/sipfrag` (RFC 3420).
fn sipfrag(body: &[u8]) -> Option<(u16, String)> {
    let text = String::from_utf8_lossy(body);
    let line = text.trim_start().lines().next()?;
    let (version, rest) = line.split_once(' ')?;
    let (status, phrase) = rest.split_once(' ').unwrap_or((rest, ""));
    let status = status.parse().ok().filter(|status| (100..700).contains(status))?;
    version.eq_ignore_ascii_case("SIP/2.0").then(|| (status, phrase.trim().to_owned()))
}
