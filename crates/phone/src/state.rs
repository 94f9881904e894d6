//! The states of a call. Each owns exactly what is known in it.

use crate::talk::Talk;
use crate::{CallRecord, EndReason, Leg, Party, Time};
use std::mem;

/// What is known of a call from its first moment to its last.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) leg: Leg,
    pub(crate) party: Party,
    /// Who the other side was at first, if it has changed.
    pub(crate) began_with: Option<Party>,
    pub(crate) started_at: Time,
    /// Placed to ask a colleague, while a customer was held.
    pub(crate) consult: bool,
    /// The channel's name for it, once it gave one.
    pub(crate) channel_id: String,
    /// The number of the business that was called, or was chosen to call from.
    pub(crate) own_number: Option<String>,
}

/// The one call of the phone. The diagram is in the module `phone`.
#[derive(Debug, Default)]
#[allow(clippy::large_enum_variant, reason = "there is one, and it moves a few times in a call")]
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
    Active(Call, Talk, Beside),
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

/// What goes on beside an answered call.
#[derive(Debug, Default)]
pub(crate) enum Beside {
    #[default]
    Nothing,
    /// The other side is held, or about to be, while a colleague is asked.
    Consult(Consult),
    /// The other side is on its way to somebody else, or comes back.
    Transfer {
        to: Party,
        /// The call to the colleague, if one was asked and is still up.
        colleague: Option<(Call, Talk)>,
        /// The new one's phone rings.
        ringing: bool,
    },
}

/// The call to a colleague.
#[derive(Debug)]
pub(crate) enum Consult {
    Dialing(Call),
    Ringing { call: Call, early_media: bool },
    Active(Call, Talk),
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
            | Self::Active(call, ..)
            | Self::Ending { call, .. }
            | Self::Ended { call, .. } => Some(call),
        }
    }

    /// The call to the colleague.
    pub(crate) fn colleague(&self) -> Option<&Call> {
        self.active().and_then(|(.., beside)| beside.colleague()).map(|(call, _)| call)
    }

    /// The answered call, if it is not over.
    pub(crate) fn active(&self) -> Option<(&Call, &Talk, &Beside)> {
        match self {
            Self::Active(call, talk, beside) => Some((call, talk, beside)),
            Self::Idle
            | Self::Dialing(_)
            | Self::Ringing { .. }
            | Self::Incoming(_)
            | Self::Answering { .. }
            | Self::Ending { .. }
            | Self::Ended { .. } => None,
        }
    }

    /// The calls that are answered and not over.
    pub(crate) fn answered(&self) -> impl Iterator<Item = Leg> + use<> {
        let calls = self.active().map(|(call, _, beside)| {
            let colleague = beside.colleague().filter(|(_, talk)| talk.is_some());
            [Some(call.leg), colleague.map(|(call, _)| call.leg)]
        });
        calls.into_iter().flatten().flatten()
    }

    /// One of the calls that are up, with what is known of it while it is answered.
    pub(crate) fn up_mut(&mut self, leg: Leg) -> Option<(&mut Call, Option<&mut Talk>)> {
        let up = match self {
            Self::Idle | Self::Ended { .. } => return None,
            Self::Dialing(call)
            | Self::Ringing { call, .. }
            | Self::Incoming(call)
            | Self::Answering { call, .. }
            | Self::Ending { call, .. } => (call, None),
            Self::Active(call, talk, beside) => match beside.colleague_mut() {
                Some(colleague) if colleague.0.leg == leg => colleague,
                Some(_) | None => (call, Some(talk)),
            },
        };
        Some(up).filter(|(call, _)| call.leg == leg)
    }

    /// When this state, or something in it, is due to change by itself.
    pub(crate) fn deadline(&self) -> Option<Time> {
        match self {
            Self::Idle | Self::Dialing(_) | Self::Ringing { .. } | Self::Incoming(_) => None,
            Self::Active(_, talk, beside) => {
                let colleague = beside.colleague().and_then(|(_, talk)| talk);
                let link = colleague.and_then(|talk| talk.link.deadline());
                [talk.link.deadline(), link].into_iter().flatten().min()
            }
            Self::Answering { give_up_at: at, .. }
            | Self::Ending { force_at: at, .. }
            | Self::Ended { vanish_at: at, .. } => Some(*at),
        }
    }
}

impl Beside {
    /// The call to the colleague, with what is known of it once it is answered.
    pub(crate) fn colleague(&self) -> Option<(&Call, Option<&Talk>)> {
        match self {
            Self::Nothing => None,
            Self::Consult(Consult::Dialing(call) | Consult::Ringing { call, .. }) => {
                Some((call, None))
            }
            Self::Consult(Consult::Active(call, talk)) => Some((call, Some(talk))),
            Self::Transfer { colleague, .. } => {
                colleague.as_ref().map(|(call, talk)| (call, Some(talk)))
            }
        }
    }

    fn colleague_mut(&mut self) -> Option<(&mut Call, Option<&mut Talk>)> {
        match self {
            Self::Nothing => None,
            Self::Consult(Consult::Dialing(call) | Consult::Ringing { call, .. }) => {
                Some((call, None))
            }
            Self::Consult(Consult::Active(call, talk)) => Some((call, Some(talk))),
            Self::Transfer { colleague, .. } => {
                colleague.as_mut().map(|(call, talk)| (call, Some(talk)))
            }
        }
    }

    /// Nothing but the call to the colleague.
    pub(crate) fn into_colleague(self) -> Option<Consult> {
        match self {
            Self::Nothing => None,
            Self::Consult(consult) => Some(consult),
            Self::Transfer { colleague, .. } => {
                colleague.map(|(call, talk)| Consult::Active(call, talk))
            }
        }
    }
}

impl Consult {
    /// The call, and what is known of it once it is answered.
    pub(crate) fn into_parts(self) -> (Call, Option<Talk>) {
        match self {
            Self::Dialing(call) | Self::Ringing { call, .. } => (call, None),
            Self::Active(call, talk) => (call, Some(talk)),
        }
    }
}

impl Call {
    pub(crate) fn new(now: Time, leg: Leg, party: Party, consult: bool) -> Call {
        let channel_id = String::new();
        let own_number = None;
        Call { leg, party, began_with: None, started_at: now, consult, channel_id, own_number }
    }

    /// The other side is this one from now on. A name that is known for a number is not given up for that of the
    /// network, which is nobody else.
    pub(crate) fn change_party(&mut self, party: Party) {
        if self.party.number != party.number {
            let before = mem::replace(&mut self.party, party);
            self.began_with.get_or_insert(before);
        } else if self.party.name.is_none() {
            self.party.name = party.name;
        }
    }

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
            party: self.began_with.as_ref().unwrap_or(&self.party).clone(),
            started_at: self.started_at,
            answered_at: talk.map(|talk| talk.since),
            ended_at,
            outcome: reason.outcome(direction, talk.is_some()),
            reason: reason.clone(),
            consult: self.consult,
            channel_id: self.channel_id.clone(),
            quality: talk.and_then(|talk| talk.monitor.summary()),
        }
    }
}
