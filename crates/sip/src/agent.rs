//! The user agent: registration and calls over one WebSocket.

use crate::call::Calls;
use crate::endpoint::Endpoint;
use crate::line::LineKeeper;
use crate::message::{Message, Response};
use crate::random::Random;
use crate::settings::Settings;
use crate::timer::Timer;
use crate::transaction::{Delivery, User};
use crate::{
    Account, AccountError, CallId, DialError, Entropy, Output, Time, TransferError, requests,
};

/// A SIP user agent without IO. After every call drain [`Agent::poll_output`], then re-arm one timer
/// from [`Agent::poll_timeout`].
///
/// It registers (RFC 3261, section 10) over a WebSocket (RFC 7118), keeps the registration and the connection
/// alive (RFC 5626, section 4.4.1), and carries a call (RFC 3261, section 13), or two while one of them is held;
/// others hear 486. A call that was answered survives the loss of the socket.
pub struct Agent {
    endpoint: Endpoint,
    line: LineKeeper,
    calls: Calls,
    /// The server took our requests when this was last looked at.
    was_admitted: bool,
}

impl Agent {
    /// An agent that does nothing yet. Errors if the account cannot work as it is written.
    pub fn new(account: Account, entropy: impl Entropy + 'static) -> Result<Agent, AccountError> {
        let mut endpoint = Endpoint::new(Settings::new(account)?, Random::new(entropy));
        let line = LineKeeper::new(&mut endpoint);
        Ok(Agent { endpoint, line, calls: Calls::default(), was_admitted: false })
    }

    /// Connects, registers, and keeps it so until [`Agent::stop`]. After a refused password it tries once more.
    pub fn start(&mut self, now: Time) {
        self.line.start(&mut self.endpoint, now);
        self.settle(now);
    }

    /// Ends calls, unregisters, and disconnects; all of it within a few seconds, or at once without a connection.
    pub fn stop(&mut self, now: Time) {
        self.calls.hang_up_all(&mut self.endpoint, now);
        self.line.stop(&mut self.endpoint, now);
        self.settle(now);
    }

    /// Tries at once instead of waiting for the back-off; when registered, checks that the server still
    /// replies. For the browser's `online`, and for a page that became visible. A pause that the server demands, and
    /// the rest after a refused account, are kept all the same.
    pub fn reconnect_now(&mut self, now: Time) {
        self.line.reconnect_now(&mut self.endpoint, now);
        self.settle(now);
    }

    /// The socket is open.
    pub fn socket_opened(&mut self, now: Time) {
        self.line.socket_opened(&mut self.endpoint, now);
        self.settle(now);
    }

    /// The socket did not open, or is closed.
    pub fn socket_closed(&mut self, now: Time) {
        self.line.socket_closed(&mut self.endpoint, now);
        self.settle(now);
    }

    /// One WebSocket message came. Whatever it holds, this never panics.
    pub fn receive(&mut self, now: Time, message: &[u8]) {
        if !self.endpoint.connected {
            return;
        }
        self.endpoint.timers.stop(Timer::Pong);
        if message.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
            self.line.heard_line_ends(&mut self.endpoint, message);
            return;
        }
        match Message::parse(message) {
            // What we sent ourselves: an answer to it would be taken for the server's.
            Ok(Message::Request(request)) if self.endpoint.wrote(request.via()) => {
                self.line.heard_garbage(&mut self.endpoint, now);
            }
            Ok(Message::Request(request)) => {
                self.line.heard_sip(&mut self.endpoint);
                requests::receive(&mut self.endpoint, &mut self.calls, now, &request);
            }
            Ok(Message::Response(response)) => {
                self.line.heard_sip(&mut self.endpoint);
                self.receive_response(now, &response);
            }
            Err(bad) => match bad.answerable {
                Some(headers) => {
                    self.line.heard_sip(&mut self.endpoint);
                    self.endpoint.answer_headers(&headers, bad.status, &[]);
                }
                None => self.line.heard_garbage(&mut self.endpoint, now),
            },
        }
        self.settle(now);
    }

    /// The moment of [`Agent::poll_timeout`] has come. A call that comes early or late does no harm.
    pub fn handle_timeout(&mut self, now: Time) {
        while let Some(timer) = self.endpoint.timers.take_due(now) {
            self.fire(now, timer);
            self.settle(now);
        }
    }

    /// Calls a number, an extension or a whole `sip:` address. An [`Event::Describe`](crate::Event::Describe)
    /// follows; the INVITE leaves with its description. Errors if the target cannot be called, the line is not
    /// registered, or a call is up that we do not hold.
    ///
    /// `from` is the number that we would like the other side to see; whether they do is for the server to decide
    /// (P-Preferred-Identity, RFC 3325, section 9.2). What is no number is left out.
    pub fn dial(
        &mut self,
        _now: Time,
        target: &str,
        from: Option<&str>,
    ) -> Result<CallId, DialError> {
        self.calls.dial(&mut self.endpoint, target, from)
    }

    /// Takes an incoming call. The 200 leaves as soon as its description is there.
    pub fn answer(&mut self, now: Time, call: CallId) {
        self.calls.answer(&mut self.endpoint, now, call);
    }

    /// Turns an incoming call down with 486 Busy Here.
    pub fn decline(&mut self, now: Time, call: CallId) {
        self.calls.decline(&mut self.endpoint, now, call);
    }

    /// Ends a call in whatever state it is: CANCEL, BYE or a refusal. Without a connection a BYE waits up to
    /// three minutes for one; the call is over on this side at once.
    pub fn hang_up(&mut self, now: Time, call: CallId) {
        self.calls.hang_up(&mut self.endpoint, now, call);
    }

    /// The description that [`Event::Describe`](crate::Event::Describe) asked for.
    pub fn local_description(&mut self, now: Time, call: CallId, generation: u32, sdp: String) {
        self.calls.described(&mut self.endpoint, now, call, generation, sdp);
    }

    /// The browser could not make the description, or could not apply the final one of
    /// [`Event::Remote`](crate::Event::Remote); the call ends with `End::Media` (488 or BYE to the other side).
    /// The offer of a call that is up already (generation 1 and more) is refused, and the call goes on as it was.
    pub fn description_refused(&mut self, now: Time, call: CallId, generation: u32) {
        self.calls.description_refused(&mut self.endpoint, now, call, generation);
    }

    /// The browser could not apply an early answer ([`Event::Remote`](crate::Event::Remote) with `early`). The call
    /// rings on without its sound; only the final answer has to fit.
    pub fn early_answer_refused(&mut self, now: Time, call: CallId) {
        self.calls.early_answer_refused(&mut self.endpoint, now, call);
    }

    /// Holds the other side of a call that is up (RFC 3264, section 8.4): an [`Event::Describe`](crate::Event)
    /// with `hold` follows, and [`Event::Hold`](crate::Event::Hold) when the other side agreed, or
    /// [`Event::HoldRefused`](crate::Event::HoldRefused). What is wanted last counts, also while an earlier wish
    /// is under way or the socket is lost.
    pub fn hold(&mut self, now: Time, call: CallId) {
        self.calls.hold(&mut self.endpoint, now, call, true);
    }

    /// Takes the other side off hold, in the same way.
    pub fn resume(&mut self, now: Time, call: CallId) {
        self.calls.hold(&mut self.endpoint, now, call, false);
    }

    /// Begins ICE anew for a call that is up (RFC 8445, section 9), after a change of network or when no audio
    /// arrives: an [`Event::Describe`](crate::Event::Describe) with `restart_ice` follows, as soon as the other
    /// side can be reached.
    pub fn restart_ice(&mut self, now: Time, call: CallId) {
        self.calls.restart_ice(&mut self.endpoint, now, call);
    }

    /// Hands a call on to a number, an extension or a `sip:` address without asking there first (RFC 3515).
    /// [`Event::Transfer`](crate::Event::Transfer) tells what becomes of it; this side stays in the call until the
    /// target took it. Errors if the target cannot be called, or the call cannot be handed on now.
    pub fn transfer(&mut self, now: Time, call: CallId, target: &str) -> Result<(), TransferError> {
        self.calls.transfer(&mut self.endpoint, now, call, target)
    }

    /// Connects the other sides of two calls that are up with each other (RFC 5589, section 7): that of `held` is
    /// asked to take our place in `consult` (RFC 3891). [`Event::Transfer`](crate::Event::Transfer) of `held` tells
    /// what becomes of it; both calls end with `End::Transferred`, or both stay. Errors if one cannot be handed on
    /// now.
    pub fn complete_transfer(
        &mut self,
        now: Time,
        held: CallId,
        consult: CallId,
    ) -> Result<(), TransferError> {
        self.calls.complete_transfer(&mut self.endpoint, now, held, consult)
    }

    /// Sends one of `0`-`9`, `*`, `#`, `A`-`D` as `application/dtmf-relay` in an INFO, for a PBX that wants that
    /// instead of RFC 4733. Anything else, and a call that is not up, is left alone.
    pub fn info_digit(&mut self, now: Time, call: CallId, digit: char) {
        self.calls.info_digit(&mut self.endpoint, now, call, digit);
    }

    /// Whether the other side's audio arrives; a call counts as heard until this says otherwise. A call that is
    /// neither heard nor has a line for 30 s is given up.
    pub fn media_flows(&mut self, now: Time, call: CallId, flows: bool) {
        self.calls.media_flows(&mut self.endpoint, now, call, flows);
    }

    /// The Call-ID of a call that is up, rings or is being placed, to file it under.
    pub fn sip_call_id(&self, call: CallId) -> Option<&str> {
        self.calls.sip_call_id(call)
    }

    /// The next thing to carry out.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.endpoint.poll_output()
    }

    /// When to call [`Agent::handle_timeout`].
    pub fn poll_timeout(&self) -> Option<Time> {
        self.endpoint.timers.next()
    }

    fn receive_response(&mut self, now: Time, response: &Response) {
        let Some(delivery) = self.endpoint.receive_response(now, response) else { return };
        match delivery.user {
            User::Registration => {
                self.line.registration_replied(&mut self.endpoint, now, &delivery, response);
            }
            User::Call(call) => {
                self.calls.replied(&mut self.endpoint, now, call, &delivery, response);
            }
            User::Dialog(call) => {
                self.calls.replied_within(&mut self.endpoint, now, call, &delivery, response);
            }
            User::KeepAlive => self.line.options_replied(),
            User::Nobody => {}
        }
    }

    fn unanswered(&mut self, now: Time, delivery: &Delivery) {
        match delivery.user {
            User::Registration => self.line.registration_timed_out(&mut self.endpoint, now),
            User::Call(call) | User::Dialog(call) => {
                self.calls.unanswered(&mut self.endpoint, now, call, delivery)
            }
            User::KeepAlive | User::Nobody => {}
        }
    }

    fn fire(&mut self, now: Time, timer: Timer) {
        let endpoint = &mut self.endpoint;
        match timer {
            Timer::Retry => self.line.retry(endpoint, now),
            Timer::Opening => self.line.opening_timed_out(endpoint, now),
            Timer::FirstWord => self.line.no_first_word(endpoint, now),
            Timer::KeepAlive => self.line.keep_alive(endpoint, now),
            Timer::Return => self.line.return_to_preferred(endpoint, now),
            Timer::Pong => self.line.no_pong(endpoint, now),
            Timer::Probe => self.line.no_sign_of_life(endpoint, now),
            Timer::Refresh => self.line.refresh(endpoint, now),
            Timer::Stopping => {
                self.calls.forget_all(endpoint);
                self.line.finish_stop(endpoint);
            }
            Timer::Client(id) => {
                if let Some(delivery) = endpoint.client_timed_out(id) {
                    self.unanswered(now, &delivery);
                }
            }
            Timer::Server(id) => endpoint.forget_server(id),
            Timer::RepeatOk(call) => self.calls.repeat_ok(endpoint, now, call),
            Timer::AwaitAck(call) => self.calls.no_ack(endpoint, now, call),
            Timer::RingAgain(call) => self.calls.ring_again(endpoint, now, call),
            Timer::Expires(call) => self.calls.expired(endpoint, now, call),
            Timer::Change(call)
            | Timer::TryAgain(call)
            | Timer::SessionRefresh(call)
            | Timer::SessionEnd(call)
            | Timer::Transfer(call)
            | Timer::GiveUp(call) => self.calls.active_timer(endpoint, now, timer, call),
            Timer::Farewell(call) => self.calls.farewell_over(endpoint, now, call),
        }
    }

    /// Lets the calls know what became of the line, and finishes a stop that waits for nothing any more.
    fn settle(&mut self, now: Time) {
        self.endpoint.in_call = self.calls.is_any_up();
        if self.endpoint.take_lost() {
            self.was_admitted = false;
            self.endpoint.fail_transactions();
            self.calls.socket_lost(&mut self.endpoint, now);
        }
        if self.endpoint.admitted && !self.was_admitted {
            self.was_admitted = true;
            self.calls.line_back(&mut self.endpoint, now);
        }
        if self.line.is_unregistered() && (self.calls.is_empty() || !self.endpoint.connected) {
            self.calls.forget_all(&mut self.endpoint);
            self.line.finish_stop(&mut self.endpoint);
        }
    }
}
