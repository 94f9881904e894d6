//! What must hold whatever comes.

use ringdock_sip::message::{Headers, Message, Method, Name};
use ringdock_sip::{CallId, Event, Output};

/// Watches the agent's messages and events, and panics where one breaks a law.
#[derive(Default)]
pub struct Laws {
    is_open: bool,
    seen: Vec<CallId>,
    over: Vec<CallId>,
    transactions: Vec<Transaction>,
}

/// A transaction that the other side began.
struct Transaction {
    key: Vec<u8>,
    /// How often its request came.
    requests: usize,
    /// The final responses to it.
    finals: Vec<Vec<u8>>,
}

/// What a request and its responses have in common: the way back, the Call-ID and the CSeq.
fn key(headers: &Headers) -> Vec<u8> {
    let values =
        [Name::Via, Name::CallId, Name::CSeq].map(|name| headers.get(name).unwrap_or_default());
    values.concat().into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect()
}

impl Laws {
    pub fn socket_opened(&mut self) {
        self.is_open = true;
    }

    pub fn socket_closed(&mut self) {
        self.is_open = false;
    }

    /// A message came for the agent.
    pub fn came(&mut self, bytes: &[u8]) {
        let headers = match Message::parse(bytes) {
            Ok(Message::Request(request)) if *request.method() == Method::Ack => return,
            Ok(Message::Request(request)) => request.headers().clone(),
            Ok(Message::Response(_)) => return,
            Err(bad) => match bad.answerable {
                Some(headers) => *headers,
                None => return,
            },
        };
        let key = key(&headers);
        match self.transactions.iter_mut().find(|known| known.key == key) {
            Some(known) => known.requests += 1,
            None => self.transactions.push(Transaction { key, requests: 1, finals: Vec::new() }),
        }
    }

    /// The agent did something.
    pub fn watch(&mut self, output: &Output) {
        match output {
            Output::Connect { .. } | Output::Disconnect => self.is_open = false,
            Output::Send(bytes) => self.sent(bytes),
            Output::Event(event) => self.told(event),
        }
    }

    fn sent(&mut self, bytes: &[u8]) {
        assert!(self.is_open, "something is sent without a socket");
        if matches!(bytes, b"\r\n" | b"\r\n\r\n") {
            return;
        }
        match Message::parse(bytes) {
            Ok(Message::Request(_)) => {}
            Ok(Message::Response(response)) if response.status() >= 200 => {
                let is_invite = response.cseq().method == Method::Invite;
                self.answered(key(response.headers()), is_invite, bytes);
            }
            Ok(Message::Response(_)) => {}
            // The answer to a broken request copies what is broken in it.
            Err(bad) => assert!(bytes.starts_with(b"SIP/2.0 4"), "an own message is broken: {bad}"),
        }
    }

    /// One final response to each request (RFC 3261, section 17.2); to an INVITE it may be sent often.
    fn answered(&mut self, key: Vec<u8>, is_invite: bool, bytes: &[u8]) {
        let Some(known) = self.transactions.iter_mut().find(|known| known.key == key) else {
            panic!("an answer to nobody: {}", String::from_utf8_lossy(bytes));
        };
        if !is_invite || !known.finals.iter().any(|earlier| earlier == bytes) {
            known.finals.push(bytes.to_vec());
        }
        let text = String::from_utf8_lossy(bytes);
        assert!(known.finals.len() <= known.requests, "one more final response: {text}");
    }

    fn told(&mut self, event: &Event) {
        let Some(call) = call_of(event) else { return };
        assert!(!self.over.contains(&call), "{event:?} of a call that is over");
        if !self.seen.contains(&call) {
            self.seen.push(call);
        }
        if matches!(event, Event::Ended { .. }) {
            self.over.push(call);
        }
    }

    /// Every call that the user heard of has ended.
    pub fn all_calls_are_over(&self) {
        for call in &self.seen {
            assert!(self.over.contains(call), "{call:?} never ended");
        }
    }

    /// Drops what belongs to a round that is over.
    pub fn forget(&mut self) {
        self.seen = Vec::new();
        self.over = Vec::new();
        self.transactions = Vec::new();
    }
}

fn call_of(event: &Event) -> Option<CallId> {
    match event {
        Event::Incoming { call, .. }
        | Event::Describe { call, .. }
        | Event::Remote { call, .. }
        | Event::Ringing { call, .. }
        | Event::Answered { call }
        | Event::SignallingLost { call }
        | Event::SignallingRestored { call }
        | Event::Referred { call, .. }
        | Event::Rollback { call, .. }
        | Event::Identity { call, .. }
        | Event::Hold { call, .. }
        | Event::HoldRefused { call, .. }
        | Event::Transfer { call, .. }
        | Event::Ended { call, .. } => Some(*call),
        Event::Line(_) | Event::TurnedAway(_) => None,
    }
}
