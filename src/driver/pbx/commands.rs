//! What the phone tells.

use super::{Pbx, translate};
use crate::driver::clock;
use crate::driver::media::Devices;
use ringdock_phone::{ChannelCommand, ChannelEvent, Digit, EndReason, Failure, Leg, Party, Time};
use ringdock_sip::CallId;

impl Pbx {
    /// Carries out what the phone wants.
    pub fn command(&mut self, now: Time, command: ChannelCommand, devices: &mut Devices) {
        let at = clock::sip(now);
        match command {
            ChannelCommand::Dial { leg, callee, from } => {
                self.dial(now, leg, &callee, from.as_deref(), devices);
            }
            ChannelCommand::Answer(leg) => {
                if let Some(call) = self.find(leg) {
                    self.open_microphone(call);
                }
            }
            ChannelCommand::Decline(leg) => {
                if let Some(id) = self.id(leg) {
                    self.agent.decline(at, id);
                }
            }
            ChannelCommand::HangUp(leg) => match self.id(leg) {
                Some(id) => self.agent.hang_up(at, id),
                None => self.leave_colleague(now, leg),
            },
            ChannelCommand::Digit(leg, digit) => self.send_digit(now, leg, digit),
            ChannelCommand::Hold(leg) => self.hold(now, leg),
            ChannelCommand::Resume(leg) => self.resume(now, leg),
            ChannelCommand::Transfer { leg, to } => self.transfer(now, leg, &to),
            ChannelCommand::Consult { leg, consult, colleague } => {
                self.consult(now, leg, consult, colleague, devices);
            }
            ChannelCommand::CompleteTransfer { leg, consult } => self.complete(now, leg, consult),
            ChannelCommand::RepairAudio(leg) => {
                if let Some(id) = self.id(leg) {
                    self.agent.restart_ice(at, id);
                }
            }
        }
        self.settle(now, devices);
    }

    pub(super) fn dial(
        &mut self,
        now: Time,
        leg: Leg,
        callee: &Party,
        from: Option<&str>,
        devices: &mut Devices,
    ) {
        let reason = match self.agent.dial(clock::sip(now), &callee.number, from) {
            Err(error) => translate::not_dialled(error),
            Ok(id) if self.add(id, leg, devices) => return self.name(id, leg),
            Ok(id) => {
                self.agent.hang_up(clock::sip(now), id);
                EndReason::Failed(Failure::Media)
            }
        };
        self.events.push_back(ChannelEvent::Ended { leg, reason });
    }

    fn send_digit(&mut self, now: Time, leg: Leg, digit: Digit) {
        let within = |call: &&super::Call| call.leg == leg || call.colleague == Some(leg);
        if let Some(id) = self.calls.iter().find(within).map(|call| call.id) {
            self.press(now, id, digit.as_char().encode_utf8(&mut [0; 4]));
        }
    }

    /// Sends keys in the way that the PBX wants; by SIP INFO also where the call's audio takes none.
    pub(super) fn press(&mut self, now: Time, id: CallId, keys: &str) {
        let by_audio = !self.info_digits
            && self.call(id).is_some_and(|call| call.media.send_tones(keys).is_ok());
        if !by_audio {
            keys.chars().for_each(|key| self.agent.info_digit(clock::sip(now), id, key));
        }
    }

    /// The two sides stop hearing each other at once; the PBX agrees later.
    pub(super) fn hold(&mut self, now: Time, leg: Leg) {
        if let Some((id, media)) = self.find(leg).map(|call| (call.id, call.media.clone())) {
            media.hold(true);
            self.agent.hold(clock::sip(now), id);
        }
    }

    fn resume(&mut self, now: Time, leg: Leg) {
        let Some((id, media, hold)) = self.find(leg).map(|c| (c.id, c.media.clone(), c.hold))
        else {
            return;
        };
        self.agent.resume(clock::sip(now), id);
        if !hold.by_us {
            // It was not held yet, or by the PBX itself, so that no word may come.
            media.hold(false);
            self.events.push_back(ChannelEvent::Hold { leg, hold });
        }
    }
}
