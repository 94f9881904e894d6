//! Plays the phone's tones.

use super::{Happening, Inbox, sounds};
use crate::web::audio::{Playing, Speaker};
use ringdock_phone::{Sound, Tone};

/// The agent's loudspeaker. A browser without Web Audio leaves it dumb, and calls go on without it.
pub struct Tones {
    inbox: Inbox,
    speaker: Option<Speaker>,
    lasting: Option<Playing>,
    key: Option<Playing>,
}

impl Tones {
    /// A loudspeaker that is not open yet.
    pub fn new(inbox: Inbox) -> Tones {
        Tones { inbox, speaker: None, lasting: None, key: None }
    }

    /// Opens the loudspeaker, and tells whether it is heard. The first one of a browser starts its audio
    /// service, which can take a quarter of a second of the page's time: not while a line is being connected.
    pub fn open(&mut self) {
        if self.speaker.is_none() {
            let inbox = self.inbox.clone();
            self.speaker = Speaker::open(move || inbox.put(Happening::SoundChanged)).ok();
            // A page that may listen already may also speak.
            self.resume();
            self.inbox.put(Happening::SoundChanged);
        }
    }

    /// Plays a tone.
    pub fn play(&mut self, tone: Tone) {
        self.open();
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
