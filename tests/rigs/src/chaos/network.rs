//! The handle of a bad network.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;

use super::dice::Dice;
use super::weather::{Fates, Weather};

/// What happens to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// It passes.
    Open,
    /// It waits.
    Stalled,
    /// It disappears.
    Silent,
    /// Connections are broken, and new ones are.
    Refused,
}

/// The network's state, which relays watch.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) mode: Mode,
    pub(super) weather: Weather,
    /// Counts the cuts: a connection ends when the number moves on.
    pub(super) cuts: u64,
    /// Counts the silences: a connection that was there at one never carries anything again.
    pub(super) silences: u64,
}

/// A network that does what a test wants. Clones are handles of the same one.
#[derive(Debug, Clone)]
pub struct Network {
    seed: u64,
    streams: Arc<AtomicU64>,
    state: watch::Sender<State>,
}

impl Network {
    /// A good network. All that is left to chance later follows from `seed`.
    pub fn new(seed: u64) -> Network {
        let state = State { mode: Mode::Open, weather: Weather::default(), cuts: 0, silences: 0 };
        Network { seed, streams: Arc::default(), state: watch::Sender::new(state) }
    }

    /// From now on the weather is this.
    pub fn weather(&self, weather: Weather) {
        self.state.send_modify(|state| state.weather = weather);
    }

    /// Breaks all TCP connections, without a word of farewell (RST). New ones are let in.
    pub fn cut(&self) {
        self.state.send_modify(|state| state.cuts += 1);
    }

    /// Breaks all TCP connections, and every new one at once, until [`Network::restore`].
    pub fn refuse(&self) {
        self.state.send_modify(|state| {
            state.mode = Mode::Refused;
            state.cuts += 1;
        });
    }

    /// Holds everything back until [`Network::restore`]; then it arrives at once.
    pub fn stall(&self) {
        self.state.send_modify(|state| state.mode = Mode::Stalled);
    }

    /// Half-open: everything disappears, and nobody hears that a connection ends. TCP connections of before stay
    /// so for ever, as behind a NAT that forgot them; new ones, and UDP, work after [`Network::restore`].
    pub fn silence(&self) {
        self.state.send_modify(|state| {
            state.mode = Mode::Silent;
            state.silences += 1;
        });
    }

    /// Lets everything pass again.
    pub fn restore(&self) {
        self.state.send_modify(|state| state.mode = Mode::Open);
    }

    pub(super) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Fates for one more direction of one more connection, numbered in the order in which they are asked for.
    pub(super) fn fates(&self) -> Fates {
        Fates::new(Dice::new(self.seed, self.streams.fetch_add(1, Ordering::Relaxed)))
    }
}
