//! What comes out of the machine, for the driver to carry out in this order.

use crate::{CallRecord, Digit, Leg, Party};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// For the channel.
    Channel(ChannelCommand),
    /// For the browser's devices.
    Media(MediaCommand),
    /// For the loudspeaker.
    Tone(Tone),
    /// A call is over; this is what is to be kept of it.
    Log(CallRecord),
}

/// What a channel is told to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelCommand {
    /// Place a call.
    Dial {
        /// The new call.
        leg: Leg,
        /// Whom to call.
        callee: Party,
        /// The number of the business to call from, if the agent chose one.
        from: Option<String>,
    },
    /// Take a call.
    Answer(Leg),
    /// Turn down a call; its caller hears busy or goes to voicemail.
    Decline(Leg),
    /// End a call in whatever state it is.
    HangUp(Leg),
    /// Send a tone.
    Digit(Leg, Digit),
    /// Let the other side wait. Replied to by [`ChannelEvent::Hold`](crate::ChannelEvent::Hold) or
    /// [`ChannelEvent::HoldRefused`](crate::ChannelEvent::HoldRefused).
    Hold(Leg),
    /// Let the other side wait no longer. Replied to like [`ChannelCommand::Hold`].
    Resume(Leg),
    /// Pass the other side on. Replied to by [`ChannelEvent::Transfer`](crate::ChannelEvent::Transfer).
    Transfer {
        /// The call to pass on.
        leg: Leg,
        /// To whom.
        to: Party,
    },
    /// Hold a call; once it is held, call a colleague. A refused hold is told of, and nobody is called.
    Consult {
        /// The call to hold.
        leg: Leg,
        /// The new call.
        consult: Leg,
        /// Whom to call.
        colleague: Party,
    },
    /// Connect the two other sides with each other. Replied to like [`ChannelCommand::Transfer`].
    CompleteTransfer {
        /// The call to pass on.
        leg: Leg,
        /// The call to the colleague.
        consult: Leg,
    },
    /// Find another way for a call's audio (SIP: an ICE restart, RFC 8445, section 9), as soon as there is signalling
    /// to agree on it. Wishes that come while there is none count as one.
    RepairAudio(Leg),
}

/// What the devices are told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaCommand {
    /// Ask for permission to use the microphone.
    AskMicrophone,
    /// Silence the microphone, or open it.
    Mute(bool),
    /// Let sound begin, after a click.
    AllowSound,
}

/// A sound for the agent's ears only. A lasting sound replaces the one before; a key is heard over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// A call comes in: until the next lasting sound.
    Ring,
    /// The other side's phone rings: until the next lasting sound.
    Ringback,
    /// The other side is busy or cannot be reached: a few beeps.
    Busy,
    /// The call was cut off: one short falling sound.
    Ended,
    /// A key was pressed: its two frequencies for a tenth of a second.
    Key(Digit),
    /// No lasting sound.
    #[default]
    Silence,
}
