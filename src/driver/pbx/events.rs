//! What the agent tells, and what it wants of the browser.

use super::{Pbx, PbxInput, translate};
use crate::driver::media::Devices;
use crate::driver::{Happening, clock};
use ringdock_phone::{ChannelEvent, EndReason, Failure, Leg, Time};
use ringdock_sip::{CallId, Event};
use wasm_bindgen_futures::spawn_local;

impl Pbx {
    pub(super) fn tell(&mut self, now: Time, event: Event, devices: &mut Devices) {
        let event = match event {
            Event::Line(line) => ChannelEvent::Line(translate::line(line, &self.names)),
            Event::Incoming { call, caller, .. } => {
                let leg = Leg::Incoming(call.0 as u32);
                if !self.add(call, leg, devices) {
                    return self.agent.decline(clock::sip(now), call);
                }
                ChannelEvent::Incoming { leg, caller: translate::party(caller) }
            }
            Event::Describe { call, generation, offer, .. } => {
                return self.describe(call, generation, offer);
            }
            Event::Remote { call, generation, sdp, early } => {
                return self.accept(call, generation, sdp, early);
            }
            Event::Ringing { call, early_media } => match self.call(call) {
                Some(call) => {
                    call.rang = true;
                    // Once the network sounds by itself, a bare 180 does not silence it.
                    call.early_media |= early_media;
                    ChannelEvent::Ringing { leg: call.leg, early_media: call.early_media }
                }
                None => return,
            },
            Event::Answered { call } => match self.call(call) {
                Some(call) => ChannelEvent::Answered { leg: call.leg },
                None => return,
            },
            Event::SignallingLost { call } => match self.call(call) {
                Some(call) => ChannelEvent::SignallingLost { leg: call.leg },
                None => return,
            },
            Event::SignallingRestored { call } => match self.call(call) {
                Some(call) => ChannelEvent::SignallingRestored { leg: call.leg },
                None => return,
            },
            Event::Ended { call, end, .. } => {
                match self.calls.iter().position(|known| known.id == call) {
                    Some(position) => {
                        let call = self.calls.swap_remove(position);
                        let reason = match call.microphone_failed {
                            true => EndReason::Failed(Failure::Microphone),
                            false => translate::end(end, call.rang),
                        };
                        ChannelEvent::Ended { leg: call.leg, reason }
                    }
                    None => return,
                }
            }
            // Nothing in the dock asks for these yet.
            Event::Referred { .. }
            | Event::Rollback { .. }
            | Event::Hold { .. }
            | Event::HoldRefused { .. }
            | Event::Transfer { .. } => return,
            Event::TurnedAway(caller) => ChannelEvent::TurnedAway(translate::party(caller)),
        };
        self.events.push_back(event);
    }

    fn describe(&mut self, id: CallId, generation: u32, offer: Option<String>) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let (media, inbox, outgoing) =
            (call.media.clone(), self.inbox.clone(), matches!(call.leg, Leg::Outgoing(_)));
        spawn_local(async move {
            let result = match &offer {
                None if outgoing => media.offer_with_microphone().await,
                offer => media.describe(offer.as_deref()).await,
            };
            inbox.put(Happening::Pbx(PbxInput::Described { call: id, generation, result }));
        });
    }

    fn accept(&mut self, id: CallId, generation: u32, sdp: String, early: bool) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let (media, inbox) = (call.media.clone(), self.inbox.clone());
        spawn_local(async move {
            if media.accept(&sdp, early).await.is_err() {
                inbox.put(Happening::Pbx(PbxInput::Refused { call: id, generation }));
            }
        });
    }
}
