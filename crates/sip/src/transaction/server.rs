//! Server transactions (RFC 3261, section 17.2; RFC 6026, section 7.1). Requests other than INVITE are
//! answered in the moment they come, and with timer J at zero their transaction is over then; so only
//! INVITEs are kept here.
//!
//! ```text
//! Proceeding --2xx--> Accepted --timer L--> gone
//! Proceeding --300-699--> Completed --ACK or timer H--> gone
//! ```

use crate::table::Table;

use crate::endpoint::Endpoint;
use crate::message::{Draft, Headers, Method, Name, Request};
use crate::outgoing::SDP;
use crate::timer::{PATIENCE, Timer};
use crate::{CallId, Time};

/// More INVITEs than come to one phone within timer H.
const MOST_INVITES: usize = 64;

/// The transactions of the INVITEs that came.
#[derive(Debug, Default)]
pub(crate) struct Servers {
    next: u64,
    live: Table<u64, Server>,
}

#[derive(Debug)]
struct Server {
    key: String,
    /// What the copies of one request that came by different ways have in common.
    origin: String,
    request: Headers,
    /// Our tag in the To of all responses.
    tag: String,
    state: State,
    last: Vec<u8>,
    call: Option<CallId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Proceeding,
    Completed,
    Accepted,
}

/// What an INVITE is to the transaction layer.
pub(crate) enum Arrival {
    /// New; its transaction is open.
    New(u64),
    /// It came before, or there are too many; it was dealt with.
    Repeated,
    /// It came before by another way (RFC 3261, section 8.2.2.2); the transaction is open, to say 482.
    Merged(u64),
}

/// The transaction that a request belongs to (RFC 3261, section 17.2.3), the method aside: ACK and CANCEL
/// belong to their INVITE's.
fn key(request: &Request) -> String {
    let via = request.via();
    match via.unique_branch() {
        Some(branch) => [branch, "|", &via.sent_by()].concat().to_ascii_lowercase(),
        // RFC 2543 knew no unique branches.
        None => [request.uri().as_str(), "|", &origin(request), "|", &via.to_string()].concat(),
    }
}

fn origin(request: &Request) -> String {
    let tag = request.from().tag().unwrap_or_default();
    [tag, "|", request.call_id(), "|", &request.cseq().number.to_string()].concat()
}

impl Endpoint {
    /// Opens the transaction of an INVITE, unless it has one.
    pub(crate) fn receive_invite(&mut self, request: &Request) -> Arrival {
        let (key, origin) = (key(request), origin(request));
        let known = self.servers.live.values().find(|server| server.key == key);
        if let Some(server) = known {
            if server.state != State::Accepted && !server.last.is_empty() {
                let last = server.last.clone();
                self.send(last);
            }
            return Arrival::Repeated;
        }
        if self.servers.live.len() >= MOST_INVITES {
            self.answer(request, 503, &[]);
            return Arrival::Repeated;
        }
        let is_merged = request.to().tag().is_none()
            && self.servers.live.values().any(|server| server.origin == origin);
        let id = self.servers.next;
        self.servers.next += 1;
        let server = Server {
            key,
            origin,
            request: request.headers().clone(),
            tag: self.random.token(),
            state: State::Proceeding,
            last: Vec::new(),
            call: None,
        };
        self.servers.live.insert(id, server);
        if is_merged { Arrival::Merged(id) } else { Arrival::New(id) }
    }

    /// Ties a transaction to its call, and gives out our tag.
    pub(crate) fn adopt_invite(&mut self, id: u64, call: CallId) -> String {
        match self.servers.live.get_mut(&id) {
            Some(server) => {
                server.call = Some(call);
                server.tag.clone()
            }
            None => String::new(),
        }
    }

    /// Takes the ACK to a refusal. False if it acknowledges something else.
    pub(crate) fn receive_ack(&mut self, request: &Request) -> bool {
        let key = key(request);
        let found = self.servers.live.iter().find(|(_, server)| server.key == key);
        match found.map(|(id, server)| (*id, server.state)) {
            Some((id, State::Completed)) => {
                self.forget_server(id);
                true
            }
            Some((_, State::Proceeding)) => true,
            Some((_, State::Accepted)) | None => false,
        }
    }

    /// Answers a CANCEL (RFC 3261, section 9.2). The call is given out if its INVITE is still open.
    pub(crate) fn receive_cancel(&mut self, request: &Request) -> Option<CallId> {
        let key = key(request);
        let found = self.servers.live.values().find(|server| server.key == key);
        let Some(server) = found else {
            self.answer(request, 481, &[]);
            return None;
        };
        let call = server.call.filter(|_| server.state == State::Proceeding);
        let response = Draft::response(request.headers(), 200, Some(&server.tag)).to_bytes();
        self.send(response);
        call
    }

    /// Responds to an INVITE in its transaction. The message is given out for those who send it again: 2xx are
    /// (RFC 3261, section 13.3.1.4).
    pub(crate) fn respond(
        &mut self,
        now: Time,
        id: u64,
        status: u16,
        headers: &[(Name, String)],
        sdp: Option<&str>,
    ) -> Vec<u8> {
        let Some(server) = self.servers.live.get_mut(&id) else { return Vec::new() };
        if server.state != State::Proceeding {
            return Vec::new();
        }
        let mut draft = Draft::response(&server.request, status, Some(&server.tag));
        if status < 300 {
            // RFC 3261, section 12.1.1: a response that makes a dialog shows its route.
            for route in server.request.all(Name::RecordRoute) {
                draft.push(Name::RecordRoute, route);
            }
        }
        for (name, value) in headers {
            draft.push(*name, value);
        }
        if let Some(sdp) = sdp {
            draft = draft.with_body(SDP, sdp);
        }
        let message = draft.to_bytes();
        server.last.clone_from(&message);
        if status >= 200 {
            server.state = if status < 300 { State::Accepted } else { State::Completed };
            self.timers.set(Timer::Server(id), now + PATIENCE);
        }
        self.send(message.clone());
        message
    }

    /// Answers a request other than INVITE, or one that no transaction is worth.
    pub(crate) fn answer(&mut self, request: &Request, status: u16, headers: &[(Name, String)]) {
        if *request.method() == Method::Ack {
            return;
        }
        self.answer_headers(request.headers(), status, headers);
    }

    /// The same for a request of which no more than the headers was understood.
    pub(crate) fn answer_headers(
        &mut self,
        request: &Headers,
        status: u16,
        headers: &[(Name, String)],
    ) {
        let tag = self.random.token();
        let mut draft = Draft::response(request, status, Some(&tag));
        for (name, value) in headers {
            draft.push(*name, value);
        }
        self.send(draft.to_bytes());
    }

    /// The same with a session description, inside a dialog.
    pub(crate) fn answer_with(
        &mut self,
        request: &Headers,
        status: u16,
        headers: &[(Name, String)],
        sdp: Option<&str>,
    ) {
        let mut draft = Draft::response(request, status, None);
        for (name, value) in headers {
            draft.push(*name, value);
        }
        if let Some(sdp) = sdp {
            draft = draft.with_body(SDP, sdp);
        }
        self.send(draft.to_bytes());
    }

    /// Timer H or L fired, or the transaction has done its work.
    pub(crate) fn forget_server(&mut self, id: u64) {
        self.servers.live.remove(&id);
        self.timers.stop(Timer::Server(id));
    }

    /// The socket is gone: nobody waits for a response any more.
    pub(crate) fn forget_servers(&mut self) {
        for (id, _) in std::mem::take(&mut self.servers.live) {
            self.timers.stop(Timer::Server(id));
        }
    }
}
