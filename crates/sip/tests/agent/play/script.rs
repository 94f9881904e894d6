//! Scripts as bytes: each step is a byte that says what, and a few that say how. A step that is added takes a
//! number of its own, so that the kept scripts go on to mean the same.

use std::time::Duration;

use ringdock_sip::message::Method;

/// One thing that happens to an agent. A call, request or response is counted from the newest.
#[derive(Clone, Debug)]
pub enum Step {
    Open,
    Close,
    Start,
    Stop,
    ReconnectNow,
    Pass(Duration),
    Dial,
    Answer(u8),
    Decline(u8),
    HangUp(u8),
    Hold(u8),
    Resume(u8),
    RestartIce(u8),
    Transfer(u8),
    /// Hands the first call to the other side of the second.
    CompleteTransfer(u8, u8),
    InfoDigit(u8),
    MediaFlows(u8, bool),
    /// Describes what was asked for, or what was asked for before.
    Describe {
        call: u8,
        late: u32,
    },
    RefuseDescription {
        call: u8,
        late: u32,
    },
    /// Replies to one of the agent's requests.
    Reply {
        request: u8,
        status: u16,
        sdp: Sdp,
        tag: u8,
    },
    /// A request in the dialog of one of the agent's responses, or in none.
    Request {
        method: Method,
        of: u8,
        cseq: u32,
        sdp: Sdp,
    },
    /// A request from whom the agent called.
    RequestOfCallee {
        method: Method,
        of: u8,
        cseq: u32,
        sdp: Sdp,
        tag: u8,
    },
    /// A call from somebody who wants to acknowledge the ringing.
    ReliableInvite {
        sdp: Sdp,
    },
    /// The acknowledgement of one of the agent's reliable responses.
    Prack {
        of: u8,
        cseq: u32,
        sdp: Sdp,
    },
    /// A call that takes the place of another.
    Replace {
        whose: Side,
    },
    /// How the other side's call to the target of a transfer goes.
    Progress {
        whose: Side,
        cseq: u32,
        status: u16,
        is_last: bool,
    },
    RefuseEarlyAnswer(u8),
    /// An ACK or CANCEL of the very request that one of the agent's responses is for.
    SameTransaction {
        method: Method,
        of: u8,
    },
    /// The peer's latest request once more, or a copy of it that came by another way.
    Again {
        by_another_way: bool,
    },
    Bytes(Vec<u8>),
    /// One of the agent's own messages comes back, with one byte changed.
    Mirror {
        message: u8,
        place: u16,
        byte: u8,
    },
}

/// A dialog by one of the agent's messages in it, counted from the newest.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// The agent took the call: by a response.
    Caller(u8),
    /// The agent placed it: by a request, and the other side's tag.
    Callee(u8, u8),
}

/// The body of a message.
#[derive(Clone, Copy, Debug)]
pub enum Sdp {
    None,
    SendRecv,
    SendOnly,
    Inactive,
}

const STATUSES: [u16; 24] = [
    100, 180, 183, 199, 200, 200, 200, 200, 202, 300, 302, 305, 401, 407, 404, 408, 420, 422, 423,
    481, 487, 491, 503, 603,
];

const METHODS: [Method; 13] = [
    Method::Invite,
    Method::Ack,
    Method::Bye,
    Method::Cancel,
    Method::Options,
    Method::Info,
    Method::Notify,
    Method::Update,
    Method::Prack,
    Method::Refer,
    Method::Message,
    Method::Subscribe,
    Method::Register,
];

/// The steps of a script. Every sequence of bytes is one.
pub fn read(script: &[u8]) -> Vec<Step> {
    let mut bytes = Bytes(script);
    let mut steps = Vec::new();
    while let Some(what) = bytes.0.first().copied() {
        bytes.next();
        steps.extend(step(what, &mut bytes));
    }
    steps
}

fn step(what: u8, bytes: &mut Bytes<'_>) -> Option<Step> {
    Some(match what % 32 {
        0 => Step::Open,
        1 => Step::Close,
        2 => Step::ReconnectNow,
        3 => Step::Pass(Duration::from_millis(bytes.next().into())),
        4 => Step::Pass(Duration::from_secs(bytes.next().into())),
        5 => Step::Dial,
        6 => Step::Answer(bytes.below(2)),
        7 => Step::Decline(bytes.below(2)),
        8 => Step::HangUp(bytes.below(2)),
        9 => Step::Describe { call: bytes.below(2), late: bytes.below(3).into() },
        10 => Step::RefuseDescription { call: bytes.below(2), late: bytes.below(3).into() },
        11 | 12 => Step::Reply {
            request: bytes.below(4),
            status: bytes.one_of(&STATUSES),
            sdp: bytes.one_of(&[Sdp::None, Sdp::SendRecv, Sdp::SendOnly, Sdp::Inactive]),
            tag: bytes.below(3),
        },
        13 => Step::Request {
            method: bytes.one_of(&METHODS),
            of: bytes.below(8),
            cseq: bytes.below(20).into(),
            sdp: bytes.one_of(&[Sdp::None, Sdp::SendRecv, Sdp::SendOnly, Sdp::Inactive]),
        },
        14 => Step::RequestOfCallee {
            method: bytes.one_of(&METHODS),
            of: bytes.below(4),
            cseq: bytes.below(20).into(),
            sdp: bytes.one_of(&[Sdp::None, Sdp::SendRecv, Sdp::SendOnly, Sdp::Inactive]),
            tag: bytes.below(3),
        },
        15 => Step::SameTransaction {
            method: if bytes.flag() { Method::Ack } else { Method::Cancel },
            of: bytes.below(4),
        },
        16 => Step::Again { by_another_way: false },
        17 => {
            let length = usize::from(bytes.next()).min(bytes.0.len());
            let (taken, rest) = bytes.0.split_at(length);
            bytes.0 = rest;
            Step::Bytes(taken.to_vec())
        }
        18 => Step::Mirror {
            message: bytes.below(4),
            place: u16::from_be_bytes([bytes.next(), bytes.next()]),
            byte: bytes.next(),
        },
        19 => Step::Stop,
        20 => Step::Start,
        // What leads deeper comes more often: a call that is placed, one that comes, and what they need.
        21 => Step::Describe { call: 0, late: 0 },
        22 => Step::Reply { request: 0, status: 200, sdp: Sdp::SendRecv, tag: 0 },
        23 => Step::Reply { request: 0, status: 200, sdp: Sdp::None, tag: 0 },
        24 => Step::Request { method: Method::Invite, of: u8::MAX, cseq: 1, sdp: Sdp::SendRecv },
        25 => Step::Answer(0),
        26 => Step::SameTransaction { method: Method::Ack, of: 0 },
        27 => Step::Again { by_another_way: true },
        28 => Step::Hold(bytes.below(2)),
        29 => Step::Resume(bytes.below(2)),
        30 => match bytes.below(5) {
            0 => Step::RestartIce(bytes.below(2)),
            1 => Step::Transfer(bytes.below(2)),
            2 => Step::CompleteTransfer(bytes.below(2), bytes.below(2)),
            3 => Step::InfoDigit(bytes.below(2)),
            _ => Step::MediaFlows(bytes.below(2), bytes.flag()),
        },
        // What only a call leads to that has come far.
        31 => match bytes.below(6) {
            0 => Step::ReliableInvite { sdp: bytes.one_of(&[Sdp::None, Sdp::SendRecv]) },
            1 => Step::Prack {
                of: bytes.below(4),
                cseq: bytes.below(20).into(),
                sdp: bytes.one_of(&[Sdp::None, Sdp::SendRecv]),
            },
            2 => Step::Replace { whose: bytes.side() },
            3 => Step::Progress {
                whose: bytes.side(),
                cseq: bytes.below(20).into(),
                status: bytes.one_of(&STATUSES),
                is_last: bytes.flag(),
            },
            4 => Step::RefuseEarlyAnswer(bytes.below(2)),
            _ => return None,
        },
        _ => return None,
    })
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    /// The next byte; zero behind the end.
    fn next(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    fn below(&mut self, limit: u8) -> u8 {
        self.next() % limit
    }

    fn side(&mut self) -> Side {
        match self.flag() {
            true => Side::Callee(self.below(4), self.below(3)),
            false => Side::Caller(self.below(8)),
        }
    }

    fn flag(&mut self) -> bool {
        self.next() % 2 == 1
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::from(self.next()) % all.len()].clone()
    }
}
