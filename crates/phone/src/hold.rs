//! Letting the other side wait.

use crate::state::Beside;
use crate::{ChannelCommand, EndReason, Hold, Leg, Notice, Phone, Time};

impl Phone {
    pub(crate) fn hold(&mut self) {
        if self.may().hold {
            self.change_hold(true);
        }
    }

    pub(crate) fn resume(&mut self) {
        if self.may_resume() {
            self.change_hold(false);
        }
    }

    /// Asks the channel to hold the other side or to resume, once: until it replies nothing else is asked.
    pub(crate) fn change_hold(&mut self, hold: bool) {
        let Some(leg) = self.state.call().map(|call| call.leg) else { return };
        if let Some(talk) = self.talk(leg) {
            talk.hold_asked = Some(hold);
            self.notice = None;
            self.tell(if hold { ChannelCommand::Hold(leg) } else { ChannelCommand::Resume(leg) });
        }
    }

    pub(crate) fn on_hold(&mut self, leg: Leg, hold: Hold) {
        if let Some(talk) = self.talk(leg) {
            talk.hold = hold;
            // The other side's own holding replies to nothing.
            talk.hold_asked = talk.hold_asked.filter(|asked| *asked != hold.by_us);
        }
    }

    pub(crate) fn on_hold_refused(&mut self, now: Time, leg: Leg, wanted: bool) {
        let Some(talk) = self.talk(leg) else { return };
        if talk.hold_asked.take() != Some(wanted) {
            return;
        }
        let notice = if wanted { Notice::HoldRefused } else { Notice::ResumeRefused };
        // Who is not held must not hear what a colleague is asked.
        let asks =
            matches!(self.state.active(), Some((call, _, Beside::Consult(_))) if call.leg == leg);
        if asks && wanted {
            self.leave_colleague(now, EndReason::GivenUp);
        }
        self.notice = Some(notice);
    }
}
