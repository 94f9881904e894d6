//! What one call leads to for another: where calls are handed on, two take part.

use super::outgoing::Preparing;
use super::referral::Follow;
use super::{Call, Calls, describe};
use crate::endpoint::Endpoint;
use crate::message::Name;
use crate::{CallId, End, Event, Time};

/// Something to do for another call.
pub(super) enum Effect {
    /// It is over.
    End(CallId, End),
    /// It was to be handed on, and is not.
    Keep(CallId),
    /// The call at hand is to be followed by another one.
    Follow(Follow),
    /// The call that follows a referral of the call has come this far: a status and its phrase.
    Report(CallId, u16, String),
}

impl Calls {
    pub(super) fn carry_out(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        cause: CallId,
        effect: Effect,
    ) {
        match effect {
            Effect::End(call, end) => self.step(endpoint, now, call, |state, cx| match state {
                Call::Active(active) => Some(active.leave(cx, end)),
                Call::Inviting(inviting) => Some(inviting.withdraw(cx, end)),
                other => Some(other),
            }),
            Effect::Keep(call) => {
                self.act(endpoint, now, call, |active, _| active.is_consulted = false);
            }
            Effect::Follow(follow) => self.follow(endpoint, now, cause, follow),
            Effect::Report(call, status, phrase) => {
                self.act(endpoint, now, call, |active, cx| {
                    if active.referral.as_ref().is_some_and(|it| it.call == Some(cause)) {
                        active.report(cx, status, &phrase);
                    }
                });
            }
        }
    }

    fn follow(&mut self, endpoint: &mut Endpoint, now: Time, referred: CallId, follow: Follow) {
        let call = self.allocate();
        self.act(endpoint, now, referred, |active, _| {
            if let Some(referral) = &mut active.referral {
                referral.call = Some(call);
            }
        });
        let target = super::identity::shown(&follow.uri.user_unescaped());
        let mut headers = Vec::new();
        headers.extend(follow.replaces.map(|replaces| (Name::Replaces, replaces)));
        headers.extend(follow.referred_by.map(|by| (Name::ReferredBy, by)));
        let preparing = Preparing {
            replaces: Some(referred),
            headers,
            ..Preparing::new(follow.uri, endpoint.random.token())
        };
        self.live.insert(call, Call::Preparing(preparing));
        endpoint.event(Event::Referred { call, replaces: referred, target });
        endpoint.event(describe(call, None));
    }
}
