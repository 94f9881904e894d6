//! What the agent asks for.

use crate::may::{may_answer, may_dial, may_mute};
use crate::phone::{ANSWER_LIMIT, ENDING_LIMIT};
use crate::state::{Call, CallState, Talk};
use crate::{
    ChannelCommand, Digit, EndReason, Intent, Leg, Microphone, Party, Phone, Sound, Time, Tone,
    dialable,
};
use std::mem;

impl Phone {
    pub(crate) fn on_intent(&mut self, now: Time, intent: Intent) {
        match intent {
            Intent::Dial(callee) => self.dial(now, callee),
            Intent::Answer => self.answer(now),
            Intent::Decline => self.decline(now),
            Intent::HangUp => self.hang_up(now),
            Intent::SetMuted(muted) => {
                if may_mute(&self.state) {
                    self.mute(muted);
                }
            }
            Intent::Digit(digit) => self.press(digit),
            Intent::Dismiss => self.dismiss(),
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

    fn dial(&mut self, now: Time, callee: Party) {
        if may_dial(&self.line, self.microphone, &self.state).is_err() {
            return;
        }
        let Some(number) = dialable(&callee.number) else { return };
        self.last_number = Some(number.clone());
        self.last_leg = self.last_leg.wrapping_add(1);
        let leg = Leg::Outgoing(self.last_leg);
        let callee = Party { number, name: callee.name };
        self.sound(Tone::Silence);
        let call = self.begin(now, leg, callee.clone());
        self.tell(ChannelCommand::Dial { leg, callee });
        self.state = CallState::Dialing(call);
    }

    fn answer(&mut self, now: Time) {
        if may_answer(self.microphone, &self.state).is_err() {
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
            | CallState::Reconnecting(..)
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
            | CallState::Reconnecting(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    pub(crate) fn hang_up(&mut self, now: Time) {
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call) | CallState::Ringing { call, .. } => {
                self.begin_ending(now, call, None, EndReason::GivenUp)
            }
            // Taken, and dropped before anybody was heard: to the caller it was turned down.
            CallState::Answering { call, .. } => {
                self.begin_ending(now, call, None, EndReason::Declined)
            }
            CallState::Active(call, talk) | CallState::Reconnecting(call, talk) => {
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
        self.tell(ChannelCommand::HangUp(call.leg));
        CallState::Ending { call, talk, reason, ended_at: now, force_at: now + ENDING_LIMIT }
    }

    fn press(&mut self, digit: Digit) {
        let leg = match &mut self.state {
            CallState::Active(call, talk) | CallState::Reconnecting(call, talk) => {
                talk.digits.push(digit.as_char());
                call.leg
            }
            CallState::Idle
            | CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Incoming(_)
            | CallState::Answering { .. }
            | CallState::Ending { .. }
            | CallState::Ended { .. } => return,
        };
        self.sound_key(digit);
        self.tell(ChannelCommand::Digit(leg, digit));
    }

    fn dismiss(&mut self) {
        self.turned_away = None;
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
            | CallState::Reconnecting(..)
            | CallState::Ending { .. }) => state,
        };
    }
}
