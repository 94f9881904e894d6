//! How the states are shown.

use crate::state::{Beside, Call, CallState, Consult};
use crate::talk::Talk;
use crate::{CallView, Hold, Stage};

impl CallView {
    fn new(call: &Call, talk: Option<&Talk>, stage: Stage, muted: bool) -> CallView {
        CallView {
            leg: call.leg,
            direction: call.leg.direction(),
            party: call.party.clone(),
            started_at: call.started_at,
            channel_id: call.channel_id.clone(),
            own_number: call.own_number.clone(),
            stage,
            muted,
            digits: talk.map_or_else(String::new, |talk| talk.digits.clone()),
            hold: talk.map_or_else(Hold::default, |talk| talk.hold),
            hold_changes: talk.is_some_and(|talk| talk.hold_asked.is_some()),
            poor: talk.and_then(|talk| talk.monitor.poor()),
        }
    }
}

impl CallState {
    pub(crate) fn view(&self, muted: bool) -> Option<CallView> {
        let (talk, stage) = match self {
            Self::Idle => return None,
            Self::Dialing(_) => (None, Stage::Dialing),
            Self::Ringing { early_media, .. } => {
                (None, Stage::Ringing { early_media: *early_media })
            }
            Self::Incoming(_) => (None, Stage::Incoming),
            Self::Answering { .. } => (None, Stage::Answering),
            Self::Active(_, talk, Beside::Transfer { to, ringing, .. }) => {
                let (since, to, ringing) = (talk.since, to.clone(), *ringing);
                (Some(talk), Stage::Transferring { since, to, ringing })
            }
            Self::Active(_, talk, Beside::Nothing | Beside::Consult(_)) => {
                (Some(talk), talking(talk))
            }
            Self::Ending { talk, .. } => (talk.as_ref(), Stage::Ending),
            Self::Ended { talk, reason, ended_at, .. } => {
                let length = talk.as_ref().map(|talk| *ended_at - talk.since);
                (talk.as_ref(), Stage::Ended { reason: reason.clone(), talk: length })
            }
        };
        Some(CallView::new(self.call()?, talk, stage, muted))
    }
}

impl Beside {
    pub(crate) fn view(&self, muted: bool) -> Option<CallView> {
        let (call, talk) = self.colleague()?;
        let stage = match self {
            Self::Consult(Consult::Ringing { early_media, .. }) => {
                Stage::Ringing { early_media: *early_media }
            }
            Self::Nothing | Self::Consult(_) | Self::Transfer { .. } => {
                talk.map_or(Stage::Dialing, talking)
            }
        };
        Some(CallView::new(call, talk, stage, muted))
    }
}

fn talking(talk: &Talk) -> Stage {
    let since = talk.since;
    if talk.link.is_lost() { Stage::Reconnecting { since } } else { Stage::Active { since } }
}
