//! Parts of the phone's view that change on their own, so that a change redraws no more than its part.

use crate::state::PhoneModel;
use leptos::prelude::*;
use ringdock_phone::{Party, PhoneView, Stage, Time};

/// One part of the view; those who read it run only when it changes.
pub fn slice<T>(phone: PhoneModel, read: fn(&PhoneView) -> T) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| phone.view.with(read))
}

/// What the middle of the dock is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// No call is up; one may have just ended.
    Idle,
    /// Somebody calls.
    Incoming,
    /// A call is being placed or is up.
    Call,
}

/// What the middle of the dock is about.
pub fn scene(view: &PhoneView) -> Scene {
    match view.call.as_ref().map(|call| &call.stage) {
        None | Some(Stage::Ended { .. }) => Scene::Idle,
        Some(Stage::Incoming) => Scene::Incoming,
        Some(
            Stage::Dialing
            | Stage::Ringing { .. }
            | Stage::Answering
            | Stage::Active { .. }
            | Stage::Reconnecting { .. }
            | Stage::Ending,
        ) => Scene::Call,
    }
}

/// When the call that is up was answered.
pub fn answered_at(view: &PhoneView) -> Option<Time> {
    match view.call.as_ref().map(|call| &call.stage) {
        Some(Stage::Active { since } | Stage::Reconnecting { since }) => Some(*since),
        _ => None,
    }
}

/// The other side of the call; empty without one.
pub fn party(view: &PhoneView) -> Party {
    view.call.as_ref().map(|call| call.party.clone()).unwrap_or_default()
}
