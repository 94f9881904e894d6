//! Passing a call on: by REFER, or by keys for a PBX that has none.

use super::{Pbx, translate};
use crate::driver::clock;
use crate::driver::media::Devices;
use ringdock_phone::{ChannelEvent, EndReason, Hold, Leg, Party, Progress, Time};
use ringdock_sip::{CallId, TransferError};

/// A colleague who is called once the other side is held.
pub(super) struct Waiting {
    /// The call that is to be held.
    call: CallId,
    consult: Leg,
    colleague: Party,
}

impl Pbx {
    pub(super) fn transfer(&mut self, now: Time, leg: Leg, to: &Party) {
        let Some(id) = self.id(leg) else { return };
        if let Some(codes) = &self.codes {
            let keys = codes.blind(&to.number);
            self.press(now, id, &keys);
            let progress = Progress::Unconfirmed;
            return self.events.push_back(ChannelEvent::Transfer { leg, progress });
        }
        let result = self.agent.transfer(clock::sip(now), id, &to.number);
        self.tell_failure(leg, result);
    }

    /// Calls the colleague as soon as the other side is held.
    pub(super) fn consult(
        &mut self,
        now: Time,
        leg: Leg,
        consult: Leg,
        colleague: Party,
        devices: &mut Devices,
    ) {
        let Some(call) = self.calls.iter_mut().find(|call| call.leg == leg) else { return };
        if let Some(codes) = &self.codes {
            // The PBX holds the other side and calls the colleague inside this very call.
            let keys = codes.attended(&colleague.number);
            call.colleague = Some(consult);
            let (id, hold) = (call.id, Hold { by_us: true, ..call.hold });
            self.press(now, id, &keys);
            self.events.push_back(ChannelEvent::Hold { leg, hold });
            self.events.push_back(ChannelEvent::Answered { leg: consult });
        } else if call.hold.by_us {
            self.dial(now, consult, &colleague, None, devices);
        } else {
            self.waiting = Some(Waiting { call: call.id, consult, colleague });
            self.hold(now, leg);
        }
    }

    /// A call is held: whoever waits for that is called.
    pub(super) fn on_held(&mut self, now: Time, id: CallId, devices: &mut Devices) {
        if let Some(waiting) = self.waiting.take_if(|waiting| waiting.call == id) {
            self.dial(now, waiting.consult, &waiting.colleague, None, devices);
        }
    }

    /// A call cannot be held, or is over: nobody is called on its behalf.
    pub(super) fn call_nobody(&mut self, id: CallId) {
        if let Some(waiting) = self.waiting.take_if(|waiting| waiting.call == id) {
            let (leg, reason) = (waiting.consult, EndReason::GivenUp);
            self.events.push_back(ChannelEvent::Ended { leg, reason });
        }
    }

    /// Ends the asking of a colleague whose call is none of the agent's own.
    pub(super) fn leave_colleague(&mut self, now: Time, consult: Leg) {
        self.waiting.take_if(|waiting| waiting.consult == consult);
        let call = self.calls.iter_mut().find(|call| call.colleague == Some(consult));
        if let Some((call, codes)) = call.zip(self.codes.as_ref()) {
            call.colleague = None;
            let (id, keys) = (call.id, codes.back.clone());
            self.press(now, id, &keys);
        }
    }

    pub(super) fn complete(&mut self, now: Time, leg: Leg, consult: Leg) {
        let at = clock::sip(now);
        let Some(call) = self.calls.iter_mut().find(|call| call.leg == leg) else { return };
        if call.colleague == Some(consult) {
            // The PBX connects the two when the agent leaves.
            call.passed_on = true;
            return self.agent.hang_up(at, call.id);
        }
        let held = call.id;
        let Some(consult) = self.id(consult) else { return };
        let result = self.agent.complete_transfer(at, held, consult);
        self.tell_failure(leg, result);
    }

    fn tell_failure(&mut self, leg: Leg, result: Result<(), TransferError>) {
        if let Err(error) = result {
            let progress = Progress::Failed(translate::not_transferred(error));
            self.events.push_back(ChannelEvent::Transfer { leg, progress });
        }
    }
}
