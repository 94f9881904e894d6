//! What goes into the machine.

use crate::{AudioPath, Capabilities, Digit, EndReason, Leg, LineState, Microphone};
use crate::{Party, Sample, Sound};

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

/// What the agent asked for. What may not be done right now is ignored: the view says beforehand what may. A call that
/// cannot be placed is told of ([`Notice::NotDialled`](crate::Notice)), since any page may ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Call somebody.
    Dial {
        /// Whom. The number is used as it is, without the blanks and brackets people write.
        callee: Party,
        /// The number of the business that the agent chose to call from; without one the channel decides.
        from: Option<String>,
    },
    /// Take the call that is coming in.
    Answer,
    /// Turn down the call that is coming in.
    Decline,
    /// End the call, or give up the one that is being placed.
    HangUp,
    /// Silence the microphone for the other side, or open it again.
    SetMuted(bool),
    /// Send one tone to the other side, in a consult call to the colleague.
    Digit(Digit),
    /// Let the other side wait.
    Hold,
    /// Speak to the other side again.
    Resume,
    /// Pass the other side on to somebody, without asking first.
    Transfer(Party),
    /// Let the other side wait, and call a colleague.
    Consult(Party),
    /// Pass the other side on to the colleague who was asked.
    CompleteTransfer,
    /// End the call to the colleague, if it still is, and speak to the other side again.
    BackToCaller,
    /// Put away the word about the call that is over.
    Dismiss,
    /// Put away the notice.
    DismissNotice,
    /// Put away the callers that were turned away.
    DismissTurnedAway,
    /// The page knows who the other side of this call is.
    Identify {
        /// The call. One that is over keeps the name it had.
        leg: Leg,
        /// The name, as plain text; shown in the place of what the network gave.
        name: String,
    },
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
    /// What can be done with this channel's calls.
    Can(Capabilities),
    /// Somebody calls. The channel has already turned away callers beyond the first
    /// (see [`ChannelEvent::TurnedAway`]), but may be overtaken by an intent: then the phone declines.
    Incoming {
        /// The new call.
        leg: Leg,
        /// Who calls.
        caller: Party,
        /// The number of the business that was called, if the channel tells it.
        called: Option<String>,
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
    /// The channel's own name for the call.
    Named {
        /// The call.
        leg: Leg,
        /// The name; SIP: the Call-ID.
        id: String,
    },
    /// Somebody else is at the other end of the same call: the other side was handed on. The call's record keeps
    /// whom it began with.
    Identity {
        /// The call.
        leg: Leg,
        /// Who it is now.
        party: Party,
    },
    /// Who waits for whom changed.
    Hold {
        /// The call.
        leg: Leg,
        /// Who waits for whom now.
        hold: Hold,
    },
    /// The other side did not agree to be held or resumed; the call is as it was.
    HoldRefused {
        /// The call.
        leg: Leg,
        /// What this side had wanted: to hold.
        wanted: bool,
    },
    /// How the transfer of this call goes.
    Transfer {
        /// The call that is passed on.
        leg: Leg,
        /// How far it is.
        progress: Progress,
    },
    /// Somebody else took the other side's place in an answered call.
    Replaced {
        /// The call that is over by it.
        leg: Leg,
        /// The call that is up now.
        by: Leg,
        /// Who the other side is now.
        party: Party,
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

/// Who lets whom wait. Both can, at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Hold {
    /// The agent holds the other side.
    pub by_us: bool,
    /// The other side holds the agent.
    pub by_them: bool,
}

/// How far a transfer is. One that succeeds ends the call, with [`EndReason::Transferred`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The new one's phone rings.
    Ringing,
    /// The PBX was told, and says no more about it.
    Unconfirmed,
    /// It was refused, or the new one was not reached; the call is this side's again.
    Failed(EndReason),
}

/// What the browser's devices report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaEvent {
    /// What is known of the microphone changed.
    Microphone(Microphone),
    /// Whether the browser lets the page make sounds changed.
    Sound(Sound),
    /// The way that a call's audio takes changed.
    Audio(Leg, AudioPath),
    /// What was measured of a call's audio in the last second.
    Sample(Leg, Sample),
    /// This machine has another address, or a network again.
    NetworkChanged,
}
