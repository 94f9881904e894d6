//! The keypad of a call: its keys send tones, and what was sent stays visible. The keyboard's keys do so in
//! every state of the dock, and belong to the page (`host::keys`).

use super::keys::keys;
use super::markup::{View, text};
use super::scope::Scope;
use super::shapes::{block, line, piece};
use crate::state::signals::Action;
use crate::state::words;
use ringdock_phone::{Digit, Intent, PhoneView};
use std::rc::Rc;

/// The digits sent, and the keys.
pub fn keypad(scope: Scope) -> View {
    let sent = |view: &PhoneView| {
        let call = view.consult.as_ref().or(view.call.as_ref());
        call.map(|call| call.digits.clone()).unwrap_or_default()
    };
    let send = Action::new(Rc::new(move |sign| {
        if let Some(digit) = Digit::new(sign) {
            scope.phone.act(Intent::Digit(digit));
        }
    }));
    let label = [words::DIGITS_SENT, ": "].concat();
    let sent = text(move || scope.read(sent));
    let digits = vec![piece("unseen", label), piece("sent-digits", sent)];
    let disabled = scope.holds(|view| !view.may.digit);
    block("keypad", vec![line("sent", digits), keys(send, disabled, false)])
}
