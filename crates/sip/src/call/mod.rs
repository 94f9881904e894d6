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
mod change;
mod early;
mod effect;
mod hold;
pub(crate) mod identity;
mod incoming;
mod intents;
mod leaving;
mod network;
mod our_change;
mod outgoing;
mod prack;
mod reason;
mod redirect;
mod refer;
mod referral;
mod replaces;
mod session_timer;
mod their_change;
mod unacknowledged;
mod within;

use crate::table::Table;

use crate::dialog::Dialog;
use crate::endpoint::Endpoint;
use crate::message::{Headers, Name, Request, Response, standard_phrase};
use crate::{CallId, End, Event, Time};

use active::Active;
use effect::Effect;
use incoming::Ringing;
use leaving::Leaving;
use outgoing::{Inviting, Preparing, Withdrawn};

/// More calls than one person can have, even with those that only have to be ended yet.
const MOST_CALLS: usize = 16;

/// A call, and one to ask before it is handed on.
const MOST_UP: usize = 2;

/// All calls, those included that only the other side does not know to be over.
#[derive(Default)]
pub(crate) struct Calls {
    next: u64,
    live: Table<CallId, Call>,
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
    /// How many other calls the user has.
    others: usize,
    /// What this leads to for other calls.
    effects: Vec<Effect>,
    /// The status that refused it.
    refusal: Option<(u16, String)>,
}

impl Context<'_> {
    fn new(endpoint: &mut Endpoint, now: Time, call: CallId) -> Context<'_> {
        Context { endpoint, now, call, others: 0, effects: Vec::new(), refusal: None }
    }

    fn event(&mut self, event: Event) {
        self.endpoint.event(event);
    }

    /// Tells who the other side is, if a message says that it is somebody else than before.
    fn identify(&mut self, dialog: &mut Dialog, message: &Headers) {
        if let Some(party) = dialog.identify(message) {
            self.event(Event::Identity { call: self.call, party });
        }
    }

    fn end(&mut self, end: End) {
        self.event(Event::Ended { call: self.call, end, cause: None });
    }

    /// Ends the call, which was refused.
    fn refused(&mut self, response: &Response) {
        let (status, phrase) = (response.status(), response.phrase());
        self.refusal = Some((status, phrase.clone()));
        self.end_for(End::Refused { status, phrase }, response.headers());
    }

    /// Ends the call for what a message says.
    fn end_for(&mut self, end: End, message: &Headers) {
        self.event(Event::Ended { call: self.call, end, cause: reason::cause(message) });
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

    /// Whether another call may be placed beside it.
    fn is_held(&self) -> bool {
        matches!(self, Call::Active(active) if active.session.is_held_by_us())
    }

    fn sip_call_id(&self) -> Option<&str> {
        match self {
            Call::Preparing(preparing) => Some(&preparing.call_id),
            Call::Inviting(inviting) => Some(&inviting.call_id),
            Call::Ringing(ringing) => Some(ringing.dialog.call_id()),
            Call::Active(active) => Some(active.dialog.call_id()),
            Call::Withdrawn(_) | Call::Leaving(_) => None,
        }
    }

    /// The call whose place this one takes when it is answered.
    fn replaces(&self) -> Option<CallId> {
        match self {
            Call::Preparing(preparing) => preparing.replaces,
            Call::Inviting(inviting) => inviting.replaces,
            Call::Ringing(ringing) => ringing.replaces,
            Call::Withdrawn(_) | Call::Active(_) | Call::Leaving(_) => None,
        }
    }

    fn owns(&self, request: &Request) -> bool {
        match self {
            Call::Preparing(_) | Call::Withdrawn(_) => false,
            Call::Inviting(inviting) => inviting.has_dialog(|dialog| dialog.owns(request)),
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

    /// Whether the user has a call.
    pub(crate) fn is_any_up(&self) -> bool {
        self.live.values().any(Call::is_up)
    }

    /// Takes a call from one state to the next; `None` is the end of it.
    fn step(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        transition: impl FnOnce(Call, &mut Context<'_>) -> Option<Call>,
    ) {
        let mut transition = Some(transition);
        self.take_step(endpoint, now, call, &mut |state, cx| match transition.take() {
            Some(transition) => transition(state, cx),
            None => Some(state),
        });
    }

    /// The same, once for all transitions: there are many, and this is long. Keeps what the call has become, and
    /// carries out what that leads to for others.
    fn take_step(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        transition: &mut dyn FnMut(Call, &mut Context<'_>) -> Option<Call>,
    ) {
        let Some(state) = self.live.remove(&call) else { return };
        let replaces = state.replaces();
        let mut cx = Context::new(endpoint, now, call);
        cx.others = self.live.values().filter(|other| other.is_up()).count();
        let next = transition(state, &mut cx);
        let Context { mut effects, refusal, .. } = cx;
        if let Some(replaced) = replaces {
            match &next {
                Some(Call::Active(_)) => {
                    effects.push(Effect::Report(replaced, 200, standard_phrase(200).to_owned()));
                    effects.push(Effect::End(replaced, End::Replaced));
                }
                Some(next) if next.replaces().is_some() => {}
                _ => {
                    let (status, phrase) =
                        refusal.unwrap_or_else(|| (487, standard_phrase(487).to_owned()));
                    effects.push(Effect::Report(replaced, status, phrase));
                }
            }
        }
        if let Some(next) = next {
            self.live.insert(call, next);
        }
        for effect in effects {
            self.carry_out(endpoint, now, call, effect);
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

    /// Forgets what was left for the other side's sake.
    pub(crate) fn forget_all(&mut self, endpoint: &mut Endpoint) {
        for (call, state) in std::mem::take(&mut self.live) {
            leaving::stop_timers(endpoint, call);
            if state.is_up() {
                endpoint.event(Event::Ended { call, end: End::HungUp, cause: None });
            }
        }
    }
}

/// The request for the first description of a call.
fn describe(call: CallId, offer: Option<String>) -> Event {
    Event::Describe { call, generation: 0, offer, hold: false, restart_ice: false }
}

/// The session description of a message's body. What is not UTF-8 in it cannot be meant for a browser anyway.
fn sdp(headers: &Headers) -> Option<String> {
    let body = headers.body();
    let kind = headers.content_type();
    let is_sdp = headers.get(Name::ContentType).is_none()
        || kind.is_some_and(|kind| kind.is("application", "sdp"));
    (is_sdp && !body.is_empty()).then(|| String::from_utf8_lossy(body).into_owned())
}
