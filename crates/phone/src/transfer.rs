//! Passing the other side on.

use crate::state::{Beside, Call, CallState, Consult};
use crate::talk::Talk;
use crate::{ChannelCommand, EndReason, Leg, Notice, Party, Phone, Progress, Time};
use std::mem;

impl Phone {
    /// Passes the other side on without asking first.
    pub(crate) fn transfer(&mut self, to: Party) {
        let Some(to) = to.dialled().ok().filter(|_| self.may_transfer()) else { return };
        let CallState::Active(call, _, beside) = &mut self.state else { return };
        let leg = call.leg;
        *beside = Beside::Transfer { to: to.clone(), colleague: None, ringing: false };
        self.notice = None;
        self.tell(ChannelCommand::Transfer { leg, to });
    }

    /// Passes the other side on to the colleague who was asked.
    pub(crate) fn complete_transfer(&mut self) {
        if !self.may_complete() {
            return;
        }
        let CallState::Active(call, _, beside) = &mut self.state else { return };
        let leg = call.leg;
        *beside = match mem::take(beside) {
            Beside::Consult(Consult::Active(colleague, talk)) => {
                let (to, consult) = (colleague.party.clone(), colleague.leg);
                self.notice = None;
                self.outputs.push_back(crate::Output::Channel(ChannelCommand::CompleteTransfer {
                    leg,
                    consult,
                }));
                Beside::Transfer { to, colleague: Some((colleague, talk)), ringing: false }
            }
            same @ (Beside::Nothing | Beside::Consult(_) | Beside::Transfer { .. }) => same,
        };
    }

    pub(crate) fn on_transfer(&mut self, leg: Leg, progress: Progress) {
        let CallState::Active(call, _, beside) = &mut self.state else { return };
        if call.leg != leg {
            return;
        }
        *beside = match (mem::take(beside), progress) {
            (Beside::Transfer { to, colleague, .. }, Progress::Ringing) => {
                Beside::Transfer { to, colleague, ringing: true }
            }
            (Beside::Transfer { to, colleague, .. }, Progress::Unconfirmed) => {
                self.notice = Some(Notice::TransferUnconfirmed { to });
                with_colleague(colleague)
            }
            (Beside::Transfer { to, colleague, .. }, Progress::Failed(reason)) => {
                self.notice = Some(Notice::TransferFailed { to, reason });
                with_colleague(colleague)
            }
            (same @ (Beside::Nothing | Beside::Consult(_)), _) => same,
        };
    }

    /// The answered call that the phone is about is over, whatever goes on beside it.
    pub(crate) fn end_active(
        &mut self,
        now: Time,
        call: Call,
        talk: Talk,
        beside: Beside,
        reason: EndReason,
    ) -> CallState {
        let passed_on = match &beside {
            Beside::Transfer { .. } => true,
            Beside::Nothing => matches!(self.notice, Some(Notice::TransferUnconfirmed { .. })),
            Beside::Consult(_) => false,
        };
        // A PBX may take the other side away without another word about the transfer.
        let reason = match reason {
            EndReason::FarEndHungUp if passed_on => EndReason::Transferred,
            reason => reason,
        };
        match beside.into_colleague() {
            None => self.end(now, call, Some(talk), reason),
            Some(consult) if reason == EndReason::Transferred => {
                let (colleague, other) = consult.into_parts();
                self.tell(ChannelCommand::HangUp(colleague.leg));
                self.log(colleague.record(now, other.as_ref(), &reason));
                self.end(now, call, Some(talk), reason)
            }
            Some(consult) => {
                self.log(call.record(now, Some(&talk), &reason));
                self.notice = Some(Notice::CallerGone { caller: call.party });
                consult.alone()
            }
        }
    }

    /// Somebody else took the other side's place.
    pub(crate) fn on_replaced(&mut self, now: Time, leg: Leg, by: Leg, party: Party) {
        if self.knows(by) {
            return;
        }
        if let Some((call, Some(talk))) = self.state.up_mut(leg) {
            let next = Call::new(now, by, party, call.consult);
            let (call, talk) = (mem::replace(call, next), mem::replace(talk, Talk::from(now)));
            self.log(call.record(now, Some(&talk), &EndReason::Replaced));
            return;
        }
        // The agent has ended it meanwhile: a call that nobody sees must not go on.
        self.tell(ChannelCommand::HangUp(by));
        self.on_ended(now, leg, EndReason::Replaced);
    }
}

/// What goes on when a transfer does not.
fn with_colleague(colleague: Option<(Call, Talk)>) -> Beside {
    colleague.map_or(Beside::Nothing, |(call, talk)| Beside::Consult(Consult::Active(call, talk)))
}
