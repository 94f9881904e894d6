use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;

use super::{Failure, Reach, get};

/// How long changes are gathered before they are fetched, in ms.
const GATHERED: u32 = 250;

/// Where a fetched value stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Load<T> {
    /// On its way.
    Waiting,
    /// Here.
    Here(T),
    /// Refused.
    Refused(Failure),
}

/// A value of the server's, fetched again whenever its path or the server's state changes.
pub struct Fetched<T: Send + Sync + 'static> {
    state: RwSignal<Load<T>>,
    again: RwSignal<u32>,
    pending: StoredValue<bool>,
    /// Something newer was put in the value's place since it was last asked for.
    overtaken: StoredValue<bool>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: DeserializeOwned + Clone + PartialEq + Send + Sync + 'static> Fetched<T> {
    /// Fetches from the path that `path` says, which may follow signals; nothing while it says none.
    pub fn new(reach: Reach, path: impl Fn() -> Option<String> + 'static) -> Self {
        let this = Self {
            state: RwSignal::new(Load::Waiting),
            again: RwSignal::new(0),
            pending: StoredValue::new(false),
            overtaken: StoredValue::new(false),
        };
        Effect::new(move |before: Option<(Option<String>, u32)>| {
            reach.track();
            this.again.track();
            let path = path();
            let turn = before.as_ref().map_or(0, |(_, turn)| turn.wrapping_add(1));
            let turns = StoredValue::new(turn);
            if before.is_some_and(|(before, _)| before != path) {
                this.state.set(Load::Waiting);
            }
            if let Some(path) = path.clone() {
                this.overtaken.set_value(false);
                spawn_local(async move {
                    let answer = get(&path).await;
                    // Disposed of with the effect's run: another request has taken this one's place.
                    if turns.try_get_value().is_some() {
                        this.take(reach, answer);
                    }
                });
            }
            (path, turn)
        });
        this
    }

    fn take(self, reach: Reach, answer: Result<T, Failure>) {
        if let Err(failure) = &answer {
            reach.learn(failure);
        }
        if answer.is_ok() && self.overtaken.get_value() {
            // It may be older than what is on screen.
            return self.reload_soon();
        }
        let state = match answer {
            Ok(value) => Load::Here(value),
            // What is on screen stays there until the server is back, or somebody signs in again.
            Err(failure) if failure.passes() || failure.is_signed_out() => return,
            Err(failure) => Load::Refused(failure),
        };
        if self.state.with_untracked(|now| *now != state) {
            self.state.set(state);
        }
    }

    /// Fetches again, at once; what is on screen stays until then.
    pub fn reload(self) {
        self.again.update(|again| *again = again.wrapping_add(1));
    }

    /// Fetches again in a moment, however often it is called until then.
    pub fn reload_soon(self) {
        if self.pending.get_value() {
            return;
        }
        self.pending.set_value(true);
        spawn_local(async move {
            TimeoutFuture::new(GATHERED).await;
            if self.pending.try_set_value(false).is_none() {
                self.reload();
            }
        });
    }

    /// Where it stands.
    pub fn state(self) -> Load<T> {
        self.state.get()
    }

    /// The value, if it is here.
    pub fn value(self) -> Option<T> {
        self.state.with(|state| match state {
            Load::Here(value) => Some(value.clone()),
            _ => None,
        })
    }

    /// Puts a newer value in its place.
    pub fn set(self, value: T) {
        self.overtaken.set_value(true);
        self.state.set(Load::Here(value));
    }

    /// Brings the value up to date with what has just been heard.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.overtaken.set_value(true);
        if let Load::Here(mut value) = self.state.get_untracked() {
            change(&mut value);
            self.state.set(Load::Here(value));
        }
    }

    /// Reads what is there of it.
    pub fn with<U>(self, read: impl FnOnce(Option<&T>) -> U) -> U {
        self.state.with(|state| match state {
            Load::Here(value) => read(Some(value)),
            _ => read(None),
        })
    }
}
