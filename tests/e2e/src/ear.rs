//! Listening to a page: to the other side of its call, and to the tones it plays itself.

use crate::Result;
use crate::browser::Browser;
use crate::tone::share_at;
use crate::wait::{SOON, throughout, until};
use serde_json::Value;
use std::time::Duration;

/// What a sound was at one moment.
#[derive(Debug, Clone)]
pub struct Sound {
    samples: Vec<f64>,
    rate: u32,
}

impl Sound {
    fn parse(value: &Value) -> Option<Sound> {
        let rate = u32::try_from(value["rate"].as_u64()?).ok()?;
        let samples = value["samples"].as_array()?;
        let samples = samples.iter().map(|s| s.as_f64().map(|s| s / 32768.0));
        Some(Sound { samples: samples.collect::<Option<_>>()?, rate })
    }

    /// The loudness, as the root of the mean square: 1 is the loudest a sound can be.
    pub fn level(&self) -> f64 {
        let total: f64 = self.samples.iter().map(|sample| sample * sample).sum();
        (total / self.samples.len().max(1) as f64).sqrt()
    }

    /// Whether it is nothing that anybody could hear.
    pub fn is_silent(&self) -> bool {
        self.level() < 0.001
    }

    /// Whether it is mostly this one tone (Hz), and not a whisper. Looked at in parts, so that one lost
    /// packet, which moves the wave, does not hide the tone.
    pub fn is_tone(&self, frequency: f64) -> bool {
        let parts = self.samples.chunks_exact(self.rate as usize / 25);
        let heard = parts.clone().filter(|part| share_at(part, self.rate, frequency) > 0.5).count();
        self.level() > 0.005 && heard * 2 > parts.len()
    }

    /// Whether these two tones (Hz) are heard together somewhere in it, as a telephone's key is.
    pub fn has_pair(&self, low: f64, high: f64) -> bool {
        let moments = self.samples.chunks_exact(self.rate as usize / 20);
        moments.into_iter().any(|moment| {
            let low = share_at(moment, self.rate, low);
            let high = share_at(moment, self.rate, high);
            low > 0.2 && high > 0.2 && low + high > 0.8
        })
    }
}

impl Browser {
    /// What the other side of the page's call sends right now; `None` outside of a call.
    pub async fn remote_sound(&self) -> Result<Option<Sound>> {
        Ok(Sound::parse(&self.eval("return window.ringdockObserver.remote()").await?))
    }

    /// What the page itself plays: ringing, ringback, keys.
    pub async fn local_sound(&self) -> Result<Vec<Sound>> {
        let sounds = self.eval("return window.ringdockObserver.local()").await?;
        Ok(sounds.as_array().into_iter().flatten().filter_map(Sound::parse).collect())
    }

    /// How often the page asked for the microphone.
    pub async fn microphone_requests(&self) -> Result<u64> {
        let count = self.eval("return window.ringdockObserver.microphoneRequests()").await?;
        count.as_u64().ok_or_else(|| "the observer is not in the page".into())
    }

    /// Waits until the other side's tone of `frequency` Hz is heard.
    pub async fn hears(&self, frequency: u32) -> Result<()> {
        until(&format!("the tone of {frequency} Hz"), SOON, async || {
            let sound = self.remote_sound().await?;
            Ok(sound.filter(|sound| sound.is_tone(frequency.into())).map(drop))
        })
        .await
    }

    /// Waits until nothing is heard of the other side, and makes sure that it stays so for `span`.
    pub async fn hears_nothing_for(&self, span: Duration) -> Result<()> {
        let silent = async || Ok(self.remote_sound().await?.is_none_or(|sound| sound.is_silent()));
        until("silence", SOON, async || Ok(silent().await?.then_some(()))).await?;
        throughout("silence", span, silent).await
    }

    /// Makes sure that the tone of `frequency` Hz goes on for the whole of `span`: that it is heard most of the
    /// time, because a machine that is busy with other things makes gaps, and in the end.
    pub async fn keeps_hearing(&self, frequency: u32, span: Duration) -> Result<()> {
        let (mut looks, mut heard) = (0_u32, 0_u32);
        throughout("listening", span, async || {
            let sound = self.remote_sound().await?;
            looks += 1;
            heard += u32::from(sound.is_some_and(|sound| sound.is_tone(frequency.into())));
            Ok(true)
        })
        .await?;
        if heard * 2 < looks {
            return Err(format!("heard {frequency} Hz in {heard} of {looks} looks").into());
        }
        self.hears(frequency).await
    }

    /// Waits until the page plays something of its own.
    pub async fn plays_a_sound(&self) -> Result<()> {
        until("a sound of the page's own", SOON, async || {
            Ok(self.local_sound().await?.iter().any(|sound| !sound.is_silent()).then_some(()))
        })
        .await
    }

    /// Waits until the page plays nothing of its own.
    pub async fn plays_nothing(&self) -> Result<()> {
        until("the page's own sounds to end", SOON, async || {
            Ok(self.local_sound().await?.iter().all(Sound::is_silent).then_some(()))
        })
        .await
    }
}
