//! What a user interface needs to draw the phone, and nothing more.

use crate::{
    Direction, Dot, EndReason, Hold, Leg, LineState, Microphone, Party, Poor, Sound, Time,
};
use std::time::Duration;

/// The whole phone at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PhoneView {
    /// The line to the channel.
    pub line: LineState,
    /// The microphone.
    pub microphone: Microphone,
    /// Whether the page may make sounds.
    pub sound: Sound,
    /// The call that is up, or the one that has just ended.
    pub call: Option<CallView>,
    /// The call to a colleague, while `call` is held.
    pub consult: Option<CallView>,
    /// What can be done with this channel's calls at all.
    pub can: Capabilities,
    /// What the agent may do now.
    pub may: May,
    /// What did not go as the agent wanted, until it is dismissed, overtaken or the call is over.
    pub notice: Option<Notice>,
    /// The number that was dialled last, for redial.
    pub last_number: Option<String>,
    /// Calls that nobody took since the agent last looked, callers that were turned away included.
    pub missed: u32,
    /// The last callers that heard busy because a call was up, the newest last; until dismissed.
    pub turned_away: Vec<Party>,
}

impl PhoneView {
    /// The colour of the status dot. Green needs both: a line that is ready and a microphone that is
    /// allowed, because an agent without a microphone cannot be reached.
    pub fn dot(&self) -> Dot {
        match (&self.line, self.microphone) {
            (LineState::Off, _) => Dot::Off,
            (LineState::Connecting | LineState::Lost { .. }, _) => Dot::Connecting,
            (LineState::Down { .. }, _) => Dot::Disconnected,
            (LineState::Ready, Microphone::Granted) => Dot::Connected,
            (LineState::Ready, Microphone::Unknown | Microphone::Asking) => Dot::Connecting,
            (
                LineState::Ready,
                Microphone::Refused
                | Microphone::Missing
                | Microphone::Busy
                | Microphone::InsecurePage,
            ) => Dot::Disconnected,
        }
    }
}

/// What a channel can do with a call. What it cannot do is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Capabilities {
    /// Hold it.
    pub hold: bool,
    /// Pass it on.
    pub transfer: bool,
    /// Ask a colleague first, and then pass it on.
    pub consult: bool,
}

/// What did not go as the agent wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The other side could not be held.
    HoldRefused,
    /// The other side is still held.
    ResumeRefused,
    /// The other side was not passed on.
    TransferFailed {
        /// To whom it was to go.
        to: Party,
        /// Why not.
        reason: EndReason,
    },
    /// The PBX was told to pass the other side on, and does not tell how that goes.
    TransferUnconfirmed {
        /// To whom it is to go.
        to: Party,
    },
    /// The call to the colleague is over, and the other side still held.
    ColleagueGone {
        /// The colleague.
        colleague: Party,
        /// Why it is over.
        reason: EndReason,
    },
    /// The one who was held has hung up, and the colleague is still there.
    CallerGone {
        /// Who was held.
        caller: Party,
    },
    /// A call was asked for and not placed; as long as it cannot be.
    NotDialled {
        /// Whom it was to reach.
        callee: Party,
        /// Why not.
        why: WhyNot,
    },
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallView {
    /// Which call.
    pub leg: Leg,
    /// Who placed it.
    pub direction: Direction,
    /// The other side, as it is now.
    pub party: Party,
    /// When it was placed or began to ring here.
    pub started_at: Time,
    /// The channel's own name for it (SIP: the Call-ID); empty until it gave one.
    pub channel_id: String,
    /// The number of the business that was called, or that the agent chose to call from.
    pub own_number: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// The microphone is silenced for the other side.
    pub muted: bool,
    /// The tones that were sent, oldest first.
    pub digits: String,
    /// Who lets whom wait.
    pub hold: Hold,
    /// The channel was asked to hold or to resume, and has not replied.
    pub hold_changes: bool,
    /// What makes the call hard to understand at the moment.
    pub poor: Option<Poor>,
}

/// How far a call is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being placed; nothing rings yet.
    Dialing,
    /// The other side's phone rings.
    Ringing {
        /// The network plays its own sound.
        early_media: bool,
    },
    /// Somebody calls.
    Incoming,
    /// Taken by the agent, audio not up yet.
    Answering,
    /// The two sides speak.
    Active {
        /// When it was answered.
        since: Time,
    },
    /// It is answered, but signalling or audio is lost.
    Reconnecting {
        /// When it was answered.
        since: Time,
    },
    /// The other side is on its way to somebody else, or comes back.
    Transferring {
        /// When it was answered.
        since: Time,
        /// To whom it goes.
        to: Party,
        /// That one's phone rings.
        ringing: bool,
    },
    /// Hanging up; waiting for the channel's word.
    Ending,
    /// Over.
    Ended {
        /// Why.
        reason: EndReason,
        /// How long the two sides spoke; `None` if the call was never answered.
        talk: Option<Duration>,
    },
}

/// What the agent may do at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct May {
    /// Place a call; else why not.
    pub dial: Result<(), WhyNot>,
    /// Answer the call that is coming in; else why not.
    pub answer: Result<(), WhyNot>,
    /// Turn down the call that is coming in.
    pub decline: bool,
    /// End the call.
    pub hang_up: bool,
    /// Silence the microphone or open it.
    pub mute: bool,
    /// Send tones.
    pub digit: bool,
    /// Hold the other side.
    pub hold: bool,
    /// Speak to the held other side again.
    pub resume: bool,
    /// Pass the other side on.
    pub transfer: bool,
    /// Ask a colleague.
    pub consult: bool,
    /// Pass the other side on to the colleague who was asked.
    pub complete: bool,
    /// End the asking, and speak to the other side again.
    pub back_to_caller: bool,
}

/// Why a call cannot be placed or answered right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhyNot {
    /// There is no channel.
    NoLine,
    /// The line is not ready.
    LineNotReady,
    /// The microphone cannot be used.
    NoMicrophone,
    /// A call is up.
    InCall,
    /// Nobody is calling.
    NoCall,
    /// What is to be called is no number.
    NotANumber,
}

impl Default for May {
    /// Nothing: the phone of an agent without a channel.
    fn default() -> May {
        May {
            dial: Err(WhyNot::NoLine),
            answer: Err(WhyNot::NoCall),
            decline: false,
            hang_up: false,
            mute: false,
            digit: false,
            hold: false,
            resume: false,
            transfer: false,
            consult: false,
            complete: false,
            back_to_caller: false,
        }
    }
}
