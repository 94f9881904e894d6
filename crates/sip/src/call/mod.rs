//! Calls (RFC 3261, sections 13 to 15).
//!
//! ```text
//! dial:   Preparing --description--> Inviting --2xx--> Active
//!             |                         |                |
//!          hang up                   hang up          hang up
//!             v                         v                v
//!           gone                    Withdrawn --2xx--> Leaving --BYE answered--> gone
//!                                       |                ^
//!                                    300-699             |
//!                                       v                |
//! comes:  Ringing --answer--> Active   gone              |
//!             |                 +------- hang up --------+
//!          refusal, CANCEL --> gone
//! ```
//!
//! To the user a call ends when it enters Withdrawn or Leaving: what is left is courtesy to the other side.

mod active;
mod incoming;
mod leaving;
mod outgoing;

use std::collections::BTreeMap;

use crate::address::dial_uri;
use crate::endpoint::Endpoint;
use crate::message::{Method, Request, Response, Uri};
use crate::transaction::Delivery;
use crate::{CallId, DialError, End, Event, Time};

use active::Active;
use incoming::Ringing;
use leaving::Leaving;
use outgoing::{Inviting, Preparing, Withdrawn};

/// All calls, those included that only the other side does not know to be over.
#[derive(Default)]
pub(crate) struct Calls {
    next: u64,
    live: BTreeMap<CallId, Call>,
}

enum Call {
    Preparing(Preparing),
    Inviting(Inviting),
    Withdrawn(Withdrawn),
    Ringing(Ringing),
    Active(Active),
    Leaving(Leaving),
}

/// What a call works with.
struct Context<'a> {
    endpoint: &'a mut Endpoint,
    now: Time,
    call: CallId,
}

impl Context<'_> {
    fn event(&mut self, event: Event) {
        self.endpoint.event(event);
    }

    fn end(&mut self, end: End) {
        self.event(Event::Ended { call: self.call, end });
    }
}

impl Call {
    /// Whether the user still sees it.
    fn is_up(&self) -> bool {
        match self {
            Call::Preparing(_) | Call::Inviting(_) | Call::Ringing(_) | Call::Active(_) => true,
            Call::Withdrawn(_) | Call::Leaving(_) => false,
        }
    }

    fn owns(&self, request: &Request) -> bool {
        match self {
            Call::Preparing(_) | Call::Inviting(_) | Call::Withdrawn(_) => false,
            Call::Ringing(ringing) => ringing.dialog.owns(request),
            Call::Active(active) => active.dialog.owns(request),
            Call::Leaving(leaving) => leaving.dialog.owns(request),
        }
    }
}

impl Calls {
    /// Whether nothing is left, not even for the other side's sake.
    pub(crate) fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Takes a call from one state to the next; `None` is the end of it.
    fn step(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        transition: impl FnOnce(Call, &mut Context<'_>) -> Option<Call>,
    ) {
        if let Some(state) = self.live.remove(&call)
            && let Some(next) = transition(state, &mut Context { endpoint, now, call })
        {
            self.live.insert(call, next);
        }
    }

    fn step_all(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        transition: fn(Call, &mut Context<'_>) -> Option<Call>,
    ) {
        let calls: Vec<CallId> = self.live.keys().copied().collect();
        for call in calls {
            self.step(endpoint, now, call, transition);
        }
    }

    fn allocate(&mut self) -> CallId {
        let call = CallId(self.next);
        self.next += 1;
        call
    }

    pub(crate) fn dial(&mut self, endpoint: &mut Endpoint, target: &str) -> Result<CallId, DialError> {
        let uri = dial_uri(target, &endpoint.settings.domain).ok_or(DialError::BadTarget)?;
        let uri = Uri::parse(&uri).map_err(|_| DialError::BadTarget)?;
        if !endpoint.registered {
            return Err(DialError::NotRegistered);
        }
        if self.live.values().any(Call::is_up) {
            return Err(DialError::InCall);
        }
        let call = self.allocate();
        self.live.insert(call, Call::Preparing(Preparing { uri }));
        endpoint.event(Event::Describe { call, generation: 0, offer: None });
        Ok(call)
    }

    /// An INVITE outside of any dialog, in its open transaction.
    pub(crate) fn invited(&mut self, endpoint: &mut Endpoint, now: Time, server: u64, invite: &Request) {
        if self.live.values().any(Call::is_up) {
            endpoint.respond(now, server, 486, &[], None);
            endpoint.event(Event::TurnedAway(incoming::caller(invite)));
            return;
        }
        let call = self.allocate();
        if let Some(ringing) = Ringing::new(&mut Context { endpoint, now, call }, server, invite) {
            self.live.insert(call, Call::Ringing(ringing));
        }
    }

    pub(crate) fn answer(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => Some(ringing.answer(cx)),
            other => Some(other),
        });
    }

    pub(crate) fn decline(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => ringing.refuse(cx, 486, End::Declined),
            other => Some(other),
        });
    }

    pub(crate) fn hang_up(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, hang_up);
    }

    pub(crate) fn hang_up_all(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.step_all(endpoint, now, hang_up);
    }

    /// Forgets what was left for the other side's sake.
    pub(crate) fn forget_all(&mut self, endpoint: &mut Endpoint) {
        for (call, state) in std::mem::take(&mut self.live) {
            leaving::stop_timers(endpoint, call);
            if state.is_up() {
                endpoint.event(Event::Ended { call, end: End::HungUp });
            }
        }
    }

    pub(crate) fn described(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        generation: u32,
        sdp: String,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Preparing(preparing) if generation == 0 => Some(preparing.invite(cx, sdp)),
            Call::Ringing(ringing) if generation == 0 => Some(ringing.described(cx, sdp)),
            Call::Active(active) => Some(active.described(cx, generation, &sdp)),
            other => Some(other),
        });
    }

    pub(crate) fn description_refused(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        generation: u32,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Preparing(_) if generation == 0 => {
                cx.end(End::Media);
                None
            }
            Call::Inviting(inviting) if generation == 0 => Some(inviting.withdraw(cx, End::Media)),
            Call::Ringing(ringing) if generation == 0 => ringing.refuse(cx, 488, End::Media),
            Call::Active(active) => Some(active.description_refused(cx, generation)),
            other => Some(other),
        });
    }

    /// The caller gave up.
    pub(crate) fn cancelled(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        cancel: &Request,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => {
                let end = End::CallerCancelled { answered_elsewhere: incoming::answered_elsewhere(cancel) };
                ringing.refuse(cx, 487, end)
            }
            Call::Active(active) => Some(Call::Active(active.reinvite_cancelled(cx))),
            other => Some(other),
        });
    }

    /// A response to a request of a call.
    pub(crate) fn replied(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        delivery: &Delivery,
        response: &Response,
    ) {
        let is_invite = delivery.request.method == Method::Invite;
        let mut stray = is_invite && (200..300).contains(&response.status());
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Inviting(inviting) if is_invite => {
                stray = false;
                inviting.replied(cx, delivery, response)
            }
            Call::Withdrawn(withdrawn) if is_invite => {
                stray = false;
                withdrawn.replied(cx, delivery, response)
            }
            Call::Active(active) => {
                stray &= !active.accepted_again(cx, delivery, response);
                Some(Call::Active(active))
            }
            Call::Leaving(leaving) if !is_invite => leaving.replied(cx, delivery, response),
            other => Some(other),
        });
        if stray {
            self.end_stray(endpoint, now, delivery, response);
        }
    }

    /// A fork was answered after another one: it gets an ACK and a BYE (RFC 3261, section 13.2.2.4).
    fn end_stray(&mut self, endpoint: &mut Endpoint, now: Time, delivery: &Delivery, response: &Response) {
        let call = self.allocate();
        let mut cx = Context { endpoint, now, call };
        let leaving = outgoing::acknowledge_and_leave(&mut cx, delivery, response);
        // More answers than any fork has are an attack: each has its ACK, and no more than that is kept.
        if self.live.len() < 16 {
            self.live.insert(call, leaving);
        } else {
            leaving::stop_timers(endpoint, call);
        }
    }

    /// No response to a request of a call came in time.
    pub(crate) fn unanswered(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        delivery: &Delivery,
    ) {
        let is_invite = delivery.request.method == Method::Invite;
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Inviting(_) if is_invite => {
                cx.end(End::Network);
                None
            }
            Call::Withdrawn(_) if is_invite => None,
            Call::Leaving(_) if !is_invite => {
                leaving::stop_timers(cx.endpoint, cx.call);
                None
            }
            other => Some(other),
        });
    }

    /// A request inside a dialog. False if no call has that dialog.
    pub(crate) fn requested(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        server: Option<u64>,
        request: &Request,
    ) -> bool {
        let Some((&call, _)) = self.live.iter().find(|(_, state)| state.owns(request)) else {
            return false;
        };
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => ringing.requested(cx, server, request),
            Call::Active(active) => active.requested(cx, server, request),
            Call::Leaving(leaving) => leaving.requested(cx, server, request),
            other => Some(other),
        });
        true
    }

    /// [`Timer::RepeatOk`](crate::timer::Timer::RepeatOk) fired.
    pub(crate) fn repeat_ok(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |mut state, cx| {
            let waiting = match &mut state {
                Call::Active(active) => active.unacknowledged.as_mut(),
                Call::Leaving(leaving) => leaving.unacknowledged.as_mut(),
                Call::Preparing(_) | Call::Inviting(_) | Call::Withdrawn(_) | Call::Ringing(_) => None,
            };
            if let Some(waiting) = waiting {
                waiting.repeat(cx);
            }
            Some(state)
        });
    }

    /// [`Timer::AwaitAck`](crate::timer::Timer::AwaitAck) fired.
    pub(crate) fn no_ack(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Active(mut active) => {
                active.unacknowledged = None;
                Some(active.leave(cx, End::Network))
            }
            Call::Leaving(leaving) => Some(Call::Leaving(leaving.acknowledged(cx))),
            other => Some(other),
        });
    }

    /// [`Timer::Farewell`](crate::timer::Timer::Farewell) fired.
    pub(crate) fn farewell_over(&mut self, endpoint: &mut Endpoint, call: CallId) {
        if let Some(Call::Leaving(_)) = self.live.get(&call) {
            self.live.remove(&call);
            leaving::stop_timers(endpoint, call);
        }
    }

    /// The socket is gone. Calls that are up go on: their audio does not depend on it.
    pub(crate) fn socket_lost(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.step_all(endpoint, now, |state, cx| match state {
            Call::Preparing(_) | Call::Inviting(_) | Call::Ringing(_) => {
                cx.end(End::Network);
                None
            }
            Call::Withdrawn(_) => None,
            Call::Active(active) => Some(Call::Active(active.signalling_lost(cx))),
            Call::Leaving(leaving) => Some(Call::Leaving(leaving.signalling_lost())),
        });
    }

    /// The server takes our requests again.
    pub(crate) fn line_back(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.step_all(endpoint, now, |state, cx| match state {
            Call::Active(active) => Some(Call::Active(active.signalling_restored(cx))),
            Call::Leaving(leaving) => Some(Call::Leaving(leaving.say_bye(cx))),
            other => Some(other),
        });
    }
}

fn hang_up(state: Call, cx: &mut Context<'_>) -> Option<Call> {
    match state {
        Call::Preparing(_) => {
            cx.end(End::Cancelled);
            None
        }
        Call::Inviting(inviting) => Some(inviting.withdraw(cx, End::Cancelled)),
        Call::Ringing(ringing) => ringing.refuse(cx, 486, End::Declined),
        Call::Active(active) => Some(active.leave(cx, End::HungUp)),
        Call::Withdrawn(_) | Call::Leaving(_) => Some(state),
    }
}

/// The session description of a message's body. What is not UTF-8 in it cannot be meant for a browser anyway.
fn sdp(headers: &crate::message::Headers) -> Option<String> {
    let body = headers.body();
    let kind = headers.content_type();
    let is_sdp = headers.get(crate::message::Name::ContentType).is_none()
        || kind.is_some_and(|kind| kind.is("application", "sdp"));
    (is_sdp && !body.is_empty()).then(|| String::from_utf8_lossy(body).into_owned())
}
