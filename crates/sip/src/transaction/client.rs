//! Client transactions (RFC 3261, section 17.1; RFC 6026, section 7.2).
//!
//! ```text
//! INVITE:      Trying --1xx--> Proceeding --2xx--> Accepted --timer M--> gone
//!              Trying --timer B--> gone            both --300-699, ACK--> gone
//! non-INVITE:  Trying --1xx--> Proceeding          both --200-699 or timer F--> gone
//! ```

use crate::table::Table;
use std::rc::Rc;

use crate::auth::{Attempt, Unanswered};
use crate::endpoint::Endpoint;
use crate::message::{Method, Name, Response};
use crate::outgoing::Outgoing;
use crate::timer::{PATIENCE, Timer};
use crate::{CallId, Time};

/// Whom the responses of a transaction go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum User {
    Registration,
    /// The INVITE of a call that we place.
    Call(CallId),
    /// A request inside the dialog of a call.
    Dialog(CallId),
    /// An OPTIONS to see whether the server is there.
    KeepAlive,
    /// A CANCEL, whose response changes nothing (RFC 3261, section 9.1).
    Nobody,
}

/// The transactions of the requests that we sent.
#[derive(Debug, Default)]
pub(crate) struct Clients {
    next: u64,
    live: Table<u64, Client>,
}

#[derive(Debug)]
struct Client {
    branch: String,
    request: Rc<Outgoing>,
    user: User,
    attempt: Attempt,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Trying,
    Proceeding,
    Accepted,
}

/// More requests than wait for a reply at one time, unless somebody makes us send them.
const CROWD: usize = 64;

impl Clients {
    /// Whether requests that nobody needs badly should not be added.
    pub(crate) fn are_crowded(&self) -> bool {
        self.live.len() >= CROWD
    }

    /// Whether an INVITE inside the dialog of this call has no final response yet.
    pub(crate) fn has_open_invite(&self, call: CallId) -> bool {
        self.live.values().any(|client| {
            client.user == User::Dialog(call)
                && client.request.method == Method::Invite
                && client.state != State::Accepted
        })
    }

    /// Whether there is an INVITE of which nothing was heard yet.
    pub(crate) fn has_new_invite(&self) -> bool {
        self.live
            .values()
            .any(|client| client.request.method == Method::Invite && client.state == State::Trying)
    }
}

/// What a transaction passes up along with a response, or with the lack of one.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) user: User,
    /// The transaction.
    pub(crate) id: u64,
    /// The request that was sent.
    pub(crate) request: Rc<Outgoing>,
    /// A 2xx to an INVITE that had one before.
    pub(crate) is_repeated: bool,
    attempt: Attempt,
}

/// What became of a request that was challenged.
pub(crate) enum Challenged {
    /// It was sent again, in this transaction.
    Again(u64),
    /// It was not, and why.
    Refused(Unanswered),
}

impl Client {
    fn delivery(&self, id: u64) -> Delivery {
        Delivery {
            user: self.user,
            id,
            request: Rc::clone(&self.request),
            is_repeated: self.state == State::Accepted,
            attempt: self.attempt.clone(),
        }
    }
}

impl Endpoint {
    /// Sends a request in a new transaction, with credentials if the server's last nonce can be used again.
    pub(crate) fn request(&mut self, now: Time, request: Outgoing, user: User) -> u64 {
        // Any reply to a keep-alive will do, so it shows no credentials and uses no nonce up.
        let credentials = match user {
            User::KeepAlive => Vec::new(),
            _ => self.auth.reuse(self.server, &request, &mut self.random),
        };
        if request.method == Method::Invite {
            // Somebody waits for the reply: whether anybody is there to give one is found out at once.
            self.timers.hasten(Timer::KeepAlive, now);
        }
        self.begin(now, Outgoing { credentials, ..request }, user, Attempt::default())
    }

    /// Answers a 401 or 407 by sending the request again with this number, if the challenge is one that we may
    /// answer.
    pub(crate) fn answer_challenge(
        &mut self,
        now: Time,
        delivery: &Delivery,
        response: &Response,
        cseq: u32,
    ) -> Challenged {
        let mut request = (*delivery.request).clone();
        request.cseq = cseq;
        let mut attempt = delivery.attempt.clone();
        match self.auth.answer(self.server, response, &request, &mut attempt, &mut self.random) {
            Ok(credentials) => {
                let again = Outgoing { credentials, ..request };
                Challenged::Again(self.begin(now, again, delivery.user, attempt))
            }
            Err(unanswered) => Challenged::Refused(unanswered),
        }
    }

    /// Sends the CANCEL of an INVITE that is still open, in a transaction of its own with the same branch
    /// (RFC 3261, section 9.1). False if there is nothing left to cancel.
    pub(crate) fn cancel(&mut self, now: Time, id: u64, reason: &str) -> bool {
        let Some(client) = self.clients.live.get(&id) else { return false };
        if client.state != State::Proceeding {
            return false;
        }
        let branch = client.branch.clone();
        let mut request = client.request.companion(Method::Cancel, client.request.to.clone());
        request.headers.push((Name::Reason, reason.to_owned()));
        self.open(now, branch, request, User::Nobody, Attempt::default());
        // Without a final response within 64*T1 the INVITE counts as cancelled.
        self.timers.set(Timer::Client(id), now + PATIENCE);
        true
    }

    fn begin(&mut self, now: Time, request: Outgoing, user: User, attempt: Attempt) -> u64 {
        let branch = self.random.branch();
        self.open(now, branch, request, user, attempt)
    }

    fn open(
        &mut self,
        now: Time,
        branch: String,
        request: Outgoing,
        user: User,
        attempt: Attempt,
    ) -> u64 {
        let message = request.print(&self.via(&branch));
        self.send(message);
        let id = self.clients.next;
        self.clients.next += 1;
        let client =
            Client { branch, request: Rc::new(request), user, attempt, state: State::Trying };
        self.clients.live.insert(id, client);
        self.timers.set(Timer::Client(id), now + PATIENCE);
        id
    }

    /// Finds the transaction of a response (RFC 3261, section 17.1.3) and moves it on. `None`: the response
    /// belongs to none, or says nothing new.
    pub(crate) fn receive_response(&mut self, now: Time, response: &Response) -> Option<Delivery> {
        let via = response.via();
        // With a second Via it is on its way to somebody else (RFC 3261, section 8.1.3.3).
        if !self.wrote(via) || response.headers().vias().map_or(0, |vias| vias.len()) != 1 {
            return None;
        }
        let cseq = response.cseq();
        let branch = via.branch()?;
        let (&id, client) = self.clients.live.iter_mut().find(|(_, client)| {
            client.branch == branch
                && client.request.method == cseq.method
                && client.request.cseq == cseq.number
                && client.request.call_id == response.call_id()
        })?;
        let is_invite = client.request.method == Method::Invite;
        let delivery = client.delivery(id);
        match (response.status(), client.state) {
            (..=199, State::Accepted) | (300.., State::Accepted) => return None,
            (..=199, _) => {
                let is_first = client.state == State::Trying;
                client.state = State::Proceeding;
                if is_invite && is_first {
                    self.timers.stop(Timer::Client(id));
                }
            }
            (200..=299, State::Accepted) if is_invite => {}
            (200..=299, _) if is_invite => {
                client.state = State::Accepted;
                self.timers.set(Timer::Client(id), now + PATIENCE);
            }
            _ => {
                if is_invite {
                    let ack = client.request.companion(Method::Ack, response.to().to_string());
                    let branch = client.branch.clone();
                    let message = ack.print(&self.via(&branch));
                    self.send(message);
                }
                self.forget_client(id);
            }
        }
        Some(delivery)
    }

    /// Timer B, F or M fired. `None`: the transaction was through with its work.
    pub(crate) fn client_timed_out(&mut self, id: u64) -> Option<Delivery> {
        let client = self.clients.live.remove(&id)?;
        (client.state != State::Accepted).then(|| client.delivery(id))
    }

    /// Gives a transaction up without a word to its user.
    pub(crate) fn forget_client(&mut self, id: u64) {
        self.clients.live.remove(&id);
        self.timers.stop(Timer::Client(id));
    }

    /// The socket is gone, and with it every response that was still due and everybody who waits for one of
    /// ours. The users of the transactions see that the socket is gone.
    pub(crate) fn fail_transactions(&mut self) {
        for (id, _) in std::mem::take(&mut self.clients.live) {
            self.timers.stop(Timer::Client(id));
        }
        self.forget_servers();
    }
}
