//! What the agent has its surroundings do, and what it tells them.

use crate::Time;

/// A call, for as long as the agent lives. Numbers are never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// One thing to carry out, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Open a WebSocket with the subprotocol `sip` (RFC 7118, section 4.1) and close any earlier one.
    Connect {
        /// The `wss:` (or loopback `ws:`) URL.
        url: String,
    },
    /// Close the WebSocket.
    Disconnect,
    /// Send one WebSocket message. It is a text frame if it is UTF-8, else a binary one.
    Send(Vec<u8>),
    /// Something happened.
    Event(Event),
}

/// Something that the user of the agent wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The registration changed.
    Line(Line),
    /// Somebody calls. A [`Event::Describe`] with the offer, if there is one, comes right behind it,
    /// so that an answer is ready when the user takes the call.
    Incoming {
        /// The new call.
        call: CallId,
        /// Who calls.
        caller: Caller,
    },
    /// The browser is to make a session description and to hand it to
    /// [`Agent::local_description`](crate::Agent::local_description) with the same generation.
    Describe {
        /// The call.
        call: CallId,
        /// Which request for a description this is; an answer to an earlier one is dropped.
        generation: u32,
        /// The other side's offer, to be answered; `None`: make an offer.
        offer: Option<String>,
    },
    /// The other side's answer to our offer is to be applied. If the browser refuses it, tell
    /// [`Agent::description_refused`](crate::Agent::description_refused).
    Remote {
        /// The call.
        call: CallId,
        /// The generation of our offer.
        generation: u32,
        /// The answer.
        sdp: String,
        /// It came before the call was answered (early media) and another one may follow.
        early: bool,
    },
    /// The other side's phone rings (180), or sounds as the network pleases (183 with a description).
    Ringing {
        /// The call.
        call: CallId,
        /// A description came with it: the network's own sound is heard.
        early_media: bool,
    },
    /// The call is up on both sides (2xx sent or received).
    Answered {
        /// The call.
        call: CallId,
    },
    /// The socket is lost while the call is up: the audio goes on, and the call with it.
    SignallingLost {
        /// The call.
        call: CallId,
    },
    /// The other side can be reached again over a new socket.
    SignallingRestored {
        /// The call.
        call: CallId,
    },
    /// The call is over. Nothing follows for it.
    Ended {
        /// The call.
        call: CallId,
        /// Why.
        end: End,
    },
    /// A second caller heard 486 while a call was up.
    TurnedAway(Caller),
}

/// The registration, as far as the server has confirmed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Stopped, and unregistered as far as the network let us.
    Off,
    /// The first connection or registration is under way.
    Connecting,
    /// The server confirmed the registration.
    Registered,
    /// It was registered and is not now; it comes back by itself.
    Lost {
        /// What happened.
        problem: Problem,
        /// When the next attempt is due; `None` while one is under way.
        retry_at: Option<Time>,
    },
    /// It could not be registered.
    Failed {
        /// What is wrong.
        problem: Problem,
        /// When the next attempt is due; `None` if an attempt is under way or would be useless.
        retry_at: Option<Time>,
    },
}

/// What is wrong with a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The socket did not open, or closed.
    Unreachable,
    /// The socket opened, and nothing that came (or did not come) over it was SIP.
    NotSip,
    /// The digest was refused: 401 or 407 again after an answer, without `stale`.
    PasswordRefused,
    /// 403, 404 or another refusal of this account.
    Refused {
        /// The status code.
        status: u16,
        /// The reason phrase, unchecked.
        phrase: String,
    },
    /// 5xx, 6xx, or a time-out of the request (reported as 408).
    Server {
        /// The status code.
        status: u16,
        /// The reason phrase, unchecked.
        phrase: String,
    },
}

/// Who calls, as the request says and nobody checked.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Caller {
    /// The user part of the caller's address, percent-decoded: a number or an extension.
    pub number: String,
    /// The display name.
    pub name: Option<String>,
}

/// Why a call is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// This side sent BYE.
    HungUp,
    /// The other side sent BYE.
    FarEndHungUp,
    /// This side cancelled before the answer.
    Cancelled,
    /// The caller cancelled before the answer.
    CallerCancelled {
        /// `Reason: SIP;cause=200`: another phone took it (RFC 3326).
        answered_elsewhere: bool,
    },
    /// This side turned the call down.
    Declined,
    /// The other side or a server refused: the final status of the INVITE (RFC 3261, section 21).
    Refused {
        /// 300-699.
        status: u16,
        /// The reason phrase, unchecked.
        phrase: String,
    },
    /// No reply in time (timers B and C of RFC 3261), or the socket was lost before the answer.
    Network,
    /// The far end's answer had no session description, or none that a dialog can stand on.
    BadReply,
    /// The browser could not make or apply a description.
    Media,
}
