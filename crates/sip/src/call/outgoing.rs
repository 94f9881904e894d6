//! Calls that we place, until they are answered (RFC 3261, sections 9.1 and 13.2).

use super::active::Active;
use super::leaving::Leaving;
use super::reason::reason;
use super::session_timer::{self, SessionTimer};
use super::{Call, Context, sdp};
use crate::dialog::Dialog;
use crate::endpoint::{ALLOW, Endpoint, SUPPORTED};
use crate::message::{Contacts, Method, Name, Response, Uri};
use crate::outgoing::{Outgoing, SDP};
use crate::transaction::{Challenged, Delivery, User};
use crate::{End, Event};

/// More forks with sounds of their own than anybody has.
const MOST_FORKS: usize = 8;

/// The browser is making the offer.
pub(super) struct Preparing {
    pub(super) uri: Uri,
    pub(super) call_id: String,
}

/// The INVITE is under way.
pub(super) struct Inviting {
    transaction: u64,
    pub(super) call_id: String,
    /// What was told of the ringing: nothing, or whether there is early media.
    ringing: Option<bool>,
    /// The early answers, by the tags of their forks.
    early: Vec<(String, String)>,
}

/// The user gave up, and the other side does not know or has not confirmed it.
pub(super) struct Withdrawn {
    transaction: u64,
    is_cancelled: bool,
    reason: &'static str,
}

impl Preparing {
    pub(super) fn invite(self, cx: &mut Context<'_>, sdp: String) -> Call {
        let endpoint = &mut *cx.endpoint;
        let tag = endpoint.random.token();
        let mut headers = vec![
            (Name::Contact, endpoint.contact()),
            (Name::Allow, ALLOW.to_owned()),
            (Name::Supported, SUPPORTED.to_owned()),
            (Name::UserAgent, endpoint.settings.user_agent.clone()),
        ];
        headers.extend(session_timer::first_offer(0));
        let request = Outgoing {
            method: Method::Invite,
            to: format!("<{}>", self.uri),
            uri: self.uri,
            routes: Vec::new(),
            from: endpoint.from(&tag),
            call_id: self.call_id.clone(),
            cseq: 1,
            headers,
            body: Some((SDP, sdp)),
            credentials: None,
        };
        let transaction = endpoint.request(cx.now, request, User::Call(cx.call));
        Call::Inviting(Inviting {
            transaction,
            call_id: self.call_id,
            ringing: None,
            early: Vec::new(),
        })
    }
}

impl Inviting {
    pub(super) fn replied(
        mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) -> Option<Call> {
        match response.status() {
            ..=199 => {
                self.progress(cx, response);
                Some(Call::Inviting(self))
            }
            200..=299 => Some(self.accepted(cx, delivery, response)),
            401 | 407 => match again(cx, delivery, response) {
                Challenged::Again(id) => {
                    self.transaction = id;
                    Some(Call::Inviting(self))
                }
                Challenged::Refused(_) => refused(cx, response),
            },
            _ => refused(cx, response),
        }
    }

    /// RFC 3261, section 13.2.2.1: ringing, and early media, which differs from fork to fork.
    fn progress(&mut self, cx: &mut Context<'_>, response: &Response) {
        let tag = response.to().tag().unwrap_or_default();
        if response.status() > 100
            && let Some(sdp) = sdp(response.headers())
            && !self.early.iter().any(|early| early.0 == tag && early.1 == sdp)
        {
            self.early.retain(|(known, _)| known != tag);
            self.early.truncate(MOST_FORKS - 1);
            self.early.push((tag.to_owned(), sdp.clone()));
            cx.event(Event::Remote { call: cx.call, generation: 0, sdp, early: true });
        }
        let early_media = !self.early.is_empty();
        let is_ringing = response.status() == 180 || early_media;
        if is_ringing && self.ringing != Some(early_media) {
            self.ringing = Some(early_media);
            cx.event(Event::Ringing { call: cx.call, early_media });
        }
    }

    fn accepted(self, cx: &mut Context<'_>, delivery: &Delivery, response: &Response) -> Call {
        let dialog = acknowledge(cx.endpoint, delivery, response);
        let has_contact =
            matches!(response.headers().contacts(), Ok(Contacts::List(list)) if !list.is_empty());
        // An answer that came reliably or not at all: some gateways do not repeat the early one in the 2xx.
        let answer = sdp(response.headers()).or_else(|| {
            let tag = dialog.remote_tag();
            self.early.into_iter().find(|(known, _)| known == tag).map(|(_, sdp)| sdp)
        });
        match answer {
            Some(sdp) if has_contact && !dialog.remote_tag().is_empty() => {
                let mut timer = SessionTimer::default();
                timer.agreed(cx, response.headers());
                cx.event(Event::Remote { call: cx.call, generation: 0, sdp, early: false });
                cx.event(Event::Answered { call: cx.call });
                Call::Active(Active::new(dialog, timer))
            }
            _ => {
                cx.end(End::BadReply);
                Call::Leaving(Leaving::new(cx, dialog, None, &End::BadReply))
            }
        }
    }

    /// Gives up: with a CANCEL, if something was heard of the INVITE already; otherwise as soon as something
    /// is (RFC 3261, section 9.1).
    pub(super) fn withdraw(self, cx: &mut Context<'_>, end: End) -> Call {
        let reason = reason(&end);
        cx.end(end);
        let is_cancelled = cx.endpoint.cancel(cx.now, self.transaction, reason);
        Call::Withdrawn(Withdrawn { transaction: self.transaction, is_cancelled, reason })
    }
}

impl Withdrawn {
    pub(super) fn replied(
        mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) -> Option<Call> {
        match response.status() {
            ..=199 => {
                if !self.is_cancelled {
                    self.is_cancelled = cx.endpoint.cancel(cx.now, self.transaction, self.reason);
                }
                Some(Call::Withdrawn(self))
            }
            // The answer and the CANCEL passed each other.
            200..=299 => {
                let dialog = acknowledge(cx.endpoint, delivery, response);
                Some(Call::Leaving(Leaving::new(cx, dialog, None, &End::Cancelled)))
            }
            _ => None,
        }
    }
}

fn refused(cx: &mut Context<'_>, response: &Response) -> Option<Call> {
    let end = End::Refused { status: response.status(), phrase: response.phrase() };
    cx.end_for(end, response.headers());
    None
}

fn again(cx: &mut Context<'_>, delivery: &Delivery, response: &Response) -> Challenged {
    let cseq = delivery.request.cseq.saturating_add(1);
    cx.endpoint.answer_challenge(cx.now, delivery, response, cseq)
}

/// Sends the ACK to a 2xx, and gives out the dialog that it made.
pub(super) fn acknowledge(
    endpoint: &mut Endpoint,
    delivery: &Delivery,
    response: &Response,
) -> Dialog {
    let dialog = Dialog::of_response(&delivery.request, response);
    endpoint.send_ack(&dialog.ack(&delivery.request));
    dialog
}
