//! What the agent may do: asked by the view beforehand, and by the machine when an intent arrives.

use crate::state::{Beside, CallState, Consult};
use crate::talk::Talk;
use crate::{LineState, May, Microphone, Notice, Phone, WhyNot};

impl Phone {
    pub(crate) fn may(&self) -> May {
        May {
            dial: self.may_dial(),
            answer: self.may_answer(),
            decline: self.may_decline(),
            hang_up: self.may_hang_up(),
            mute: self.may_mute(),
            digit: self.may_digit(),
            hold: self.can.hold && self.alone().is_some_and(Talk::may_hold),
            resume: self.may_resume(),
            transfer: self.may_transfer(),
            consult: self.may_consult(),
            complete: self.may_complete(),
            back_to_caller: self.may_go_back(),
        }
    }

    pub(crate) fn may_dial(&self) -> Result<(), WhyNot> {
        match self.line {
            LineState::Off => Err(WhyNot::NoLine),
            LineState::Connecting
            | LineState::Ready
            | LineState::Lost { .. }
            | LineState::Down { .. }
                if self.state.is_live() =>
            {
                Err(WhyNot::InCall)
            }
            LineState::Connecting | LineState::Lost { .. } | LineState::Down { .. } => {
                Err(WhyNot::LineNotReady)
            }
            LineState::Ready => usable(self.microphone),
        }
    }

    pub(crate) fn may_answer(&self) -> Result<(), WhyNot> {
        if self.may_decline() { usable(self.microphone) } else { Err(WhyNot::NoCall) }
    }

    fn may_decline(&self) -> bool {
        matches!(self.state, CallState::Incoming(_))
    }

    /// A call that comes in is declined instead; one that is ending is hung up already.
    fn may_hang_up(&self) -> bool {
        match self.state {
            CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Answering { .. }
            | CallState::Active(..) => true,
            CallState::Idle
            | CallState::Incoming(_)
            | CallState::Ending { .. }
            | CallState::Ended { .. } => false,
        }
    }

    /// Also before the answer: whoever mutes while it rings is not heard when the other side picks up.
    pub(crate) fn may_mute(&self) -> bool {
        self.may_hang_up()
    }

    /// Tones are for whoever hears the agent.
    pub(crate) fn may_digit(&self) -> bool {
        match self.state.active() {
            Some((_, talk, Beside::Nothing)) => talk.is_heard(),
            Some((.., Beside::Consult(Consult::Active(..)))) => true,
            Some((.., Beside::Consult(_) | Beside::Transfer { .. })) | None => false,
        }
    }

    pub(crate) fn may_resume(&self) -> bool {
        self.alone().is_some_and(Talk::may_resume)
    }

    pub(crate) fn may_transfer(&self) -> bool {
        self.can.transfer && self.alone().is_some_and(|talk| talk.link.has_signalling())
    }

    pub(crate) fn may_consult(&self) -> bool {
        let ready = self.line == LineState::Ready && usable(self.microphone).is_ok();
        let settled = |talk: &Talk| talk.link.has_signalling() && talk.hold_asked.is_none();
        self.can.consult && ready && self.alone().is_some_and(settled)
    }

    pub(crate) fn may_complete(&self) -> bool {
        match self.state.active() {
            Some((_, talk, Beside::Consult(Consult::Active(_, other)))) => {
                talk.link.has_signalling() && other.link.has_signalling()
            }
            Some(_) | None => false,
        }
    }

    pub(crate) fn may_go_back(&self) -> bool {
        match self.state.active() {
            Some((.., Beside::Consult(_))) => true,
            Some((_, talk, Beside::Nothing)) => {
                talk.may_resume() && matches!(self.notice, Some(Notice::ColleagueGone { .. }))
            }
            Some((.., Beside::Transfer { .. })) | None => false,
        }
    }

    /// The answered call that nothing else goes on beside.
    fn alone(&self) -> Option<&Talk> {
        match self.state.active() {
            Some((_, talk, Beside::Nothing)) => Some(talk),
            Some((.., Beside::Consult(_) | Beside::Transfer { .. })) | None => None,
        }
    }
}

impl Talk {
    fn may_hold(&self) -> bool {
        !self.hold.by_us && self.may_change_hold()
    }

    fn may_resume(&self) -> bool {
        self.hold.by_us && self.may_change_hold()
    }

    fn may_change_hold(&self) -> bool {
        self.hold_asked.is_none() && self.link.has_signalling()
    }
}

fn usable(microphone: Microphone) -> Result<(), WhyNot> {
    match microphone {
        Microphone::Granted => Ok(()),
        Microphone::Unknown
        | Microphone::Asking
        | Microphone::Refused
        | Microphone::Missing
        | Microphone::Busy
        | Microphone::InsecurePage => Err(WhyNot::NoMicrophone),
    }
}
