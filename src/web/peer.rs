//! A peer connection with one audio line each way; dropping it closes it.

use super::WebError;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaStream, MediaStreamTrack, RtcConfiguration, RtcIceGatheringState, RtcIceServer,
    RtcPeerConnection, RtcPeerConnectionIceEvent, RtcRtpSender, RtcRtpTransceiver,
    RtcRtpTransceiverDirection, RtcRtpTransceiverInit, RtcSdpType, RtcSessionDescriptionInit,
    RtcTrackEvent,
};

use super::timer::milliseconds;
use futures_channel::mpsc;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use std::pin::pin;

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
    _track: EventListener,
}

impl Peer {
    /// A new connection. `heard` gets the other side's audio as soon as it is negotiated.
    pub fn new(stun: &[String], heard: impl Fn(MediaStream) + 'static) -> Result<Peer, WebError> {
        let configuration = RtcConfiguration::new();
        let servers = js_sys::Array::new();
        for url in stun {
            let server = RtcIceServer::new();
            server.set_urls(&url.into());
            servers.push(&server);
        }
        configuration.set_ice_servers(&servers);
        let connection = RtcPeerConnection::new_with_configuration(&configuration)?;
        let track = EventListener::new(&connection, "track", move |event| {
            let track = event.unchecked_ref::<RtcTrackEvent>().track();
            if let Ok(stream) = MediaStream::new_with_tracks(&js_sys::Array::of1(&track)) {
                heard(stream);
            }
        });
        Ok(Peer { connection, stun: !stun.is_empty(), _track: track })
    }

    /// Makes an offer and waits, within [`GATHERING_LIMIT`], for its addresses.
    pub async fn offer(&self) -> Result<String, WebError> {
        if self.transceiver().is_none() {
            let both_ways = RtcRtpTransceiverInit::new();
            both_ways.set_direction(RtcRtpTransceiverDirection::Sendrecv);
            self.connection.add_transceiver_with_str_and_init("audio", &both_ways);
        }
        let offer = JsFuture::from(self.connection.create_offer()).await?;
        self.settle(offer).await
    }

    /// Takes the other side's offer and makes an answer to it.
    pub async fn answer(&self, offer: &str) -> Result<String, WebError> {
        self.apply(RtcSdpType::Offer, offer).await?;
        if let Some(transceiver) = self.transceiver() {
            transceiver.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        }
        let answer = JsFuture::from(self.connection.create_answer()).await?;
        self.settle(answer).await
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

    /// Sends one tone as RFC 4733 events, after those that are still waiting.
    pub fn send_tone(&self, sign: char) -> Result<(), WebError> {
        let dtmf = self.sender()?.dtmf().ok_or_else(|| WebError::missing("sender of tones"))?;
        let mut tones = dtmf.tone_buffer();
        tones.push(sign);
        dtmf.insert_dtmf(&tones);
        Ok(())
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
        let description: RtcSessionDescriptionInit = description.unchecked_into();
        JsFuture::from(self.connection.set_local_description(&description)).await?;
        self.gathered().await;
        let local = self
            .connection
            .local_description()
            .ok_or_else(|| WebError::missing("local description"))?;
        Ok(local.sdp())
    }

    /// Waits until the addresses are found that a PBX can use. Those of this machine turn up at once, and
    /// those of a STUN server when it replies; TCP, which browsers look for afterwards for a tenth of a second
    /// and no PBX takes, is not waited for.
    async fn gathered(&self) {
        if self.connection.ice_gathering_state() == RtcIceGatheringState::Complete {
            return;
        }
        let (found, mut addresses) = mpsc::unbounded();
        let kind = if self.stun { " typ srflx" } else { " typ host" };
        let _listener = EventListener::new(&self.connection, "icecandidate", move |event| {
            let candidate = event.unchecked_ref::<RtcPeerConnectionIceEvent>().candidate();
            let line = candidate.map(|candidate| candidate.candidate()).unwrap_or_default();
            // The end is told by an event without an address.
            let is_last = line.is_empty();
            if is_last || line.contains(kind) && line.contains(" udp ") {
                // The other end is gone if the time was up first.
                let _ = found.unbounded_send(is_last);
            }
        });
        let whole = async {
            let mut is_last = addresses.next().await;
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
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.connection.close();
    }
}
