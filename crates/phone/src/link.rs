//! What connects the two sides of an answered call, and how it is repaired.
//!
//! Signalling and audio take ways of their own, and either can be lost alone. While the audio goes on, the call
//! does. Audio that is lost is looked for again, over and over; the channel agrees on a new way as soon as there is
//! signalling for it. After [`GIVE_UP_AFTER`] the call is given up.

use crate::{ChannelCommand, EndReason, Failure, Leg, Phone, Time};
use std::time::Duration;

/// How long audio may be away before the call is given up.
pub(crate) const GIVE_UP_AFTER: Duration = Duration::from_secs(30);
/// How long an interruption may mend by itself before another way is looked for.
const MENDS_WITHIN: Duration = Duration::from_secs(2);
/// How long a new way may take to be agreed on and tried before the next attempt.
const REPAIR_EVERY: Duration = Duration::from_secs(6);

/// The way that a call's audio takes, as the browser's checks of it tell (RFC 7675).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AudioPath {
    /// It leads to the other side.
    Open,
    /// Nobody replies there at the moment; it may come back by itself.
    Interrupted,
    /// It is gone.
    Broken,
}

/// The connection of an answered call.
#[derive(Debug, Default)]
pub(crate) struct Link {
    signalling_lost: bool,
    audio: Option<AudioLost>,
}

#[derive(Debug)]
struct AudioLost {
    since: Time,
    repair_at: Time,
}

impl Link {
    pub(crate) fn is_lost(&self) -> bool {
        self.signalling_lost || self.audio.is_some()
    }

    /// Whether the other side can be asked for anything.
    pub(crate) fn has_signalling(&self) -> bool {
        !self.signalling_lost
    }

    pub(crate) fn lose_signalling(&mut self) {
        self.signalling_lost = true;
    }

    pub(crate) fn restore_signalling(&mut self) {
        self.signalling_lost = false;
    }

    pub(crate) fn set_audio(&mut self, now: Time, path: AudioPath) {
        let lost = |repair_at| AudioLost { since: now, repair_at };
        match (path, &mut self.audio) {
            (AudioPath::Open, audio) => *audio = None,
            (AudioPath::Interrupted, None) => self.audio = Some(lost(now + MENDS_WITHIN)),
            (AudioPath::Interrupted, Some(_)) => {}
            (AudioPath::Broken, None) => self.audio = Some(lost(now)),
            (AudioPath::Broken, Some(audio)) => audio.repair_at = audio.repair_at.min(now),
        }
    }

    /// A new way is being looked for: the next attempt is due after the usual time.
    fn repair(&mut self, now: Time) {
        if let Some(audio) = &mut self.audio {
            audio.repair_at = now + REPAIR_EVERY;
        }
    }

    /// When something is to be done.
    pub(crate) fn deadline(&self) -> Option<Time> {
        self.audio.as_ref().map(|audio| audio.repair_at.min(audio.since + GIVE_UP_AFTER))
    }

    fn is_hopeless(&self, now: Time) -> bool {
        self.audio.as_ref().is_some_and(|audio| now >= audio.since + GIVE_UP_AFTER)
    }

    fn is_repair_due(&self, now: Time) -> bool {
        self.audio.as_ref().is_some_and(|audio| now >= audio.repair_at)
    }
}

impl Phone {
    pub(crate) fn on_audio(&mut self, now: Time, leg: Leg, path: AudioPath) {
        if let Some(talk) = self.talk(leg) {
            talk.link.set_audio(now, path);
        }
        self.tend_links(now);
    }

    /// This machine has another address: the way is made anew, even if nothing is missed yet.
    pub(crate) fn on_network_changed(&mut self, now: Time) {
        for leg in self.state.answered() {
            self.repair_audio(now, leg);
        }
    }

    /// Repairs what is due for it, and gives up what took too long.
    pub(crate) fn tend_links(&mut self, now: Time) {
        for leg in self.state.answered() {
            let Some(talk) = self.talk(leg) else { continue };
            if talk.link.is_hopeless(now) {
                self.tell(ChannelCommand::HangUp(leg));
                self.on_ended(now, leg, EndReason::Failed(Failure::Network));
            } else if talk.link.is_repair_due(now) {
                self.repair_audio(now, leg);
            }
        }
    }

    fn repair_audio(&mut self, now: Time, leg: Leg) {
        if let Some(talk) = self.talk(leg) {
            talk.link.repair(now);
            self.tell(ChannelCommand::RepairAudio(leg));
        }
    }
}
