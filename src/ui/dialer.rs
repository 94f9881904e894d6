//! Dialling by hand: what the field holds, and what **Call** makes of it.

use super::focus::Spot;
use super::number_field::is_wrong;
use super::scope::Scope;
use crate::state::signals::*;
use crate::state::words;
use ringdock_phone::{Intent, Party, dialable};

/// The number being put together.
#[derive(Clone, Copy)]
pub struct Dialer(pub Scope);

/// The line below the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// What was typed cannot be a number.
    Wrong,
    /// Something else keeps calls from being placed, or there is something to know.
    Remark(String),
    /// The number as its country writes it.
    Formatted {
        /// The number.
        number: String,
        /// The two letters of the country.
        country: String,
    },
}

impl Dialer {
    /// What the field holds.
    pub fn typed(self) -> Signal<String> {
        self.0.dock.typed
    }

    /// Adds a key's sign. A long press on `0` adds `+` after the `0` of its beginning, and means it alone.
    pub fn press(self, sign: char) {
        self.0.dock.typed.update(|typed| {
            if sign == '+' && typed.ends_with('0') {
                typed.pop();
            }
            typed.push(sign);
        });
    }

    /// Takes the last sign away.
    pub fn delete(self) {
        self.0.dock.typed.update(|typed| {
            typed.pop();
        });
        // The button cannot be pressed on the empty field, so that focus would be stuck on it.
        if self.0.dock.typed.with_untracked(String::is_empty) {
            self.0.focus.send(Spot::Number);
        }
    }

    /// Places the call; on the empty field it brings the last number back.
    pub fn call(self) {
        let typed = self.0.dock.typed.get_untracked();
        let from = Some(self.0.dock.from.get_untracked()).filter(|from| !from.is_empty());
        let may = self.0.phone.view.with_untracked(|view| view.may.dial.is_ok());
        if typed.trim().is_empty() {
            let last = self.0.phone.view.with_untracked(|view| view.last_number.clone());
            self.0.dock.typed.set(last.unwrap_or_default());
            self.0.focus.send(Spot::Number);
        } else if let Some(number) = whole(&typed).filter(|_| may) {
            self.0.dock.typed.set(String::new());
            self.0.focus.send(Spot::Middle);
            self.0.phone.act(Intent::Dial { callee: Party { number, name: None }, from });
        }
    }

    /// Whether **Call** would do anything.
    pub fn can_call(self) -> bool {
        let typed = self.0.dock.typed.get();
        self.0.phone.view.with(|view| match typed.trim() {
            "" => view.may.dial.is_ok() && view.last_number.is_some(),
            number => view.may.dial.is_ok() && whole(number).is_some(),
        })
    }

    /// Asks the formatter whenever the number changes; its answer comes later, or never.
    pub fn ask_format(self) {
        follow(move || {
            let typed = self.0.dock.typed.get();
            if dialable(&typed).is_some() {
                self.0.numbers.ask(typed);
            }
        });
    }

    /// What there is to say about what was typed.
    pub fn hint(self) -> Hint {
        let typed = self.0.dock.typed.get();
        let empty = typed.trim().is_empty();
        if is_wrong(&typed) {
            return Hint::Wrong;
        }
        if let Err(reason) = self.0.read(|view| view.may.dial) {
            return Hint::Remark(words::why_not(reason).to_owned());
        }
        if empty {
            let last = self.0.read(|view| view.last_number.as_deref().map(words::redial));
            return Hint::Remark(last.unwrap_or_else(|| words::TYPE_A_NUMBER.to_owned()));
        }
        if whole(&typed).is_none() {
            return Hint::Remark(words::NOT_WHOLE.to_owned());
        }
        self.formatted(&typed).unwrap_or_else(|| Hint::Remark(String::new()))
    }

    fn formatted(self, typed: &str) -> Option<Hint> {
        let answer = self.0.numbers.answer.get().filter(|answer| answer.text == typed)?;
        let country = answer.country.unwrap_or_default();
        answer.display.map(|number| Hint::Formatted { number, country })
    }
}

/// The number in what was typed, unless it is one of no country: those have 7 to 15 digits with the country's own (ITU-T
/// E.164, section 6).
fn whole(typed: &str) -> Option<String> {
    dialable(typed).filter(|number| !number.starts_with('+') || (8..=16).contains(&number.len()))
}
