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
    },
    /// Take a call.
    Answer(Leg),
    /// Turn down a call; its caller hears busy or goes to voicemail.
    Decline(Leg),
    /// End a call in whatever state it is.
    HangUp(Leg),
    /// Send a tone.
    Digit(Leg, Digit),
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
