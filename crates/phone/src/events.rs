//! What the channel reports.

use crate::state::{Beside, CallState};
use crate::talk::Talk;
use crate::{Capabilities, Direction, Sample, Time, Tone};
use crate::{ChannelCommand, ChannelEvent, EndReason, Leg, LineState, Microphone, Party, Phone};
use std::mem;

/// How many callers that heard busy are told of.
const MOST_TURNED_AWAY: usize = 5;

impl Phone {
    pub(crate) fn on_channel(&mut self, now: Time, event: ChannelEvent) {
        match event {
            ChannelEvent::Line(line) => self.on_line(now, line),
            ChannelEvent::Incoming { leg, caller, called } => {
                self.on_incoming(now, leg, caller, called);
            }
            ChannelEvent::TurnedAway(caller) => self.turn_away(caller),
            ChannelEvent::Can(can) => self.can = can,
            ChannelEvent::Named { leg, id } => {
                if let Some((call, _)) = self.state.up_mut(leg) {
                    call.channel_id = id;
                }
            }
            ChannelEvent::Identity { leg, party } => {
                if let Some((call, _)) = self.state.up_mut(leg) {
                    call.change_party(party);
                }
            }
            ChannelEvent::Ringing { leg, early_media } => self.on_ringing(leg, early_media),
            ChannelEvent::Answered { leg } => self.on_answered(now, leg),
            ChannelEvent::Hold { leg, hold } => self.on_hold(leg, hold),
            ChannelEvent::HoldRefused { leg, wanted } => self.on_hold_refused(now, leg, wanted),
            ChannelEvent::Transfer { leg, progress } => self.on_transfer(leg, progress),
            ChannelEvent::Replaced { leg, by, party } => self.on_replaced(now, leg, by, party),
            ChannelEvent::SignallingLost { leg } => {
                if let Some(talk) = self.talk(leg) {
                    talk.link.lose_signalling();
                }
            }
            ChannelEvent::SignallingRestored { leg } => {
                if let Some(talk) = self.talk(leg) {
                    talk.link.restore_signalling();
                }
            }
            ChannelEvent::Ended { leg, reason } => self.on_ended(now, leg, reason),
        }
    }

    /// One of the calls that are up, or the one that has just ended.
    pub(crate) fn knows(&self, leg: Leg) -> bool {
        self.is_colleague(leg) || self.state.call().is_some_and(|call| call.leg == leg)
    }

    pub(crate) fn on_sample(&mut self, leg: Leg, sample: &Sample) {
        let muted = self.muted;
        if let Some(talk) = self.talk(leg) {
            let held = talk.hold.by_them || talk.link.is_lost() || !talk.is_heard();
            talk.monitor.take(sample, held, muted);
        }
    }

    fn on_line(&mut self, now: Time, line: LineState) {
        self.line = line;
        match self.line {
            LineState::Off => {
                self.can = Capabilities::default();
                self.refusal = None;
                self.decline(now);
                self.leave_colleague(now, EndReason::HungUp);
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

    fn on_incoming(&mut self, now: Time, leg: Leg, caller: Party, called: Option<String>) {
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
        let call = self.begin(now, leg, caller, called);
        self.sound(Tone::Ring);
        self.state = CallState::Incoming(call);
    }

    fn turn_away(&mut self, caller: Party) {
        // Somebody who tries again is one caller.
        self.turned_away.retain(|other| other.number != caller.number || caller.number.is_empty());
        if self.turned_away.len() == MOST_TURNED_AWAY {
            self.turned_away.remove(0);
        }
        self.turned_away.push(caller);
        self.missed = self.missed.saturating_add(1);
    }

    fn on_ringing(&mut self, leg: Leg, early_media: bool) {
        if self.is_colleague(leg) {
            return self.on_colleague_ringing(early_media);
        }
        if !self.knows(leg) {
            return;
        }
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call) | CallState::Ringing { call, .. } => {
                self.sound(if early_media { Tone::Silence } else { Tone::Ringback });
                CallState::Ringing { call, early_media }
            }
            state @ (CallState::Idle
            | CallState::Incoming(_)
            | CallState::Answering { .. }
            | CallState::Active(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    fn on_answered(&mut self, now: Time, leg: Leg) {
        if self.is_colleague(leg) {
            return self.on_colleague_answered(now);
        }
        if !self.knows(leg) {
            return;
        }
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call)
            | CallState::Ringing { call, .. }
            | CallState::Answering { call, .. } => {
                self.sound(Tone::Silence);
                CallState::Active(call, Talk::from(now), Beside::Nothing)
            }
            // Nothing opens the agent's microphone but the agent; and an answer that crosses
            // the hanging up comes too late.
            state @ (CallState::Idle
            | CallState::Incoming(_)
            | CallState::Active(..)
            | CallState::Ending { .. }
            | CallState::Ended { .. }) => state,
        };
    }

    pub(crate) fn on_ended(&mut self, now: Time, leg: Leg, reason: EndReason) {
        if self.is_colleague(leg) {
            return self.on_colleague_ended(now, reason);
        }
        if !self.knows(leg) {
            return;
        }
        self.state = match mem::take(&mut self.state) {
            CallState::Dialing(call)
            | CallState::Ringing { call, .. }
            | CallState::Incoming(call)
            | CallState::Answering { call, .. } => self.end(now, call, None, reason),
            CallState::Active(call, talk, beside) => {
                self.end_active(now, call, talk, beside, reason)
            }
            CallState::Ending { call, talk, reason: own, ended_at, .. } => {
                self.end_since(ended_at, now, call, talk, own)
            }
            state @ (CallState::Idle | CallState::Ended { .. }) => state,
        };
    }
}
