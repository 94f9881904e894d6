//! Asking a colleague while the other side waits.

use crate::phone::farewell;
use crate::state::{Beside, Call, CallState, Consult};
use crate::talk::Talk;
use crate::{ChannelCommand, EndReason, Leg, Notice, Party, Phone, Time, Tone};
use std::mem;

impl Phone {
    /// Calls a colleague. The channel holds the other side first.
    pub(crate) fn consult(&mut self, now: Time, colleague: Party) {
        let Some(colleague) = colleague.dialled().ok().filter(|_| self.may_consult()) else {
            return;
        };
        let consult = self.next_leg();
        let CallState::Active(call, talk, beside) = &mut self.state else { return };
        if !talk.hold.by_us {
            talk.hold_asked = Some(true);
        }
        let leg = call.leg;
        *beside =
            Beside::Consult(Consult::Dialing(Call::new(now, consult, colleague.clone(), true)));
        self.notice = None;
        self.tell(ChannelCommand::Consult { leg, consult, colleague });
    }

    /// Ends the call to the colleague, and speaks to the other side again.
    pub(crate) fn back_to_caller(&mut self, now: Time) {
        if self.may_go_back() {
            self.leave_colleague(now, EndReason::HungUp);
            self.change_hold(false);
        }
    }

    pub(crate) fn is_colleague(&self, leg: Leg) -> bool {
        self.state.colleague().is_some_and(|call| call.leg == leg)
    }

    pub(crate) fn on_colleague_ringing(&mut self, early_media: bool) {
        let mut rings = false;
        self.change_consult(|consult| match consult {
            Consult::Dialing(call) | Consult::Ringing { call, .. } => {
                rings = true;
                Consult::Ringing { call, early_media }
            }
            Consult::Active(..) => consult,
        });
        if rings {
            self.sound(if early_media { Tone::Silence } else { Tone::Ringback });
        }
    }

    pub(crate) fn on_colleague_answered(&mut self, now: Time) {
        let mut answers = false;
        self.change_consult(|consult| match consult {
            Consult::Dialing(call) | Consult::Ringing { call, .. } => {
                answers = true;
                Consult::Active(call, Talk::from(now))
            }
            Consult::Active(..) => consult,
        });
        if answers {
            self.sound(Tone::Silence);
        }
    }

    fn change_consult(&mut self, change: impl FnOnce(Consult) -> Consult) {
        if let CallState::Active(.., beside) = &mut self.state {
            *beside = match mem::take(beside) {
                Beside::Consult(consult) => Beside::Consult(change(consult)),
                same @ (Beside::Nothing | Beside::Transfer { .. }) => same,
            };
        }
    }

    /// The call to the colleague is over: the other side is still held, or on its way.
    pub(crate) fn on_colleague_ended(&mut self, now: Time, reason: EndReason) {
        let CallState::Active(.., beside) = &mut self.state else { return };
        if let Beside::Transfer { colleague, .. } = beside {
            if let Some((call, talk)) = colleague.take() {
                // The PBX connects the two by taking their calls away from here.
                let moved = reason == EndReason::FarEndHungUp;
                let reason = if moved { EndReason::Transferred } else { reason };
                self.log(call.record(now, Some(&talk), &reason));
            }
        } else if let Some(consult) = mem::take(beside).into_colleague() {
            let (call, talk) = consult.into_parts();
            let record = call.record(now, talk.as_ref(), &reason);
            self.sound(Tone::Silence);
            self.sound(farewell(&record));
            self.log(record);
            self.notice = Some(Notice::ColleagueGone { colleague: call.party, reason });
        }
    }

    /// Ends the call to the colleague, if there is one, without waiting for the channel's word; and whatever
    /// else goes on beside the call. `reason` is for one that was answered.
    pub(crate) fn leave_colleague(&mut self, now: Time, reason: EndReason) {
        let CallState::Active(.., beside) = &mut self.state else { return };
        let Some(consult) = mem::take(beside).into_colleague() else { return };
        let (call, talk) = consult.into_parts();
        let reason = if talk.is_some() { reason } else { EndReason::GivenUp };
        self.sound(Tone::Silence);
        self.tell(ChannelCommand::HangUp(call.leg));
        self.log(call.record(now, talk.as_ref(), &reason));
        self.notice = Some(Notice::ColleagueGone { colleague: call.party, reason });
    }
}

impl Consult {
    /// What the phone is in when the one who was held is gone.
    pub(crate) fn alone(self) -> CallState {
        match self {
            Consult::Dialing(call) => CallState::Dialing(call),
            Consult::Ringing { call, early_media } => CallState::Ringing { call, early_media },
            Consult::Active(call, talk) => CallState::Active(call, talk, Beside::Nothing),
        }
    }
}
