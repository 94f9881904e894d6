//! A table of named timers: each thing that waits has a name, and the agent's one deadline is the least.

use crate::table::Table;
use std::time::Duration;

use crate::{CallId, Time};

/// The round-trip estimate of RFC 3261, section 17.1.1.1.
pub(crate) const T1: Duration = Duration::from_millis(500);
/// The longest interval between retransmissions of a 2xx (RFC 3261, section 13.3.1.4).
pub(crate) const T2: Duration = Duration::from_secs(4);
/// How long a transaction waits for its other half: timers B, F, H and L are all 64*T1
/// (RFC 3261, table 4, and RFC 6026, section 8).
pub(crate) const PATIENCE: Duration = Duration::from_secs(32);

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// The next attempt to connect or to register.
    Retry,
    /// The WebSocket has not opened yet.
    Opening,
    /// Garbage came, and no SIP behind it.
    FirstWord,
    /// The next CRLF keep-alive is due.
    KeepAlive,
    /// A CRLF reply to ours is due.
    Pong,
    /// The reply to a check of the connection is due.
    Probe,
    /// The registration is to be renewed.
    Refresh,
    /// The preferred server is to be tried again.
    Return,
    /// The end of the patience with a server that does not reply to the unregistration.
    Stopping,
    /// The end of a client transaction: timers B, F, and M.
    Client(u64),
    /// The end of a server transaction: timers H and L.
    Server(u64),
    /// The next retransmission of the 2xx to an INVITE, or of a reliable ringing.
    RepeatOk(CallId),
    /// The end of the wait for an ACK to a 2xx, or for the PRACK to a reliable ringing.
    AwaitAck(CallId),
    /// The ringing of a call that comes is to be sent again.
    RingAgain(CallId),
    /// The caller does not want an answer any more.
    Expires(CallId),
    /// The end of the patience with a change of the session that we offered.
    Change(CallId),
    /// A change that met one of the other side is to be tried again (RFC 3261, section 14.1).
    TryAgain(CallId),
    /// The session is to be refreshed (RFC 4028).
    SessionRefresh(CallId),
    /// The session was not refreshed.
    SessionEnd(CallId),
    /// The end of the wait for word about a transfer.
    Transfer(CallId),
    /// The end of the patience with a call that has neither a line nor sound.
    GiveUp(CallId),
    /// The end of the wait for a call to be gone on the other side as well.
    Farewell(CallId),
}

/// The timers that run, and when each is due.
#[derive(Debug, Default)]
pub(crate) struct Timers(Table<Timer, Time>);

impl Timers {
    /// Starts a timer, or moves it.
    pub(crate) fn set(&mut self, timer: Timer, at: Time) {
        self.0.insert(timer, at);
    }

    /// Starts a timer, or moves it to an earlier moment.
    pub(crate) fn hasten(&mut self, timer: Timer, at: Time) {
        let due = self.0.get(&timer).map_or(at, |due| at.min(*due));
        self.0.insert(timer, due);
    }

    /// Stops a timer, if it runs.
    pub(crate) fn stop(&mut self, timer: Timer) {
        self.0.remove(&timer);
    }

    /// When a timer is due, if it runs.
    pub(crate) fn due(&self, timer: Timer) -> Option<Time> {
        self.0.get(&timer).copied()
    }

    /// Whether a timer runs.
    pub(crate) fn runs(&self, timer: Timer) -> bool {
        self.0.contains_key(&timer)
    }

    /// The least deadline.
    pub(crate) fn next(&self) -> Option<Time> {
        self.0.values().min().copied()
    }

    /// Takes out the timer that has been due for longest.
    pub(crate) fn take_due(&mut self, now: Time) -> Option<Timer> {
        let (&timer, &at) = self.0.iter().min_by_key(|(_, at)| **at)?;
        if at > now {
            return None;
        }
        self.0.remove(&timer);
        Some(timer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(n: u64) -> Time {
        Time(Duration::from_secs(n))
    }

    #[test]
    fn the_least_deadline_comes_first_and_each_timer_once() {
        let mut timers = Timers::default();
        timers.set(Timer::Refresh, seconds(30));
        timers.set(Timer::KeepAlive, seconds(20));
        timers.set(Timer::KeepAlive, seconds(25));
        assert_eq!(timers.next(), Some(seconds(25)));
        assert_eq!(timers.take_due(seconds(24)), None);
        assert_eq!(timers.take_due(seconds(40)), Some(Timer::KeepAlive));
        assert_eq!(timers.take_due(seconds(40)), Some(Timer::Refresh));
        assert_eq!(timers.take_due(seconds(40)), None);
    }

    #[test]
    fn a_hastened_timer_is_never_later() {
        let mut timers = Timers::default();
        timers.hasten(Timer::Probe, seconds(10));
        timers.hasten(Timer::Probe, seconds(4));
        timers.hasten(Timer::Probe, seconds(8));
        assert_eq!(timers.next(), Some(seconds(4)));
    }

    #[test]
    fn a_stopped_timer_does_not_fire() {
        let mut timers = Timers::default();
        timers.set(Timer::Pong, seconds(1));
        timers.stop(Timer::Pong);
        assert_eq!(timers.next(), None);
    }
}
