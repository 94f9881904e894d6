//! A peer connection with one audio line each way; dropping it closes it.

use super::WebError;
use super::stats::Stats;
use super::timer::milliseconds;
use futures_channel::mpsc;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::pin::pin;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaStream, MediaStreamTrack, RtcConfiguration, RtcIceConnectionState, RtcIceGatheringState,
    RtcIceServer, RtcOfferOptions, RtcPeerConnection, RtcPeerConnectionIceEvent, RtcRtpSender,
    RtcRtpTransceiver, RtcRtpTransceiverDirection, RtcRtpTransceiverInit, RtcSdpType,
    RtcSessionDescriptionInit, RtcTrackEvent,
};

/// Methods whose exceptions `web-sys` lets out of the program, which would end there: here they are errors.
#[wasm_bindgen]
extern "C" {
    type Throwing;
    /// InvalidStateError where no tones were agreed on, or nothing is sent (WebRTC, section 7.2).
    #[wasm_bindgen(method, catch, js_name = insertDTMF)]
    fn insert_tones(this: &Throwing, tones: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = addTransceiver)]
    fn add_line(this: &Throwing, kind: &str, init: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, setter, js_name = direction)]
    fn direct(this: &Throwing, direction: &JsValue) -> Result<(), JsValue>;
}

/// How long a description waits for addresses: enough for those of this machine and of a STUN server that
/// replies; one that does not must never hold a call back.
pub const GATHERING_LIMIT: Duration = Duration::from_millis(500);

/// How long no other address must turn up before those found are taken for all. A machine's networks are
/// gathered in one go, within a few milliseconds.
const QUIET: Duration = Duration::from_millis(20);

/// A connection of one call.
pub struct Peer {
    connection: RtcPeerConnection,
    stun: bool,
    /// The last offer was one that looks for another way.
    restarts: Cell<bool>,
    _listeners: [EventListener; 2],
}

/// Whether the browser takes these URLs for STUN servers; its own words if not.
pub fn check(stun: &[String]) -> Result<(), WebError> {
    if !stun.is_empty() {
        connect(stun)?.close();
    }
    Ok(())
}

fn connect(stun: &[String]) -> Result<RtcPeerConnection, WebError> {
    let configuration = RtcConfiguration::new();
    let servers = js_sys::Array::new();
    for url in stun {
        let server = RtcIceServer::new();
        server.set_urls(&url.into());
        servers.push(&server);
    }
    configuration.set_ice_servers(&servers);
    Ok(RtcPeerConnection::new_with_configuration(&configuration)?)
}

impl Peer {
    /// A new connection. `heard` gets the other side's audio as soon as it is negotiated, `checked` what the
    /// checks of the way to the other side find.
    pub fn new(
        stun: &[String],
        heard: impl Fn(MediaStream) + 'static,
        checked: impl Fn(RtcIceConnectionState) + 'static,
    ) -> Result<Peer, WebError> {
        let connection = connect(stun)?;
        let track = EventListener::new(&connection, "track", move |event| {
            let track = event.unchecked_ref::<RtcTrackEvent>().track();
            if let Ok(stream) = MediaStream::new_with_tracks(&js_sys::Array::of1(&track)) {
                heard(stream);
            }
        });
        let observed = connection.clone();
        let check = EventListener::new(&connection, "iceconnectionstatechange", move |_| {
            checked(observed.ice_connection_state());
        });
        Ok(Peer {
            connection,
            stun: !stun.is_empty(),
            restarts: Cell::default(),
            _listeners: [track, check],
        })
    }

    /// Makes an offer and waits, within [`GATHERING_LIMIT`], for its addresses. `hold`: to let the other side
    /// wait. `restart`: to look for another way to it; an error if this machine has no address at the moment, since
    /// a PBX would take an offer without any for one that does without ICE.
    pub async fn offer(&self, hold: bool, restart: bool) -> Result<String, WebError> {
        match self.transceiver() {
            Some(transceiver) => direct(&transceiver, hold)?,
            None => {
                let init = RtcRtpTransceiverInit::new();
                init.set_direction(direction(hold));
                self.connection.unchecked_ref::<Throwing>().add_line("audio", &init)?;
            }
        }
        self.restarts.set(restart);
        let options = RtcOfferOptions::new();
        options.set_ice_restart(restart);
        let offer = self.connection.create_offer_with_rtc_offer_options(&options);
        let offer = self.settle(JsFuture::from(offer).await?).await?;
        if restart && !has_address(&offer) {
            return Err(WebError::missing("network address"));
        }
        Ok(offer)
    }

    /// Takes the other side's offer and makes an answer to it. `hold`: that lets the other side wait.
    pub async fn answer(&self, offer: &str, hold: bool) -> Result<String, WebError> {
        self.apply(RtcSdpType::Offer, offer).await?;
        if let Some(transceiver) = self.transceiver() {
            direct(&transceiver, hold)?;
        }
        let answer = JsFuture::from(self.connection.create_answer()).await?;
        self.settle(answer).await
    }

    /// Takes the last offer back: what was agreed on before holds. `hold`: that the other side waits.
    pub async fn roll_back(&self, hold: bool) -> Result<(), WebError> {
        let rollback = RtcSessionDescriptionInit::new(RtcSdpType::Rollback);
        JsFuture::from(self.connection.set_local_description(&rollback)).await?;
        // Chromium goes on playing as the offer wanted it, to hold for example nothing, until the next agreement. So the
        // last one is made once more, without the other side; not after looking for another way, which it knows none of.
        let agreed = self.connection.current_remote_description();
        let Some(agreed) = agreed.filter(|_| !self.restarts.get()) else { return Ok(()) };
        if agreed.type_() == RtcSdpType::Offer {
            self.answer(&agreed.sdp(), hold).await?;
        } else {
            let offer = self.offer(hold, false).await?;
            // The next real offer may have been faster.
            if self.local()? == offer {
                self.accept(&agreed.sdp(), false).await?;
            }
        }
        Ok(())
    }

    /// Takes the other side's answer; a provisional one may be followed by others.
    pub async fn accept(&self, answer: &str, provisional: bool) -> Result<(), WebError> {
        self.apply(if provisional { RtcSdpType::Pranswer } else { RtcSdpType::Answer }, answer)
            .await
    }

    /// Sends this track from now on.
    pub async fn send(&self, track: &MediaStreamTrack) -> Result<(), WebError> {
        let sender = self.sender()?;
        JsFuture::from(sender.replace_track(Some(track))).await?;
        Ok(())
    }

    /// Sends tones as RFC 4733 events, after those that are still waiting; `,` waits two seconds. An error where the
    /// other side agreed on none, or hears nothing of this one.
    pub fn send_tones(&self, signs: &str) -> Result<(), WebError> {
        let dtmf = self.sender()?.dtmf().ok_or_else(|| WebError::missing("sender of tones"))?;
        let mut tones = dtmf.tone_buffer();
        tones.push_str(signs);
        Ok(dtmf.unchecked_ref::<Throwing>().insert_tones(&tones)?)
    }

    /// Asks for the statistics.
    pub async fn stats(&self) -> Result<Stats, WebError> {
        Stats::of(&self.connection).await
    }

    fn sender(&self) -> Result<RtcRtpSender, WebError> {
        Ok(self.transceiver().ok_or_else(|| WebError::missing("audio line"))?.sender())
    }

    fn transceiver(&self) -> Option<RtcRtpTransceiver> {
        self.connection.get_transceivers().iter().next().map(JsCast::unchecked_into)
    }

    async fn apply(&self, kind: RtcSdpType, sdp: &str) -> Result<(), WebError> {
        let description = RtcSessionDescriptionInit::new(kind);
        description.set_sdp(sdp);
        JsFuture::from(self.connection.set_remote_description(&description)).await?;
        Ok(())
    }

    /// Makes a description the local one, and returns it with the addresses found.
    async fn settle(&self, description: JsValue) -> Result<String, WebError> {
        let (found, addresses) = mpsc::unbounded();
        let _listener = self.on_address(found);
        let description: RtcSessionDescriptionInit = description.unchecked_into();
        JsFuture::from(self.connection.set_local_description(&description)).await?;
        // A browser that looks for another way may not have begun to, and call the last search complete.
        let complete = self.connection.ice_gathering_state() == RtcIceGatheringState::Complete;
        if !complete || !self.has_address() {
            self.gathered(addresses).await;
        }
        self.local()
    }

    /// Waits until the addresses are found, within [`GATHERING_LIMIT`].
    async fn gathered(&self, mut addresses: mpsc::UnboundedReceiver<bool>) {
        let whole = async {
            let mut is_last = addresses.next().await;
            // A browser that has not heard of a new network yet finds none, and calls that the end.
            while is_last == Some(true) && !self.has_address() {
                is_last = addresses.next().await;
            }
            while is_last == Some(false) {
                let quiet = TimeoutFuture::new(milliseconds(QUIET));
                is_last = match select(addresses.next(), quiet).await {
                    Either::Left((next, _)) => next,
                    Either::Right(_) => None,
                };
            }
        };
        let limit = TimeoutFuture::new(milliseconds(GATHERING_LIMIT));
        select(pin!(whole), limit).await;
    }

    fn has_address(&self) -> bool {
        self.local().is_ok_and(|local| has_address(&local))
    }

    fn local(&self) -> Result<String, WebError> {
        let local = self.connection.local_description();
        Ok(local.ok_or_else(|| WebError::missing("local description"))?.sdp())
    }

    /// Tells of each address that a PBX can use (`false`), and of the end (`true`). Those of this machine turn up
    /// at once, and those of a STUN server when it replies; TCP, which browsers look for afterwards for a tenth of
    /// a second and no PBX takes, is not waited for.
    fn on_address(&self, found: mpsc::UnboundedSender<bool>) -> EventListener {
        let kind = if self.stun { "srflx" } else { "host" };
        EventListener::new(&self.connection, "icecandidate", move |event| {
            let candidate = event.unchecked_ref::<RtcPeerConnectionIceEvent>().candidate();
            let line = candidate.map(|candidate| candidate.candidate()).unwrap_or_default();
            // The end is told by an event without an address.
            let is_last = line.is_empty();
            let has = |wanted| line.split(' ').any(|word| word == wanted);
            if is_last || has(kind) && has("udp") {
                // The other end is gone if the time was up first.
                let _ = found.unbounded_send(is_last);
            }
        })
    }
}

fn has_address(description: &str) -> bool {
    description.lines().any(|line| line.starts_with("a=candidate:"))
}

fn direction(hold: bool) -> RtcRtpTransceiverDirection {
    if hold { RtcRtpTransceiverDirection::Sendonly } else { RtcRtpTransceiverDirection::Sendrecv }
}

fn direct(transceiver: &RtcRtpTransceiver, hold: bool) -> Result<(), JsValue> {
    transceiver.unchecked_ref::<Throwing>().direct(&direction(hold).into())
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.connection.close();
    }
}
