//! Calls that come, until they are answered (RFC 3261, section 13.3).

use super::active::{Active, Unacknowledged, refuse};
use super::identity::caller;
use super::session_timer::{Asked, SessionTimer};
use super::{Call, Context, describe, sdp};
use crate::dialog::Dialog;
use crate::endpoint::{ALLOW, SUPPORTED};
use crate::message::{Method, Name, Request};
use crate::{End, Event};

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
}

impl Ringing {
    /// Rings. `None` if the INVITE cannot make a dialog; it is refused then.
    pub(super) fn new(cx: &mut Context<'_>, server: u64, invite: &Request) -> Option<Ringing> {
        let tag = cx.endpoint.adopt_invite(server, cx.call);
        let Some(dialog) = Dialog::of_request(invite, &tag) else {
            cx.endpoint.respond(cx.now, server, 400, &[], None);
            return None;
        };
        let asked = match Asked::read(invite.headers()) {
            Ok(asked) => asked,
            Err(least) => {
                cx.endpoint.respond(cx.now, server, 422, &least, None);
                return None;
            }
        };
        let contact = [(Name::Contact, cx.endpoint.contact())];
        cx.endpoint.respond(cx.now, server, 180, &contact, None);
        let offer = sdp(invite.headers());
        let has_offer = offer.is_some();
        cx.event(Event::Incoming { call: cx.call, caller: caller(invite), replaces: None });
        cx.event(describe(cx.call, offer));
        let cseq = invite.cseq().number;
        Some(Ringing { dialog, server, cseq, has_offer, description: None, is_taken: false, asked })
    }

    pub(super) fn answer(mut self, cx: &mut Context<'_>) -> Call {
        self.is_taken = true;
        self.accept_if_ready(cx)
    }

    pub(super) fn described(mut self, cx: &mut Context<'_>, sdp: String) -> Call {
        // What was made first stands: the browser's session goes by it.
        self.description.get_or_insert(sdp);
        self.accept_if_ready(cx)
    }

    fn accept_if_ready(self, cx: &mut Context<'_>) -> Call {
        let (true, Some(description)) = (self.is_taken, &self.description) else {
            return Call::Ringing(self);
        };
        let mut timer = SessionTimer::default();
        let mut headers = vec![
            (Name::Contact, cx.endpoint.contact()),
            (Name::Allow, ALLOW.to_owned()),
            (Name::Supported, SUPPORTED.to_owned()),
            (Name::UserAgent, cx.endpoint.settings.user_agent.clone()),
        ];
        headers.extend(timer.accept(cx, self.asked));
        let ok = cx.endpoint.respond(cx.now, self.server, 200, &headers, Some(description));
        let ok = Unacknowledged::new(cx, ok, self.cseq, !self.has_offer);
        cx.event(Event::Answered { call: cx.call });
        Call::Active(Active::answered(self.dialog, timer, ok))
    }

    /// Ends the call with a refusal of its INVITE.
    pub(super) fn refuse(self, cx: &mut Context<'_>, status: u16, end: End) -> Option<Call> {
        cx.endpoint.respond(cx.now, self.server, status, &[], None);
        cx.end(end);
        None
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
                self.refuse(cx, 487, End::CallerCancelled { answered_elsewhere: false })
            }
            Method::Invite => {
                // RFC 3261, section 14.2: the one before is not through.
                refuse(cx, server, request, 500, &[(Name::RetryAfter, "5".to_owned())]);
                Some(Call::Ringing(self))
            }
            Method::Options => {
                cx.endpoint.answer(request, 200, &[(Name::Allow, ALLOW.to_owned())]);
                Some(Call::Ringing(self))
            }
            _ => {
                refuse(cx, server, request, 489, &[]);
                Some(Call::Ringing(self))
            }
        }
    }
}

/// RFC 3326, section 3.1: the INVITE was forked, and another phone took it.
pub(super) fn answered_elsewhere(cancel: &Request) -> bool {
    let is_ok = |reason: &crate::message::Reason| {
        reason.protocol.eq_ignore_ascii_case("SIP") && reason.cause == Some(200)
    };
    cancel.headers().reasons().iter().any(is_ok)
}
