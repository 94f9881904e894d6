//! What goes into the machine.

use crate::{Digit, EndReason, Leg, LineState, Microphone, Party, Sound};

/// Everything that can happen to a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The agent, or the page on the agent's behalf, asked for something.
    Intent(Intent),
    /// The channel (PBX or Twilio) reported something.
    Channel(ChannelEvent),
    /// The browser's devices reported something.
    Media(MediaEvent),
    /// The moment of [`Phone::poll_timeout`](crate::Phone::poll_timeout) has come.
    Timeout,
}

/// What the agent asked for. What may not be done right now is ignored: the view says beforehand what may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Call somebody. The number is used as it is, without the blanks and brackets people write.
    Dial(Party),
    /// Take the call that is coming in.
    Answer,
    /// Turn down the call that is coming in.
    Decline,
    /// End the call, or give up the one that is being placed.
    HangUp,
    /// Silence the microphone for the other side, or open it again.
    SetMuted(bool),
    /// Send one tone to the other side.
    Digit(Digit),
    /// Put away what is left to read: the ended call, and the caller that was turned away.
    Dismiss,
    /// The agent has looked at the missed calls.
    SeeMissed,
    /// Ask the browser for the microphone (again).
    AskMicrophone,
    /// The agent clicked to let the page make sounds.
    AllowSound,
}

/// What a channel reports. Events of a leg the phone does not know are ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelEvent {
    /// The state of the line changed.
    Line(LineState),
    /// Somebody calls. The channel has already turned away callers beyond the first
    /// (see [`ChannelEvent::TurnedAway`]), but may be overtaken by an intent: then the phone declines.
    Incoming {
        /// The new call.
        leg: Leg,
        /// Who calls.
        caller: Party,
    },
    /// The other side's phone rings.
    Ringing {
        /// The call.
        leg: Leg,
        /// The network plays its own sound already, so no local ringback is due.
        early_media: bool,
    },
    /// The call is answered, by the other side or on this one.
    Answered {
        /// The call.
        leg: Leg,
    },
    /// Signalling to the other side is lost while the audio goes on.
    SignallingLost {
        /// The call.
        leg: Leg,
    },
    /// Signalling is back, and the call with it.
    SignallingRestored {
        /// The call.
        leg: Leg,
    },
    /// The call is over, or never came about.
    Ended {
        /// The call.
        leg: Leg,
        /// Why.
        reason: EndReason,
    },
    /// A caller heard busy because a call was up already.
    TurnedAway(Party),
}

/// What the browser's devices report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaEvent {
    /// What is known of the microphone changed.
    Microphone(Microphone),
    /// Whether the browser lets the page make sounds changed.
    Sound(Sound),
}
