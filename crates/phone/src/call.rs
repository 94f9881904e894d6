//! The states and ends of a call, and what is kept of it.

use crate::{Direction, Leg, Party, Quality, Time};
use std::time::Duration;

/// Why a call is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// This side ended the answered call.
    HungUp,
    /// This side passed the other on to somebody else.
    Transferred,
    /// Somebody else took the other side's place, in a call of its own.
    Replaced,
    /// The other side ended the answered call.
    FarEndHungUp,
    /// This side gave up before the other answered.
    GivenUp,
    /// The caller gave up before this side answered.
    CallerGaveUp,
    /// Another phone of the same agent or team took the call.
    AnsweredElsewhere,
    /// This side turned the call down.
    Declined,
    /// The other side is in a call.
    Busy,
    /// The other side's phone rang, and nobody took it.
    NoAnswer,
    /// The other side turned the call down.
    Rejected,
    /// The number or extension does not exist.
    NotFound,
    /// The number exists and cannot be reached at the moment.
    Unavailable,
    /// The channel does not let this agent call this number.
    NotAllowed,
    /// The channel bars this number for everybody, or for the line.
    Barred,
    /// The channel knows no way to this number.
    NoRoute,
    /// The call broke for a reason that neither side wanted.
    Failed(Failure),
}

impl EndReason {
    /// How a call that ended for this reason is filed. Once answered it stays so, however it broke.
    ///
    /// A call that another phone took counts as answered, since its caller was served.
    pub fn outcome(&self, direction: Direction, answered: bool) -> Outcome {
        if answered {
            return Outcome::Answered;
        }
        match self {
            Self::AnsweredElsewhere | Self::Transferred | Self::Replaced => Outcome::Answered,
            Self::Busy => Outcome::Busy,
            Self::NoAnswer => Outcome::NoAnswer,
            Self::CallerGaveUp => Outcome::Cancelled,
            Self::Declined | Self::Rejected => Outcome::Declined,
            Self::HungUp | Self::GivenUp => match direction {
                Direction::Outgoing => Outcome::Cancelled,
                Direction::Incoming => Outcome::Declined,
            },
            Self::FarEndHungUp => match direction {
                Direction::Outgoing => Outcome::Declined,
                Direction::Incoming => Outcome::Cancelled,
            },
            Self::NotFound
            | Self::Unavailable
            | Self::NotAllowed
            | Self::Barred
            | Self::NoRoute
            | Self::Failed(_) => Outcome::Failed,
        }
    }

    /// The call went as calls go, so that the agent needs no time to read what went wrong.
    pub(crate) fn is_normal(&self) -> bool {
        match self {
            Self::HungUp
            | Self::Transferred
            | Self::Replaced
            | Self::FarEndHungUp
            | Self::GivenUp
            | Self::CallerGaveUp
            | Self::AnsweredElsewhere
            | Self::Declined => true,
            Self::Busy
            | Self::NoAnswer
            | Self::Rejected
            | Self::NotFound
            | Self::Unavailable
            | Self::NotAllowed
            | Self::Barred
            | Self::NoRoute
            | Self::Failed(_) => false,
        }
    }

    /// This side ended the call, so that no sound has to tell the agent.
    pub(crate) fn is_own_doing(&self) -> bool {
        match self {
            Self::HungUp | Self::Transferred | Self::GivenUp | Self::Declined => true,
            Self::Replaced
            | Self::FarEndHungUp
            | Self::CallerGaveUp
            | Self::AnsweredElsewhere
            | Self::Busy
            | Self::NoAnswer
            | Self::Rejected
            | Self::NotFound
            | Self::Unavailable
            | Self::NotAllowed
            | Self::Barred
            | Self::NoRoute
            | Self::Failed(_) => false,
        }
    }
}

/// What broke a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The network or the server was lost, or did not reply in time.
    Network,
    /// The microphone could not be opened.
    Microphone,
    /// The two sides found no common audio, or the browser refused what the other side offered.
    Media,
    /// The other side replied with something that is not a call, such as an answer without audio.
    BadReply,
    /// The server refused the call with this status and phrase (SIP: RFC 3261, section 21).
    Server {
        /// The status code.
        status: u16,
        /// The server's words, unchecked.
        phrase: String,
    },
}

/// The outcome of a call as it is filed; the same on both channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The two sides spoke.
    Answered,
    /// The other side was in a call.
    Busy,
    /// Nobody took it.
    NoAnswer,
    /// The caller gave up first.
    Cancelled,
    /// It was turned down.
    Declined,
    /// Network, routing or devices prevented it.
    Failed,
}

/// What is kept of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// Which call.
    pub leg: Leg,
    /// Who placed it.
    pub direction: Direction,
    /// The other side that the call began with.
    pub party: Party,
    /// When it was placed or began to ring here.
    pub started_at: Time,
    /// When it was answered.
    pub answered_at: Option<Time>,
    /// When it was over.
    pub ended_at: Time,
    /// How it is filed.
    pub outcome: Outcome,
    /// Why it ended.
    pub reason: EndReason,
    /// The agent asked a colleague, while a customer was held.
    pub consult: bool,
    /// The channel's own name for the call (SIP: the Call-ID); empty if it never gave one.
    pub channel_id: String,
    /// How its audio was; `None` if nothing was measured.
    pub quality: Option<Quality>,
}

impl CallRecord {
    /// The time the two sides could hear each other: from the answer to the end.
    pub fn talk_time(&self) -> Duration {
        self.answered_at.map_or(Duration::ZERO, |answered| self.ended_at - answered)
    }

    /// Somebody called and nobody, here or elsewhere, took the call or turned it down.
    pub(crate) fn is_missed(&self) -> bool {
        let given_up = matches!(self.reason, EndReason::CallerGaveUp | EndReason::NoAnswer);
        self.direction == Direction::Incoming && self.answered_at.is_none() && given_up
    }
}
