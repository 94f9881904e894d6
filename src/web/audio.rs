//! Sound for the agent: the other side's voice, and sounds that we compute.

use super::WebError;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    AudioBufferSourceNode, AudioContext, AudioContextState, HtmlAudioElement, MediaStream,
};

/// The rate of computed sounds, in samples a second: enough for tones, and the least that every browser takes
/// (Web Audio API, section 1.2.4: 8000 to 96000).
pub const SAMPLE_RATE: f32 = 16_000.0;

/// The voice of the other side. Dropping it silences it.
pub struct Voice(HtmlAudioElement);

impl Voice {
    /// A player that has nothing to play yet.
    pub fn new() -> Result<Voice, WebError> {
        let element = HtmlAudioElement::new()?;
        element.set_autoplay(true);
        Ok(Voice(element))
    }

    /// Plays a stream instead of whatever was played before.
    pub fn play(&self, stream: &MediaStream) {
        self.0.set_src_object(Some(stream));
    }

    /// Lets nothing be heard, or lets it be heard again.
    pub fn mute(&self, muted: bool) {
        self.0.set_muted(muted);
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        self.0.set_src_object(None);
    }
}

/// The loudspeaker for computed sounds.
pub struct Speaker {
    context: AudioContext,
    _state: EventListener,
}

/// A sound that is playing; dropping it ends it.
pub struct Playing(AudioBufferSourceNode);

impl Speaker {
    /// Opens the loudspeaker. `changed` is called when the browser lets sound begin, or stops it.
    pub fn open(changed: impl Fn() + 'static) -> Result<Speaker, WebError> {
        let context = AudioContext::new()?;
        let state = EventListener::new(&context, "statechange", move |_| changed());
        Ok(Speaker { context, _state: state })
    }

    /// Whether a sound would be heard.
    pub fn is_running(&self) -> bool {
        self.context.state() == AudioContextState::Running
    }

    /// Lets sound begin; the browser grants it after a click or a key.
    pub fn resume(&self) {
        if let Ok(resumed) = self.context.resume() {
            // The state change is what is waited for, not this promise.
            spawn_local(async { drop(wasm_bindgen_futures::JsFuture::from(resumed).await) });
        }
    }

    /// Plays samples of [`SAMPLE_RATE`], once or for ever.
    pub fn play(&self, samples: &[f32], repeat: bool) -> Result<Playing, WebError> {
        let buffer = self.context.create_buffer(1, samples.len() as u32, SAMPLE_RATE)?;
        buffer.copy_to_channel(samples, 0)?;
        let source = self.context.create_buffer_source()?;
        source.set_buffer(Some(&buffer));
        source.set_loop(repeat);
        source.connect_with_audio_node(&self.context.destination())?;
        source.start()?;
        Ok(Playing(source))
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        // Closing a closed context is refused, and harmless.
        let _ = self.context.close();
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        // A sound that has ended by itself may not be stopped again, which changes nothing.
        #[expect(
            deprecated,
            reason = "the base interface's method is the same one, under a name web-sys moved"
        )]
        let _ = self.0.stop();
        let _ = self.0.unchecked_ref::<web_sys::AudioNode>().disconnect();
    }
}
