//! Plays the phone's tones.

use super::{Happening, Inbox, sounds};
use crate::web::audio::{Playing, Speaker};
use ringdock_phone::{Sound, Tone};

/// The agent's loudspeaker. A browser without Web Audio leaves it dumb, and calls go on without it.
pub struct Tones {
    speaker: Option<Speaker>,
    lasting: Option<Playing>,
    key: Option<Playing>,
}

impl Tones {
    /// Opens the loudspeaker.
    pub fn new(inbox: Inbox) -> Tones {
        let speaker = Speaker::open(move || inbox.put(Happening::SoundChanged)).ok();
        Tones { speaker, lasting: None, key: None }
    }

    /// Plays a tone.
    pub fn play(&mut self, tone: Tone) {
        let Some(speaker) = &self.speaker else { return };
        // A sound that the browser refuses leaves its sign on screen.
        let playing =
            sounds::render(tone).and_then(|(samples, repeat)| speaker.play(&samples, repeat).ok());
        match tone {
            Tone::Key(_) => self.key = playing,
            Tone::Ring | Tone::Ringback | Tone::Busy | Tone::Ended | Tone::Silence => {
                self.lasting = playing
            }
        }
    }

    /// Lets sound begin, after a click.
    pub fn resume(&self) {
        if let Some(speaker) = &self.speaker {
            speaker.resume();
        }
    }

    /// Whether sounds are heard.
    pub fn sound(&self) -> Sound {
        match self.speaker.as_ref().is_none_or(Speaker::is_running) {
            true => Sound::Allowed,
            false => Sound::NeedsClick,
        }
    }
}
