//! Whether the other end of the socket is alive, and whether it is SIP.

use std::time::Duration;

use super::registration::timed_out;
use super::{LineKeeper, Phase};
use crate::endpoint::Endpoint;
use crate::timer::Timer;
use crate::{Output, Problem, Time};

/// The pause between keep-alives, drawn anew each time (RFC 5626, section 4.4.1 wants 80 to 100 % of a limit). Far
/// shorter than a silent connection lives: a dead one is to be noticed while a caller would still wait.
const KEEP_ALIVE: (Duration, Duration) = (Duration::from_secs(8), Duration::from_secs(10));
/// How long a reply to a keep-alive may take. RFC 5626, section 4.4.1 allows 10 s; a new socket costs less than a
/// call that is missed.
const PONG_LIMIT: Duration = Duration::from_secs(3);
/// How long the reply to a check may take that somebody in front of the screen waits for.
const PROBE_LIMIT: Duration = Duration::from_secs(2);
/// At every how many pings a server that replies to neither pings nor OPTIONS is asked for a registration instead: it
/// is gone for half a minute at most before that is noticed, and has no more to do than with a short-lived binding.
const PINGS_TO_CHECK: u8 = 3;
/// How long a fresh socket may stay silent. A server that is still starting up drops the first request, and
/// on a reliable transport nothing sends it again, so this is far below timer F.
const FIRST_WORD_LIMIT: Duration = Duration::from_secs(8);
/// The same after something came that is not SIP.
const GARBAGE_LIMIT: Duration = Duration::from_secs(5);

impl LineKeeper {
    /// A message that is SIP came.
    pub(crate) fn heard_sip(&mut self, endpoint: &mut Endpoint) {
        self.heard_sip = true;
        endpoint.timers.stop(Timer::FirstWord);
    }

    /// Something came that is not SIP.
    pub(crate) fn heard_garbage(&mut self, endpoint: &mut Endpoint, now: Time) {
        if self.phase == Phase::Registering && !self.heard_sip && !self.heard_garbage {
            self.heard_garbage = true;
            endpoint.timers.hasten(Timer::FirstWord, now + GARBAGE_LIMIT);
        }
    }

    pub(super) fn expect_first_word(&mut self, endpoint: &mut Endpoint, now: Time) {
        endpoint.timers.set(Timer::FirstWord, now + FIRST_WORD_LIMIT);
    }

    /// [`Timer::FirstWord`] fired.
    pub(crate) fn no_first_word(&mut self, endpoint: &mut Endpoint, now: Time) {
        // A server that was one before is not called something else because it is silent.
        let problem =
            if self.was_registered && !self.heard_garbage { timed_out() } else { Problem::NotSip };
        self.hang_up_socket(endpoint);
        self.rest(endpoint, now, problem, None);
    }

    pub(super) fn schedule_keep_alive(&mut self, endpoint: &mut Endpoint, now: Time) {
        let pause = endpoint.random.between(KEEP_ALIVE.0, KEEP_ALIVE.1);
        endpoint.timers.set(Timer::KeepAlive, now + pause);
    }

    /// [`Timer::KeepAlive`] fired: sends a ping (RFC 5626, section 3.5.1; RFC 7118, section 6). Not every server
    /// replies to it, but nearly every one to OPTIONS, whatever it says.
    pub(crate) fn keep_alive(&mut self, endpoint: &mut Endpoint, now: Time) {
        endpoint.send(b"\r\n\r\n".to_vec());
        if self.heard_pong {
            endpoint.timers.set(Timer::Pong, now + PONG_LIMIT);
        } else if self.phase == Phase::Registered {
            match self.replies_to_options {
                Some(false) => self.check_now_and_then(endpoint, now),
                Some(true) | None => {
                    self.registration.ask(endpoint, now);
                    endpoint.timers.set(Timer::Pong, now + PONG_LIMIT);
                }
            }
        }
        self.schedule_keep_alive(endpoint, now);
    }

    /// A ping went to a server that replies to none: a registration shows whether it is there, behind an INVITE at
    /// once, since somebody waits.
    fn check_now_and_then(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.unchecked += 1;
        if self.unchecked >= PINGS_TO_CHECK || endpoint.clients.has_new_invite() {
            self.unchecked = 0;
            self.check(endpoint, now, PONG_LIMIT);
        }
    }

    /// A response to OPTIONS came.
    pub(crate) fn options_replied(&mut self) {
        self.replies_to_options = Some(true);
    }

    /// [`Timer::Pong`] fired.
    pub(crate) fn no_pong(&mut self, endpoint: &mut Endpoint, now: Time) {
        if self.heard_pong || self.replies_to_options.is_some() {
            return self.no_sign_of_life(endpoint, now);
        }
        // It may be one that takes no OPTIONS: a registration shows, now and from now on.
        self.replies_to_options = Some(false);
        self.check(endpoint, now, PROBE_LIMIT);
    }

    /// Line ends alone came: a ping, which gets its pong, or a pong.
    pub(crate) fn heard_line_ends(&mut self, endpoint: &mut Endpoint, message: &[u8]) {
        match message {
            b"" => {}
            b"\r\n" => self.heard_pong = true,
            _ => endpoint.send(b"\r\n".to_vec()),
        }
    }

    /// Checks whether the server is there, for somebody who waits.
    pub(super) fn probe(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.check(endpoint, now, PROBE_LIMIT);
    }

    /// Sends a registration whose reply must come soon; or waits for the one under way, though no longer.
    pub(super) fn check(&mut self, endpoint: &mut Endpoint, now: Time, limit: Duration) {
        if !self.registration.is_pending() {
            self.registration.register(endpoint, now);
        }
        endpoint.timers.hasten(Timer::Probe, now + limit);
    }

    /// [`Timer::Probe`] fired, or there was no reply to a keep-alive.
    pub(crate) fn no_sign_of_life(&mut self, endpoint: &mut Endpoint, now: Time) {
        match self.phase {
            // Not to try again, or not yet: not even because the socket died.
            Phase::Resting if !endpoint.timers.runs(Timer::Retry) => self.hang_up_socket(endpoint),
            Phase::Resting if self.must_rest(now) => {
                endpoint.output(Output::Disconnect);
                self.rest_without_socket(endpoint);
            }
            Phase::Registered | Phase::Registering | Phase::Resting => {
                self.replace_socket(endpoint, now);
            }
            Phase::Off | Phase::Opening | Phase::Stopping { .. } => {}
        }
    }
}
