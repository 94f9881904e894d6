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
        /// The number that was called, if the server tells it: P-Called-Party-ID (RFC 7315, section 4.2).
        called: Option<String>,
        /// The call whose place it takes (RFC 3891): somebody handed the other side on. It does not ring and is
        /// answered by itself as soon as its description is there; the call whose place it takes then ends with
        /// [`End::Replaced`]. Also a call that was handed on in vain, and that the PBX gives back.
        replaces: Option<CallId>,
    },
    /// The other side of a call asks us to call somebody else instead (RFC 3515), and we do: this is the new
    /// call, as if [`Agent::dial`](crate::Agent::dial) had given it out, and its [`Event::Describe`] comes right
    /// behind. When it is answered, the one before ends with [`End::Replaced`]; if it is not, that goes on.
    Referred {
        /// The new call.
        call: CallId,
        /// The call whose place it takes when it is answered.
        replaces: CallId,
        /// Whom it calls: the user part of the address, percent-decoded.
        target: String,
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
        /// We hold the other side: the audio is to be `sendonly`, else `sendrecv` (RFC 3264, section 8.4). What
        /// an answer really says follows from this and from the offer, and is the browser's matter.
        hold: bool,
        /// The offer is to begin ICE anew (RFC 8445, section 9).
        restart_ice: bool,
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
    /// Our offer came to nothing, and the session is what it was before: the browser is to roll its local
    /// description back, so that the next offer of either side finds it ready. Only for offers of a call that is
    /// up (generation 1 and more); a new try asks for a new description.
    Rollback {
        /// The call.
        call: CallId,
        /// The generation of our offer.
        generation: u32,
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
    /// Somebody else is at the other end of a call that rings here or is up, by what the server vouches for
    /// (P-Asserted-Identity, RFC 3325, or Remote-Party-ID, in an UPDATE or INVITE inside the dialog): the other side
    /// was handed on.
    Identity {
        /// The call.
        call: CallId,
        /// Who it is now.
        party: Party,
    },
    /// Who holds whom has changed, and both sides agreed on it.
    Hold {
        /// The call.
        call: CallId,
        /// This side holds the other.
        by_us: bool,
        /// The other side holds this one: their description says `sendonly` or `inactive`.
        by_them: bool,
    },
    /// The other side did not let us hold or resume (or did not reply): the call goes on as it was. A
    /// [`Event::Rollback`] came before, if the browser had made an offer.
    HoldRefused {
        /// The call.
        call: CallId,
        /// What was wanted: to hold (true) or to resume.
        wanted: bool,
    },
    /// How far [`Agent::transfer`](crate::Agent::transfer) or
    /// [`Agent::complete_transfer`](crate::Agent::complete_transfer) has come.
    Transfer {
        /// The call that is handed on.
        call: CallId,
        /// How far.
        progress: TransferProgress,
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
        /// The reason that the other side gave, if it gave one.
        cause: Option<Cause>,
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

/// How far a transfer has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferProgress {
    /// The other side is calling the target.
    Trying,
    /// The target's phone rings.
    Ringing,
    /// The target took the call. Our calls end with [`End::Transferred`] right behind.
    Done,
    /// It came to nothing; the call is as it was before.
    Failed {
        /// The status code: of the request to transfer, or of the call to the target. 408: nothing more was heard.
        status: u16,
        /// The reason phrase, unchecked.
        phrase: String,
    },
}

/// Somebody at the other end of a call.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Party {
    /// The user part of the address, percent-decoded: a number or an extension.
    pub number: String,
    /// The display name.
    pub name: Option<String>,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Caller {
    /// The user part of the caller's address, percent-decoded: a number or an extension.
    pub number: String,
    /// The display name.
    pub name: Option<String>,
    /// The server vouches for the number: it is from P-Asserted-Identity (RFC 3325) or Remote-Party-ID. If not,
    /// it is from the From header, in which a caller can write anything.
    pub asserted: bool,
    /// The caller wants to stay unknown (RFC 3323). What is above is what may be shown all the same, such as
    /// `anonymous`.
    pub withheld: bool,
    /// Who sent the call on to us, if it was diverted (RFC 5806): the latest.
    pub diverted_from: Option<Party>,
}

/// Why the other side says it ended a call (RFC 3326).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cause {
    /// The cause of ITU-T Q.850: 16 is a normal end, 17 busy, 19 no answer, 21 rejected, ...
    pub q850: Option<u8>,
    /// The SIP status that stands for it.
    pub sip: Option<u16>,
    /// The sentence, unchecked.
    pub text: Option<String>,
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
    /// The caller cancelled before the answer, or wanted none after this time.
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
    /// This side handed it on, and the target took it.
    Transferred,
    /// Another call took its place: see [`Event::Incoming`] and [`Event::Referred`].
    Replaced,
    /// No reply in time (timers B, C and F of RFC 3261; the session's interval of RFC 4028), the socket was lost
    /// before the answer, or both the socket and the audio were lost for long.
    Network,
    /// The far end's answer had no session description, or none that a dialog can stand on.
    BadReply,
    /// The browser could not make or apply a description.
    Media,
}
