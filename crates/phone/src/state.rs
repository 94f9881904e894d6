//! The states of a call. Each owns exactly what is known in it.

use crate::{CallRecord, CallView, EndReason, Leg, Party, Stage, Time};

/// What is known of a call from its first moment to its last.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) leg: Leg,
    pub(crate) party: Party,
    pub(crate) started_at: Time,
}

/// What is known besides once a call was answered.
#[derive(Debug)]
pub(crate) struct Talk {
    pub(crate) since: Time,
    pub(crate) digits: String,
}

/// The one call of the phone. The diagram is in the module `phone`.
#[derive(Debug, Default)]
pub(crate) enum CallState {
    #[default]
    Idle,
    Dialing(Call),
    Ringing {
        call: Call,
        early_media: bool,
    },
    Incoming(Call),
    Answering {
        call: Call,
        give_up_at: Time,
    },
    Active(Call, Talk),
    Reconnecting(Call, Talk),
    Ending {
        call: Call,
        /// `None` if it ends unanswered.
        talk: Option<Talk>,
        /// What this side did to end it, which stands whatever the channel says afterwards.
        reason: EndReason,
        /// When this side did it; waiting for the channel is not talking.
        ended_at: Time,
        force_at: Time,
    },
    Ended {
        call: Call,
        talk: Option<Talk>,
        reason: EndReason,
        ended_at: Time,
        vanish_at: Time,
    },
}

impl CallState {
    /// A call is up: it has begun and is not over.
    pub(crate) fn is_live(&self) -> bool {
        match self {
            Self::Idle | Self::Ended { .. } => false,
            Self::Dialing(_)
            | Self::Ringing { .. }
            | Self::Incoming(_)
            | Self::Answering { .. }
            | Self::Active(..)
            | Self::Reconnecting(..)
            | Self::Ending { .. } => true,
        }
    }

    /// The call that is up or was the last, if it is still to be seen.
    pub(crate) fn call(&self) -> Option<&Call> {
        match self {
            Self::Idle => None,
            Self::Dialing(call)
            | Self::Ringing { call, .. }
            | Self::Incoming(call)
            | Self::Answering { call, .. }
            | Self::Active(call, _)
            | Self::Reconnecting(call, _)
            | Self::Ending { call, .. }
            | Self::Ended { call, .. } => Some(call),
        }
    }

    /// When this state ends by itself.
    pub(crate) fn deadline(&self) -> Option<Time> {
        match self {
            Self::Idle
            | Self::Dialing(_)
            | Self::Ringing { .. }
            | Self::Incoming(_)
            | Self::Active(..)
            | Self::Reconnecting(..) => None,
            Self::Answering { give_up_at: at, .. }
            | Self::Ending { force_at: at, .. }
            | Self::Ended { vanish_at: at, .. } => Some(*at),
        }
    }

    pub(crate) fn view(&self, muted: bool) -> Option<CallView> {
        let call = self.call()?;
        Some(CallView {
            leg: call.leg,
            direction: call.leg.direction(),
            party: call.party.clone(),
            stage: self.stage()?,
            muted,
            digits: self.talk().map_or_else(String::new, |talk| talk.digits.clone()),
        })
    }

    fn stage(&self) -> Option<Stage> {
        match self {
            Self::Idle => None,
            Self::Dialing(_) => Some(Stage::Dialing),
            Self::Ringing { early_media, .. } => Some(Stage::Ringing { early_media: *early_media }),
            Self::Incoming(_) => Some(Stage::Incoming),
            Self::Answering { .. } => Some(Stage::Answering),
            Self::Active(_, talk) => Some(Stage::Active { since: talk.since }),
            Self::Reconnecting(_, talk) => Some(Stage::Reconnecting { since: talk.since }),
            Self::Ending { .. } => Some(Stage::Ending),
            Self::Ended { talk, reason, ended_at, .. } => Some(Stage::Ended {
                reason: reason.clone(),
                talk: talk.as_ref().map(|talk| *ended_at - talk.since),
            }),
        }
    }

    fn talk(&self) -> Option<&Talk> {
        match self {
            Self::Idle
            | Self::Dialing(_)
            | Self::Ringing { .. }
            | Self::Incoming(_)
            | Self::Answering { .. } => None,
            Self::Active(_, talk) | Self::Reconnecting(_, talk) => Some(talk),
            Self::Ending { talk, .. } | Self::Ended { talk, .. } => talk.as_ref(),
        }
    }
}

impl Call {
    pub(crate) fn record(
        &self,
        ended_at: Time,
        talk: Option<&Talk>,
        reason: &EndReason,
    ) -> CallRecord {
        let direction = self.leg.direction();
        CallRecord {
            leg: self.leg,
            direction,
            party: self.party.clone(),
            started_at: self.started_at,
            answered_at: talk.map(|talk| talk.since),
            ended_at,
            outcome: reason.outcome(direction, talk.is_some()),
            reason: reason.clone(),
        }
    }
}

impl Talk {
    pub(crate) fn from(now: Time) -> Talk {
        Talk { since: now, digits: String::new() }
    }
}
