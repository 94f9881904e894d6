//! Calls that we place, until they are answered (RFC 3261, sections 9.1 and 13.2).

use super::active::Active;
use super::early::Early;
use super::leaving::Leaving;
use super::reason::reason;
use super::redirect::Targets;
use super::session_timer::SessionTimer;
use super::{Call, Context, Effect, sdp};
use crate::dialog::Dialog;
use crate::endpoint::Endpoint;
use crate::message::{Contacts, Method, Name, Response, Uri};
use crate::outgoing::{Outgoing, SDP};
use crate::transaction::{Challenged, Delivery, User};
use crate::{CallId, End, Event};

/// More forks with sounds of their own than anybody has.
const MOST_FORKS: usize = 8;

/// The browser is making the offer.
pub(super) struct Preparing {
    pub(super) uri: Uri,
    pub(super) call_id: String,
    /// The call whose place this one is to take.
    pub(super) replaces: Option<CallId>,
    /// What the INVITE says beside the usual.
    pub(super) headers: Vec<(Name, String)>,
}

/// The INVITE is under way.
pub(super) struct Inviting {
    transaction: u64,
    pub(super) call_id: String,
    pub(super) replaces: Option<CallId>,
    /// What was told of the ringing: nothing, or whether there is early media.
    ringing: Option<bool>,
    pub(super) early: Vec<Early>,
    targets: Targets,
    timer: SessionTimer,
}

/// The user gave up, and the other side does not know or has not confirmed it.
pub(super) struct Withdrawn {
    transaction: u64,
    is_cancelled: bool,
    reason: &'static str,
}

impl Preparing {
    /// A call to this address.
    pub(super) fn new(uri: Uri, call_id: String) -> Preparing {
        Preparing { uri, call_id, replaces: None, headers: Vec::new() }
    }

    pub(super) fn invite(self, cx: &mut Context<'_>, sdp: String) -> Call {
        let endpoint = &mut *cx.endpoint;
        let tag = endpoint.random.token();
        let mut headers = endpoint.introduction();
        headers.push((Name::UserAgent, endpoint.settings.user_agent.clone()));
        let timer = SessionTimer::wanted();
        headers.extend(timer.offer());
        headers.extend(self.headers);
        let targets = Targets::new(self.uri.clone());
        let request = Outgoing {
            method: Method::Invite,
            to: ["<", self.uri.as_str(), ">"].concat(),
            uri: self.uri,
            routes: Vec::new(),
            from: endpoint.from(&tag),
            call_id: self.call_id.clone(),
            cseq: 1,
            headers,
            body: Some((SDP, sdp)),
            credentials: Vec::new(),
        };
        let transaction = endpoint.request(cx.now, request, User::Call(cx.call));
        Call::Inviting(Inviting {
            transaction,
            call_id: self.call_id,
            replaces: self.replaces,
            ringing: None,
            early: Vec::new(),
            targets,
            timer,
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
                self.progress(cx, delivery, response);
                return Some(Call::Inviting(self));
            }
            200..=299 => return Some(self.accepted(cx, delivery, response)),
            401 | 407 => {
                let cseq = delivery.request.cseq.saturating_add(1);
                if let Challenged::Again(id) =
                    cx.endpoint.answer_challenge(cx.now, delivery, response, cseq)
                {
                    self.transaction = id;
                    return Some(Call::Inviting(self));
                }
            }
            422 if self.timer.raise(response.headers()) => {
                return Some(self.again(cx, delivery, None));
            }
            300..=399 => self.targets.add(response.headers(), &cx.endpoint.settings.domain),
            _ => {}
        }
        // A refusal for everybody (6xx) is one for the other targets as well (RFC 3261, section 8.1.3.4).
        if response.status() < 600
            && let Some(uri) = self.targets.next()
        {
            return Some(self.again(cx, delivery, Some(uri)));
        }
        cx.refused(response);
        None
    }

    /// Sends the INVITE anew: for another interval of the session, or to another target.
    fn again(mut self, cx: &mut Context<'_>, delivery: &Delivery, uri: Option<Uri>) -> Call {
        let mut request = (*delivery.request).clone();
        request.cseq = request.cseq.saturating_add(1);
        request.headers.retain(|(name, _)| !matches!(name, Name::SessionExpires | Name::MinSe));
        request.headers.extend(self.timer.offer());
        if let Some(uri) = uri {
            request.uri = uri;
        }
        self.early.clear();
        self.transaction = cx.endpoint.request(cx.now, request, User::Call(cx.call));
        Call::Inviting(self)
    }

    /// RFC 3261, section 13.2.2.1: ringing, and early media, which differs from fork to fork.
    fn progress(&mut self, cx: &mut Context<'_>, delivery: &Delivery, response: &Response) {
        if response.status() == 100 {
            return;
        }
        let tag = response.to().tag().unwrap_or_default();
        let place = self.early.iter().position(|early| early.dialog.remote_tag() == tag);
        let place = place.unwrap_or_else(|| {
            self.early.truncate(MOST_FORKS - 1);
            self.early.push(Early::new(Dialog::of_response(&delivery.request, response)));
            self.early.len() - 1
        });
        let Some(early) = self.early.get_mut(place) else { return };
        if !early.admits(cx, delivery.request.cseq, response) {
            return;
        }
        if let Some(replaced) = self.replaces {
            cx.effects.push(Effect::Report(replaced, response.status(), response.phrase()));
        }
        if let Some(sdp) = sdp(response.headers()).and_then(|sdp| early.take_answer(sdp, response))
        {
            cx.event(Event::Remote { call: cx.call, generation: 0, sdp, early: true });
        }
        let early_media = self.early.iter().any(Early::is_heard);
        if response.status() == 180 || early_media {
            self.rings(cx, early_media);
        }
    }

    /// Tells of the ringing, if that is news.
    pub(super) fn rings(&mut self, cx: &mut Context<'_>, early_media: bool) {
        if self.ringing != Some(early_media) {
            self.ringing = Some(early_media);
            cx.event(Event::Ringing { call: cx.call, early_media });
        }
    }

    fn accepted(self, cx: &mut Context<'_>, delivery: &Delivery, response: &Response) -> Call {
        let mut dialog = acknowledge(cx.endpoint, delivery, response);
        let has_contact =
            matches!(response.headers().contacts(), Ok(Contacts::List(list)) if !list.is_empty());
        let early =
            self.early.into_iter().find(|early| early.dialog.remote_tag() == dialog.remote_tag());
        let mut answer = sdp(response.headers());
        if let Some(early) = early {
            dialog.continues(&early.dialog);
            // An answer that came reliably is the only one (RFC 3261, section 13.2.1); and some gateways do not
            // repeat the early one in the 2xx.
            if early.is_settled() || answer.is_none() {
                answer = early.into_answer();
            }
        }
        match answer {
            Some(sdp) if has_contact && !dialog.remote_tag().is_empty() => {
                let mut timer = self.timer;
                timer.agreed(cx, response.headers());
                cx.event(Event::Remote { call: cx.call, generation: 0, sdp, early: false });
                cx.event(Event::Answered { call: cx.call });
                Call::Active(Active::new(dialog, timer))
            }
            _ => {
                cx.end(End::BadReply);
                Call::Leaving(Leaving::new(cx, dialog, None, &End::BadReply, false))
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
                let mut dialog = acknowledge(cx.endpoint, delivery, response);
                dialog.leap();
                Some(Call::Leaving(Leaving::new(cx, dialog, None, &End::Cancelled, false)))
            }
            _ => None,
        }
    }
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
