//! What the agent asks for.

use crate::phone::{ANSWER_LIMIT, ENDING_LIMIT};
use crate::state::{Beside, Call, CallState};
use crate::talk::Talk;
use crate::{
    ChannelCommand, Digit, EndReason, Intent, Microphone, Party, Phone, Sound, Time, Tone, WhyNot,
};
use std::mem;

impl Phone {
    pub(crate) fn on_intent(&mut self, now: Time, intent: Intent) {
        match intent {
            Intent::Dial { callee, from } => self.dial(now, callee, from),
            Intent::Answer => self.answer(now),
            Intent::Decline => self.decline(now),
            Intent::HangUp => self.hang_up(now),
            Intent::SetMuted(muted) => {
                if self.may_mute() {
                    self.mute(muted);
                }
            }
            Intent::Digit(digit) => self.press(digit),
            Intent::Hold => self.hold(),
            Intent::Resume => self.resume(),
            Intent::Transfer(to) => self.transfer(to),
            Intent::Consult(colleague) => self.consult(now, colleague),
            Intent::CompleteTransfer => self.complete_transfer(),
            Intent::BackToCaller => self.back_to_caller(now),
            Intent::Dismiss => self.dismiss(),
            Intent::DismissNotice => {
                if self.refusal.take().is_none() {
                    self.notice = None;
                }
            }
            Intent::DismissTurnedAway => self.turned_away.clear(),
            Intent::Identify { leg, name } => {
                if let Some((call, _)) = self.state.up_mut(leg) {
                    call.party.name = Some(name);
                }
            }
            Intent::SeeMissed => self.missed = 0,
            Intent::AskMicrophone => match self.microphone {
                Microphone::Unknown
                | Microphone::Refused
                | Microphone::Missing
                | Microphone::Busy => self.ask_microphone(),
                // There is nothing to ask, or nobody who could say yes.
                Microphone::Asking | Microphone::Granted | Microphone::InsecurePage => {}
            },
            Intent::AllowSound => match self.sound {
                Sound::NeedsClick => self.allow_sound(),
                Sound::Allowed => {}
            },
        }
    }

    fn dial(&mut self, now: Time, callee: Party, from: Option<String>) {
        let callee = match (callee.dialled(), self.may_dial()) {
            (Ok(callee), Ok(())) => callee,
            // A page whose agent has no phone is left alone.
            (_, Err(WhyNot::NoLine)) => return,
            // The second click of a double click.
            (Ok(callee), Err(WhyNot::InCall)) if self.is_being_dialled(&callee) => return,
            (Ok(callee), Err(why)) => return self.refusal = Some((callee, why)),
            (Err(callee), _) => return self.refusal = Some((callee, WhyNot::NotANumber)),
        };
        self.last_number = Some(callee.number.clone());
        let leg = self.next_leg();
        self.sound(Tone::Silence);
        let call = self.begin(now, leg, callee.clone(), from.clone());
        self.tell(ChannelCommand::Dial { leg, callee, from });
        self.state = CallState::Dialing(call);
    }

    fn is_being_dialled(&self, callee: &Party) -> bool {
        match &self.state {
            CallState::Dialing(call) | CallState::Ringing { call, .. } => {
                call.party.number == callee.number
            }
            CallState::Idle
            | CallState::Incoming(_)
            | CallState::Answering { .. }
            | CallState::Active(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. } => false,
        }
    }

    fn answer(&mut self, now: Time) {
        if self.may_answer().is_err() {
            return;
        }
        self.state = match mem::take(&mut self.state) {
            CallState::Incoming(call) => {
                self.sound(Tone::Silence);
                self.tell(ChannelCommand::Answer(call.leg));
                CallState::Answering { call, give_up_at: now + ANSWER_LIMIT }
            }
            state @ (CallState::Idle
            | CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Answering { .. }
            | CallState::Active(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    pub(crate) fn decline(&mut self, now: Time) {
        self.state = match mem::take(&mut self.state) {
            CallState::Incoming(call) => {
                self.tell(ChannelCommand::Decline(call.leg));
                self.end(now, call, None, EndReason::Declined)
            }
            state @ (CallState::Idle
            | CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Answering { .. }
            | CallState::Active(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    /// Ends the call; while a colleague is asked, the one to the colleague: whoever is held is not hung up on.
    pub(crate) fn hang_up(&mut self, now: Time) {
        let asks = matches!(self.state.active(), Some((.., Beside::Consult(_))));
        self.leave_colleague(now, EndReason::HungUp);
        if asks {
            return;
        }
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call) | CallState::Ringing { call, .. } => {
                self.begin_ending(now, call, None, EndReason::GivenUp)
            }
            // Taken, and dropped before anybody was heard: to the caller it was turned down.
            CallState::Answering { call, .. } => {
                self.begin_ending(now, call, None, EndReason::Declined)
            }
            CallState::Active(call, talk, _) => {
                self.begin_ending(now, call, Some(talk), EndReason::HungUp)
            }
            state @ (CallState::Idle
            | CallState::Incoming(_)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    fn begin_ending(
        &mut self,
        now: Time,
        call: Call,
        talk: Option<Talk>,
        reason: EndReason,
    ) -> CallState {
        self.sound(Tone::Silence);
        self.notice = None;
        self.tell(ChannelCommand::HangUp(call.leg));
        CallState::Ending { call, talk, reason, ended_at: now, force_at: now + ENDING_LIMIT }
    }

    fn press(&mut self, digit: Digit) {
        if !self.may_digit() {
            return;
        }
        let call = self.state.colleague().or(self.state.call());
        let Some(leg) = call.map(|call| call.leg) else { return };
        if let Some(talk) = self.talk(leg) {
            talk.digits.push(digit.as_char());
        }
        self.sound_key(digit);
        self.tell(ChannelCommand::Digit(leg, digit));
    }

    fn dismiss(&mut self) {
        self.state = match mem::take(&mut self.state) {
            CallState::Ended { .. } => {
                self.sound(Tone::Silence);
                CallState::Idle
            }
            state @ (CallState::Idle
            | CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Incoming(_)
            | CallState::Answering { .. }
            | CallState::Active(..)
            | CallState::Ending { .. }) => state,
        };
    }
}
