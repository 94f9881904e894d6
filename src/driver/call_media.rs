//! The audio of one call.

use super::media::{MediaInput, state_after};
use super::{Happening, Inbox};
use crate::web::WebError;
use crate::web::audio::Voice;
use crate::web::microphone::OpenMicrophone;
use crate::web::peer::Peer;
use crate::web::stats::Stats;
use futures_util::future::join;
use ringdock_phone::{AudioPath, Leg, Sample};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::RtcIceConnectionState;

/// Why a call has no audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaFailure {
    /// The microphone could not be opened.
    Microphone,
    /// The browser refused a description.
    Description,
}

/// What a description is to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The other side waits.
    pub hold: bool,
    /// Another way for the audio is looked for.
    pub restart: bool,
}

/// The audio of one call: its connection, its microphone and the other side's voice. Dropping it ends all.
pub struct CallMedia {
    peer: Peer,
    voice: Rc<Voice>,
    microphone: RefCell<Option<OpenMicrophone>>,
    /// The last attempt to open the microphone failed.
    bereft: Cell<bool>,
    /// The agent's choice, which is one for all calls.
    muted: Rc<Cell<bool>>,
    held: Cell<bool>,
    counted: Cell<Option<Stats>>,
    inbox: Inbox,
}

impl CallMedia {
    pub(super) fn new(
        leg: Leg,
        stun: &[String],
        muted: Rc<Cell<bool>>,
        inbox: Inbox,
    ) -> Result<CallMedia, WebError> {
        let voice = Rc::new(Voice::new()?);
        let (speaker, report) = (voice.clone(), inbox.clone());
        let heard = move |stream| speaker.play(&stream);
        let checked = move |state| {
            if let Some(path) = path(state) {
                report.put(Happening::Media(MediaInput::Path(leg, path)));
            }
        };
        let peer = Peer::new(stun, heard, checked)?;
        Ok(CallMedia {
            peer,
            voice,
            microphone: RefCell::default(),
            bereft: Cell::default(),
            muted,
            held: Cell::default(),
            counted: Cell::default(),
            inbox,
        })
    }

    /// Whether the microphone is open.
    pub fn has_microphone(&self) -> bool {
        self.microphone.borrow().is_some()
    }

    /// Makes an offer, or the answer to one.
    pub async fn describe(
        &self,
        offer: Option<&str>,
        wanted: Wanted,
    ) -> Result<String, MediaFailure> {
        let description = match offer {
            None => self.peer.offer(wanted.hold, wanted.restart).await,
            Some(offer) => self.peer.answer(offer, wanted.hold).await,
        };
        description.map_err(|_| MediaFailure::Description)
    }

    /// Makes an offer while the microphone opens; fails without one.
    pub async fn offer_with_microphone(&self) -> Result<String, MediaFailure> {
        // The offer comes first: it makes the audio line that the microphone is put into.
        let offer = self.describe(None, Wanted::default());
        let (description, microphone) = join(offer, self.open_microphone()).await;
        microphone?;
        description
    }

    /// Takes the other side's answer.
    pub async fn accept(&self, answer: &str, early: bool) -> Result<(), MediaFailure> {
        self.peer.accept(answer, early).await.map_err(|_| MediaFailure::Description)
    }

    /// Takes the last offer back. Without one nothing changes. `hold`: that the other side waits.
    pub async fn roll_back(&self, hold: bool) {
        _ = self.peer.roll_back(hold).await;
    }

    /// Lets neither side hear the other, whatever the two agree on and when; or ends that.
    pub fn hold(&self, held: bool) {
        self.held.set(held);
        self.voice.mute(held);
        self.mute();
    }

    /// Sends tones, one after the other; an error if the call's audio takes none.
    pub fn send_tones(&self, tones: &str) -> Result<(), WebError> {
        self.peer.send_tones(tones)
    }

    /// Opens the microphone if it is not open, and sends its sound from now on.
    pub async fn open_microphone(&self) -> Result<(), MediaFailure> {
        if self.has_microphone() {
            return Ok(());
        }
        let lost = self.inbox.clone();
        let opened =
            OpenMicrophone::open(move || lost.put(Happening::Media(MediaInput::Lost))).await;
        let opened = opened.map_err(|error| {
            self.bereft.set(true);
            self.inbox.put(Happening::Media(MediaInput::Microphone(state_after(&error))));
            MediaFailure::Microphone
        })?;
        opened.mute(self.is_silent());
        self.peer.send(opened.track()).await.map_err(|_| MediaFailure::Description)?;
        *self.microphone.borrow_mut() = Some(opened);
        Ok(())
    }

    /// Whether the microphone could not be opened, if nobody has asked since.
    pub fn take_bereft(&self) -> bool {
        self.bereft.take()
    }

    /// Lets go of the microphone.
    pub fn close_microphone(&self) {
        self.microphone.borrow_mut().take();
    }

    /// Takes up that the agent muted the microphone or opened it.
    pub fn mute(&self) {
        if let Some(microphone) = &*self.microphone.borrow() {
            microphone.mute(self.is_silent());
        }
    }

    fn is_silent(&self) -> bool {
        self.muted.get() || self.held.get()
    }

    /// What was measured since the last time; `None` the first time, or if the browser does not tell.
    pub async fn sample(&self) -> Option<Sample> {
        let now = self.peer.stats().await.ok()?;
        let before = self.counted.replace(Some(now))?;
        // Conversions to integers are bounded: what is below 0 or not a number becomes 0.
        Some(Sample {
            received: (now.received - before.received) as u32,
            lost: (now.lost - before.lost) as u32,
            jitter: (now.jitter * 1000.0) as u32,
            round_trip: now.round_trip.map(|seconds| (seconds * 1000.0) as u32),
            lost_there: (now.lost_there * 1000.0) as u32,
            microphone: (now.level * 32_767.0) as u32,
        })
    }
}

/// What the browser's checks say of the way to the other side (RFC 8445; RFC 7675), where they say anything.
fn path(state: RtcIceConnectionState) -> Option<AudioPath> {
    match state {
        RtcIceConnectionState::Connected | RtcIceConnectionState::Completed => {
            Some(AudioPath::Open)
        }
        RtcIceConnectionState::Disconnected => Some(AudioPath::Interrupted),
        RtcIceConnectionState::Failed => Some(AudioPath::Broken),
        _ => None,
    }
}
