//! What the channel reports.

use crate::state::{CallState, Talk};
use crate::{ChannelCommand, ChannelEvent, EndReason, Leg, LineState, Microphone, Party, Phone};
use crate::{Direction, Time, Tone};
use std::mem;

impl Phone {
    pub(crate) fn on_channel(&mut self, now: Time, event: ChannelEvent) {
        match event {
            ChannelEvent::Line(line) => self.on_line(now, line),
            ChannelEvent::Incoming { leg, caller } => self.on_incoming(now, leg, caller),
            ChannelEvent::TurnedAway(caller) => self.turn_away(caller),
            ChannelEvent::Ringing { leg, early_media } if self.knows(leg) => {
                self.on_ringing(early_media);
            }
            ChannelEvent::Answered { leg } if self.knows(leg) => self.on_answered(now),
            ChannelEvent::SignallingLost { leg } if self.knows(leg) => self.on_signalling_lost(),
            ChannelEvent::SignallingRestored { leg } if self.knows(leg) => {
                self.on_signalling_restored();
            }
            ChannelEvent::Ended { leg, reason } if self.knows(leg) => self.on_ended(now, reason),
            ChannelEvent::Ringing { .. }
            | ChannelEvent::Answered { .. }
            | ChannelEvent::SignallingLost { .. }
            | ChannelEvent::SignallingRestored { .. }
            | ChannelEvent::Ended { .. } => {}
        }
    }

    fn knows(&self, leg: Leg) -> bool {
        self.state.call().is_some_and(|call| call.leg == leg)
    }

    fn on_line(&mut self, now: Time, line: LineState) {
        self.line = line;
        match self.line {
            LineState::Off => {
                self.decline(now);
                self.hang_up(now);
            }
            LineState::Connecting
            | LineState::Ready
            | LineState::Lost { .. }
            | LineState::Down { .. } => {
                if self.microphone == Microphone::Unknown && !self.microphone_asked {
                    self.ask_microphone();
                }
            }
        }
    }

    fn on_incoming(&mut self, now: Time, leg: Leg, caller: Party) {
        // A call that was placed here does not come in, and one that is known does not begin again.
        if leg.direction() == Direction::Outgoing || self.knows(leg) {
            return;
        }
        if self.state.is_live() {
            self.tell(ChannelCommand::Decline(leg));
            self.turn_away(caller);
            return;
        }
        // The channel was put away while the call was on its way here.
        if self.line == LineState::Off {
            self.tell(ChannelCommand::Decline(leg));
            return;
        }
        let call = self.begin(now, leg, caller);
        self.sound(Tone::Ring);
        self.state = CallState::Incoming(call);
    }

    fn turn_away(&mut self, caller: Party) {
        self.turned_away = Some(caller);
        self.missed = self.missed.saturating_add(1);
    }

    fn on_ringing(&mut self, early_media: bool) {
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call) | CallState::Ringing { call, .. } => {
                self.sound(if early_media { Tone::Silence } else { Tone::Ringback });
                CallState::Ringing { call, early_media }
            }
            state @ (CallState::Idle
            | CallState::Incoming(_)
            | CallState::Answering { .. }
            | CallState::Active(..)
            | CallState::Reconnecting(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    fn on_answered(&mut self, now: Time) {
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call)
            | CallState::Ringing { call, .. }
            | CallState::Answering { call, .. } => {
                self.sound(Tone::Silence);
                CallState::Active(call, Talk::from(now))
            }
            // Nothing opens the agent's microphone but the agent; and an answer that crosses
            // the hanging up comes too late.
            state @ (CallState::Idle
            | CallState::Incoming(_)
            | CallState::Active(..)
            | CallState::Reconnecting(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    fn on_signalling_lost(&mut self) {
        self.state = match mem::take(&mut self.state) {
            CallState::Active(call, talk) => CallState::Reconnecting(call, talk),
            state @ (CallState::Idle
            | CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Incoming(_)
            | CallState::Answering { .. }
            | CallState::Reconnecting(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    fn on_signalling_restored(&mut self) {
        self.state = match mem::take(&mut self.state) {
            CallState::Reconnecting(call, talk) => CallState::Active(call, talk),
            state @ (CallState::Idle
            | CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Incoming(_)
            | CallState::Answering { .. }
            | CallState::Active(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    fn on_ended(&mut self, now: Time, reason: EndReason) {
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call)
            | CallState::Ringing { call, .. }
            | CallState::Incoming(call)
            | CallState::Answering { call, .. } => self.end(now, call, None, reason),
            CallState::Active(call, talk) | CallState::Reconnecting(call, talk) => {
                self.end(now, call, Some(talk), reason)
            }
            CallState::Ending { call, talk, reason: own, ended_at, .. } => {
                self.end_since(ended_at, now, call, talk, own)
            }
            state @ (CallState::Idle | CallState::Ended { .. }) => state,
        };
    }
}
