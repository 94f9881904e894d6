//! Between two attempts: how long the line waits, and for whom.

use std::time::Duration;

use super::{LineKeeper, Phase};
use crate::endpoint::Endpoint;
use crate::timer::Timer;
use crate::{Line, Problem, Time};

impl LineKeeper {
    /// [`Timer::Retry`] fired, or there is a reason not to wait for it.
    pub(crate) fn retry(&mut self, endpoint: &mut Endpoint, now: Time) {
        endpoint.timers.stop(Timer::Retry);
        let under_way = match self.reported.clone() {
            Line::Lost { problem, .. } => Line::Lost { problem, retry_at: None },
            Line::Failed { problem, .. } => Line::Failed { problem, retry_at: None },
            other => other,
        };
        self.report(endpoint, under_way);
        if endpoint.connected {
            self.phase = Phase::Registering;
            self.registration.register(endpoint, now);
        } else {
            self.open(endpoint, now);
        }
    }

    /// Goes on to the next server; or, after the last one, waits for the next attempt: the back-off, or longer if
    /// the server asks for it. One that was lost is tried again first: what it knows of calls no other one does.
    pub(super) fn rest(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        problem: Problem,
        at_least: Option<Duration>,
    ) {
        let is_lost = self.phase == Phase::Registered;
        self.phase = Phase::Resting;
        endpoint.registered = false;
        for timer in [Timer::FirstWord, Timer::Probe, Timer::Refresh, Timer::Return] {
            endpoint.timers.stop(timer);
        }
        let is_account = matches!(problem, Problem::PasswordRefused | Problem::Refused { .. });
        let goes_on = !is_account && if is_lost { false } else { self.round.advance() };
        if is_lost {
            self.round.restart();
        }
        let retry_at = if problem == Problem::PasswordRefused || goes_on {
            None
        } else {
            self.not_before = at_least.map(|pause| now + pause).max(self.not_before);
            let backed_off = now + self.backoff.next(&mut endpoint.random);
            let at = self.not_before.map_or(backed_off, |earliest| backed_off.max(earliest));
            endpoint.timers.set(Timer::Retry, at);
            Some(at)
        };
        let comes_back = !matches!(problem, Problem::PasswordRefused | Problem::Refused { .. });
        self.report(
            endpoint,
            match self.was_registered && comes_back {
                true => Line::Lost { problem, retry_at },
                false => Line::Failed { problem, retry_at },
            },
        );
        if goes_on {
            if endpoint.connected {
                self.hang_up_socket(endpoint);
            }
            self.open(endpoint, now);
        }
    }

    /// Whether it is too early for an attempt, whoever waits for one.
    pub(super) fn must_rest(&self, now: Time) -> bool {
        self.not_before.is_some_and(|earliest| now < earliest)
    }

    /// The socket is gone during a rest, which goes on as it was announced.
    pub(super) fn rest_without_socket(&mut self, endpoint: &mut Endpoint) {
        let due = endpoint.timers.due(Timer::Retry);
        self.forget_socket(endpoint);
        if let Some(at) = due {
            endpoint.timers.set(Timer::Retry, at);
        }
    }
}
