//! Measures the calls that are up, once a second.

use super::Pbx;
use crate::driver::Happening;
use crate::driver::media::MediaInput;
use ringdock_phone::Time;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;

const EVERY: Duration = Duration::from_secs(1);

impl Pbx {
    /// Begins to measure when the first call is answered, and ends with the last.
    pub(super) fn set_meter(&mut self, now: Time) {
        let any = self.calls.iter().any(|call| call.up);
        self.measure_at = any.then(|| self.measure_at.unwrap_or(now));
    }

    pub(super) fn measure(&mut self, now: Time) {
        if self.measure_at.is_none_or(|due| now < due) {
            return;
        }
        self.measure_at = Some(now + EVERY);
        for call in self.calls.iter().filter(|call| call.up) {
            let (leg, media, inbox) = (call.leg, call.media.clone(), self.inbox.clone());
            spawn_local(async move {
                if let Some(sample) = media.sample().await {
                    inbox.put(Happening::Media(MediaInput::Sample(leg, sample)));
                }
            });
        }
    }
}
