//! What the agent tells, and what it wants of the browser.

use super::{Pbx, PbxInput, translate};
use crate::driver::call_media::Wanted;
use crate::driver::media::Devices;
use crate::driver::{Happening, clock};
use ringdock_phone::{ChannelEvent, EndReason, Failure, Hold, Leg, Party, Time};
use ringdock_sip::{CallId, End, Event};
use wasm_bindgen_futures::spawn_local;

impl Pbx {
    pub(super) fn tell(&mut self, now: Time, event: Event, devices: &mut Devices) {
        let event = match event {
            Event::Line(line) => ChannelEvent::Line(translate::line(line, &self.names)),
            Event::Incoming { call, caller, called, replaces } => {
                let (leg, caller) = (Leg::Incoming(call.0 as u32), translate::party(caller));
                let heard = self.add(call, leg, devices);
                if let Some(replaces) = replaces.filter(|_| heard) {
                    return self.replace(call, replaces, caller);
                }
                self.events.push_back(ChannelEvent::Incoming { leg, caller, called });
                if heard {
                    return self.name(call, leg);
                }
                self.agent.decline(clock::sip(now), call);
                ChannelEvent::Ended { leg, reason: EndReason::Failed(Failure::Media) }
            }
            Event::Referred { call, replaces, target } => {
                let party = Party { number: target, name: None };
                if !self.add(call, Leg::Incoming(call.0 as u32), devices) {
                    return self.agent.hang_up(clock::sip(now), call);
                }
                return self.replace(call, replaces, party);
            }
            Event::Describe { call, generation, offer, hold, restart_ice } => {
                let wanted = Wanted { hold, restart: restart_ice };
                return self.describe(call, generation, offer, wanted);
            }
            Event::Remote { call, generation, sdp, early } => {
                return self.accept(call, generation, sdp, early);
            }
            Event::Rollback { call, .. } => return self.roll_back(call),
            Event::Ringing { call, early_media } => match self.call(call) {
                Some(call) => {
                    call.rang = true;
                    ChannelEvent::Ringing { leg: call.leg, early_media }
                }
                None => return,
            },
            Event::Answered { call } => return self.answered(now, call),
            Event::Identity { call, party } => match self.call(call) {
                Some(call) => {
                    let party = Party { number: party.number, name: party.name };
                    ChannelEvent::Identity { leg: call.leg, party }
                }
                None => return,
            },
            Event::Hold { call, by_us, by_them } => {
                return self.hold_changed(now, call, Hold { by_us, by_them }, devices);
            }
            Event::HoldRefused { call: id, wanted } => match self.call(id) {
                Some(call) => {
                    call.media.hold(!wanted);
                    let leg = call.leg;
                    self.call_nobody(id);
                    ChannelEvent::HoldRefused { leg, wanted }
                }
                None => return,
            },
            Event::Transfer { call, progress } => {
                let leg = self.call(call).map(|call| call.leg);
                match leg.zip(translate::progress(progress)) {
                    Some((leg, progress)) => ChannelEvent::Transfer { leg, progress },
                    None => return,
                }
            }
            Event::SignallingLost { call } => match self.call(call) {
                Some(call) => ChannelEvent::SignallingLost { leg: call.leg },
                None => return,
            },
            Event::SignallingRestored { call } => match self.call(call) {
                Some(call) => ChannelEvent::SignallingRestored { leg: call.leg },
                None => return,
            },
            Event::Ended { call, end, cause } => {
                let q850 = cause.and_then(|cause| cause.q850);
                return self.ended(call, end, q850.unwrap_or_default());
            }
            Event::TurnedAway(caller) => ChannelEvent::TurnedAway(translate::party(caller)),
        };
        self.events.push_back(event);
    }

    /// A call that will take another's place without the agent's doing anything.
    fn replace(&mut self, id: CallId, replaces: CallId, party: Party) {
        if let Some(call) = self.call(id) {
            call.replaces = Some((replaces, party));
        }
    }

    fn answered(&mut self, now: Time, id: CallId) {
        let Some(call) = self.call(id) else { return };
        call.up = true;
        let leg = call.leg;
        match call.replaces.take() {
            None => self.events.push_back(ChannelEvent::Answered { leg }),
            Some((replaced, party)) => match self.leg(replaced) {
                Some(old) => self.take_place(old, id, party),
                // The agent has ended what this call was to go on for.
                None => self.agent.hang_up(clock::sip(now), id),
            },
        }
    }

    /// This call is from now on what the phone knows as `old`.
    fn take_place(&mut self, old: Leg, id: CallId, party: Party) {
        let Some(by) = self.leg(id) else { return };
        self.events.push_back(ChannelEvent::Replaced { leg: old, by, party });
        self.name(id, by);
    }

    fn hold_changed(&mut self, now: Time, id: CallId, hold: Hold, devices: &mut Devices) {
        let Some(call) = self.call(id) else { return };
        if call.hold.by_us != hold.by_us {
            call.media.hold(hold.by_us);
        }
        call.hold = hold;
        let leg = call.leg;
        self.events.push_back(ChannelEvent::Hold { leg, hold });
        if hold.by_us {
            self.on_held(now, id, devices);
        }
    }

    /// `cause`: of Q.850; 0 where none is known.
    fn ended(&mut self, id: CallId, end: End, cause: u8) {
        self.call_nobody(id);
        let Some(position) = self.calls.iter().position(|known| known.id == id) else { return };
        let call = self.calls.swap_remove(position);
        // The other side, which has sent the agent on, need not wait until somebody answers there.
        let next = self
            .calls
            .iter_mut()
            .find(|next| matches!(next.replaces, Some((replaced, _)) if replaced == id));
        if !matches!(end, End::HungUp | End::Transferred)
            && let Some(next) = next
            && let Some((_, party)) = next.replaces.take()
        {
            let next = next.id;
            return self.take_place(call.leg, next, party);
        }
        let reason = match end {
            _ if call.microphone_failed => EndReason::Failed(Failure::Microphone),
            End::HungUp if call.passed_on => EndReason::Transferred,
            end => translate::end(end, cause, call.rang),
        };
        self.events.push_back(ChannelEvent::Ended { leg: call.leg, reason });
    }

    fn describe(&mut self, id: CallId, generation: u32, offer: Option<String>, wanted: Wanted) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let (media, inbox) = (call.media.clone(), self.inbox.clone());
        // A call that comes in opens the microphone when it is answered.
        let opens = matches!(call.leg, Leg::Outgoing(_)) && !call.up;
        spawn_local(async move {
            let result = match &offer {
                None if opens => media.offer_with_microphone().await,
                offer => media.describe(offer.as_deref(), wanted).await,
            };
            inbox.put(Happening::Pbx(PbxInput::Described { call: id, generation, result }));
        });
    }

    fn roll_back(&mut self, id: CallId) {
        if let Some(call) = self.call(id) {
            let (media, hold) = (call.media.clone(), call.hold.by_us);
            spawn_local(async move { media.roll_back(hold).await });
        }
    }

    fn accept(&mut self, id: CallId, generation: u32, sdp: String, early: bool) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let (media, inbox) = (call.media.clone(), self.inbox.clone());
        spawn_local(async move {
            if media.accept(&sdp, early).await.is_err() {
                inbox.put(Happening::Pbx(PbxInput::Refused { call: id, generation, early }));
            }
        });
    }
}
