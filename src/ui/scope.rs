//! What every component is given, and the parts of the phone's view that change on their own.

use super::focus::Focus;
use super::places::Places;
use crate::state::signals::*;
use crate::state::{Dock, Numbers, PhoneModel};
use ringdock_phone::{Party, PhoneView, Stage, Time};

/// The state above the components.
#[derive(Clone, Copy)]
pub struct Scope {
    /// The phone.
    pub phone: PhoneModel,
    /// The dock's layout.
    pub dock: Dock,
    /// The formatter of numbers.
    pub numbers: Numbers,
    /// The keyboard's focus.
    pub focus: Focus,
    /// Where the CRM's side draws.
    pub places: Places,
}

impl Scope {
    /// Reads from the view; what calls it follows the view.
    pub fn read<T>(self, read: fn(&PhoneView) -> T) -> T {
        self.phone.view.with(read)
    }

    /// Whether something holds. What reads the answer runs only when that changes: for what is costly to
    /// build anew, or must not be, like an alert.
    pub fn holds(self, read: fn(&PhoneView) -> bool) -> Signal<bool> {
        memo(move || self.phone.view.with(read))
    }
}

/// What the middle of the dock is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scene {
    /// No call.
    #[default]
    Idle,
    /// A call has just ended.
    Ended,
    /// Somebody calls.
    Incoming,
    /// A call is being placed or is up.
    Call,
}

/// What the middle of the dock is about.
pub fn scene(view: &PhoneView) -> Scene {
    match view.call.as_ref().map(|call| &call.stage) {
        None => Scene::Idle,
        Some(Stage::Ended { .. }) => Scene::Ended,
        Some(Stage::Incoming) => Scene::Incoming,
        Some(
            Stage::Dialing
            | Stage::Ringing { .. }
            | Stage::Answering
            | Stage::Active { .. }
            | Stage::Reconnecting { .. }
            | Stage::Transferring { .. }
            | Stage::Ending,
        ) => Scene::Call,
    }
}

/// Somebody calls, or a call is being placed or is up.
pub fn is_live(view: &PhoneView) -> bool {
    matches!(scene(view), Scene::Incoming | Scene::Call)
}

/// When the call that is up was answered.
pub fn answered_at(view: &PhoneView) -> Option<Time> {
    match view.call.as_ref().map(|call| &call.stage) {
        Some(
            Stage::Active { since }
            | Stage::Reconnecting { since }
            | Stage::Transferring { since, .. },
        ) => Some(*since),
        _ => None,
    }
}

/// The colleague who is asked; empty without one.
pub fn colleague(view: &PhoneView) -> Party {
    view.consult.as_ref().map(|call| call.party.clone()).unwrap_or_default()
}

/// The other side of the call; empty without one.
pub fn party(view: &PhoneView) -> Party {
    view.call.as_ref().map(|call| call.party.clone()).unwrap_or_default()
}
