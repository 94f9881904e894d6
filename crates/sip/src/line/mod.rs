//! The line: one socket, one registration over it, and coming back after either is lost.
//!
//! ```text
//! Off --start--> Opening --socket--> Registering --2xx--> Registered --refresh--> Registered
//!                   ^                    |                    |
//!                   |                 failure              failure
//!                   +------- Retry ------+--> Resting <-------+
//! any --stop--> Stopping --2xx or limit--> Off
//! ```

mod liveness;
mod registration;
mod rest;
mod servers;

use std::time::Duration;

use crate::backoff::Backoff;
use crate::endpoint::Endpoint;
use crate::timer::Timer;
use crate::{Event, Line, Output, Problem, Time};

use registration::Registration;
use servers::Round;

/// How long a WebSocket may take to open; browsers let it hang for minutes.
const OPENING_LIMIT: Duration = Duration::from_secs(10);
/// How long an attempt to open one counts as begun just now.
const FRESH: Duration = Duration::from_secs(1);
/// How long a stop waits for the other side.
const STOPPING_LIMIT: Duration = Duration::from_secs(4);
/// How long an account that was refused rests: long enough not to be banned for it.
const REFUSED_REST: Duration = Duration::from_secs(60);

/// Keeps the line up.
pub(crate) struct LineKeeper {
    phase: Phase,
    backoff: Backoff,
    round: Round,
    registration: Registration,
    /// The server confirmed a registration since the start.
    was_registered: bool,
    /// Something that is SIP came over this socket.
    heard_sip: bool,
    /// Something that is not SIP came over this socket before anything that is.
    heard_garbage: bool,
    /// The server replied to a keep-alive over this socket.
    heard_pong: bool,
    /// Whether it replies to OPTIONS, as far as that was tried over this socket.
    replies_to_options: Option<bool>,
    /// Pings since a registration showed last that a server that replies to none is there.
    unchecked: u8,
    /// No attempt before this moment: the server demands it, or refused the account.
    not_before: Option<Time>,
    reported: Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Off,
    Opening,
    Registering,
    Registered,
    /// Until [`Timer::Retry`]; or for good, if that does not run.
    Resting,
    Stopping {
        unregistered: bool,
    },
}

impl LineKeeper {
    pub(crate) fn new(endpoint: &mut Endpoint) -> LineKeeper {
        LineKeeper {
            phase: Phase::Off,
            backoff: Backoff::default(),
            round: Round::default(),
            registration: Registration::new(endpoint),
            was_registered: false,
            heard_sip: false,
            heard_garbage: false,
            heard_pong: false,
            replies_to_options: None,
            unchecked: 0,
            not_before: None,
            reported: Line::Off,
        }
    }

    pub(crate) fn start(&mut self, endpoint: &mut Endpoint, now: Time) {
        let is_latched = self.phase == Phase::Resting && !endpoint.timers.runs(Timer::Retry);
        match self.phase {
            Phase::Off | Phase::Stopping { .. } => {}
            Phase::Resting if is_latched => {}
            Phase::Opening | Phase::Registering | Phase::Registered | Phase::Resting => return,
        }
        self.forget_socket(endpoint);
        self.backoff.reset();
        self.round = Round::draw(&endpoint.settings.servers, &mut endpoint.random);
        self.was_registered = false;
        self.not_before = None;
        self.report(endpoint, Line::Connecting);
        self.open(endpoint, now);
    }

    /// Unregisters. The line is off when that is confirmed and [`LineKeeper::finish_stop`] is called.
    pub(crate) fn stop(&mut self, endpoint: &mut Endpoint, now: Time) {
        if matches!(self.phase, Phase::Off | Phase::Stopping { .. }) {
            return;
        }
        for timer in [
            Timer::Retry,
            Timer::Opening,
            Timer::FirstWord,
            Timer::Probe,
            Timer::Refresh,
            Timer::Return,
        ] {
            endpoint.timers.stop(timer);
        }
        let is_due =
            endpoint.connected && matches!(self.phase, Phase::Registered | Phase::Registering);
        self.phase = Phase::Stopping { unregistered: !is_due };
        endpoint.registered = false;
        endpoint.stopping = true;
        if is_due {
            self.registration.unregister(endpoint, now);
        }
        if endpoint.connected {
            endpoint.timers.set(Timer::Stopping, now + STOPPING_LIMIT);
        }
    }

    /// Whether a stop waits for nothing of its own any more.
    pub(crate) fn is_unregistered(&self) -> bool {
        self.phase == Phase::Stopping { unregistered: true }
    }

    pub(crate) fn finish_stop(&mut self, endpoint: &mut Endpoint) {
        if matches!(self.phase, Phase::Stopping { .. }) {
            endpoint.output(Output::Disconnect);
            self.forget_socket(endpoint);
            self.phase = Phase::Off;
            self.report(endpoint, Line::Off);
        }
    }

    pub(crate) fn socket_opened(&mut self, endpoint: &mut Endpoint, now: Time) {
        if self.phase != Phase::Opening {
            return;
        }
        endpoint.timers.stop(Timer::Opening);
        endpoint.connected = true;
        self.heard_sip = false;
        self.heard_garbage = false;
        self.heard_pong = false;
        self.replies_to_options = None;
        self.unchecked = 0;
        self.schedule_keep_alive(endpoint, now);
        self.expect_first_word(endpoint, now);
        self.phase = Phase::Registering;
        self.registration.register(endpoint, now);
    }

    pub(crate) fn socket_closed(&mut self, endpoint: &mut Endpoint, now: Time) {
        match self.phase {
            Phase::Off => {}
            Phase::Stopping { .. } => {
                self.forget_socket(endpoint);
                self.phase = Phase::Stopping { unregistered: true };
            }
            Phase::Resting if !endpoint.connected => {}
            // Refused, and without another attempt to come: that stays what there is to say.
            Phase::Resting if !endpoint.timers.runs(Timer::Retry) => self.forget_socket(endpoint),
            Phase::Resting if self.must_rest(now) => self.rest_without_socket(endpoint),
            Phase::Opening | Phase::Registering | Phase::Registered | Phase::Resting => {
                self.forget_socket(endpoint);
                self.rest(endpoint, now, Problem::Unreachable, None);
            }
        }
    }

    /// [`Timer::Opening`] fired.
    pub(crate) fn opening_timed_out(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.hang_up_socket(endpoint);
        self.rest(endpoint, now, Problem::Unreachable, None);
    }

    pub(crate) fn reconnect_now(&mut self, endpoint: &mut Endpoint, now: Time) {
        match self.phase {
            // Somebody who goes from page to page must not make the server bar us for asking so often.
            Phase::Resting if self.must_rest(now) => {}
            Phase::Resting if endpoint.timers.runs(Timer::Retry) => self.retry(endpoint, now),
            Phase::Registered | Phase::Registering => self.probe(endpoint, now),
            // It may have been begun while there was no network, and wait for a reply to what never left.
            Phase::Opening => {
                let limit = endpoint.timers.due(Timer::Opening);
                if limit.is_some_and(|limit| limit < now + (OPENING_LIMIT - FRESH)) {
                    self.open(endpoint, now);
                }
            }
            // Not wanted.
            Phase::Off | Phase::Resting | Phase::Stopping { .. } => {}
        }
    }

    fn open(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.phase = Phase::Opening;
        endpoint.stopping = false;
        endpoint.timers.set(Timer::Opening, now + OPENING_LIMIT);
        endpoint.server = self.round.server();
        if let Some(server) = endpoint.settings.servers.get(endpoint.server) {
            endpoint.output(Output::Connect { url: server.url.clone() });
        }
    }

    /// The socket is dead, though nobody said so: a new one takes its place without delay.
    fn replace_socket(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.forget_socket(endpoint);
        self.round.restart();
        self.report(endpoint, Line::Lost { problem: Problem::Unreachable, retry_at: None });
        self.open(endpoint, now);
    }

    fn hang_up_socket(&mut self, endpoint: &mut Endpoint) {
        endpoint.output(Output::Disconnect);
        self.forget_socket(endpoint);
    }

    fn forget_socket(&mut self, endpoint: &mut Endpoint) {
        use Timer::*;
        for timer in [Retry, Opening, FirstWord, KeepAlive, Pong, Probe, Refresh, Return, Stopping]
        {
            endpoint.timers.stop(timer);
        }
        self.registration.forget();
        endpoint.lose_socket();
    }

    fn report(&mut self, endpoint: &mut Endpoint, line: Line) {
        if self.reported != line {
            self.reported = line.clone();
            endpoint.event(Event::Line(line));
        }
    }
}
