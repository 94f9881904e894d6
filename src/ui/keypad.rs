//! The keypad of a call: its keys send tones. The keyboard's keys do so in every state of the dock, and belong to the
//! page (`host::keys`).

use super::keys::keys;
use super::markup::View;
use super::scope::Scope;
use super::shapes::block;
use crate::state::signals::Action;
use ringdock_phone::{Digit, Intent};
use std::rc::Rc;

/// The keys.
pub fn keypad(scope: Scope) -> View {
    let send = Action::new(Rc::new(move |sign| {
        if let Some(digit) = Digit::new(sign) {
            scope.phone.act(Intent::Digit(digit));
        }
    }));
    let disabled = scope.holds(|view| !view.may.digit);
    block("keypad", vec![keys(send, disabled, false)])
}
