//! What a peer connection says of its audio.

use super::WebError;
use super::object::{field, text};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::RtcPeerConnection;

/// What a connection has counted since it began, and what it measured last (Identifiers for WebRTC's Statistics
/// API). What is not known yet is 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stats {
    /// RTP packets that came.
    pub received: f64,
    /// RTP packets that did not come; late copies can make it fall.
    pub lost: f64,
    /// The variation of their travel time, in seconds.
    pub jitter: f64,
    /// The time to the other side and back, in seconds.
    pub round_trip: Option<f64>,
    /// The part of the packets that the other side reports lost on its way there, 0 to 1.
    pub lost_there: f64,
    /// How loud the microphone is, 0 to 1.
    pub level: f64,
}

impl Stats {
    /// Asks this connection.
    pub(super) async fn of(connection: &RtcPeerConnection) -> Result<Stats, WebError> {
        let report = JsFuture::from(connection.get_stats()).await?;
        let mut stats = Stats::default();
        let mut checked = None;
        for entry in report.unchecked_into::<js_sys::Map>().values() {
            let entry = entry?;
            let number = |name| field(&entry, name).and_then(|value| value.as_f64());
            let count = |name| number(name).unwrap_or(0.0);
            match text(&entry, "type").as_deref() {
                Some("inbound-rtp") => {
                    stats.received = count("packetsReceived");
                    stats.lost = count("packetsLost");
                    stats.jitter = count("jitter");
                }
                Some("remote-inbound-rtp") => {
                    stats.round_trip = number("roundTripTime");
                    stats.lost_there = count("fractionLost");
                }
                Some("candidate-pair") if field(&entry, "nominated") == Some(JsValue::TRUE) => {
                    checked = number("currentRoundTripTime");
                }
                Some("media-source") => stats.level = count("audioLevel"),
                _ => {}
            }
        }
        // The other side's own reports are the better ones, if it sends any.
        stats.round_trip = stats.round_trip.or(checked);
        Ok(stats)
    }
}
