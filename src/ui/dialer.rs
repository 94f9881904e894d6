//! Dialling by hand: what the field holds, and what **Call** makes of it.

use super::focus::{Focus, Spot};
use crate::state::{Dock, Numbers, PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::{Intent, Party, dialable};

/// The number being put together.
#[derive(Clone, Copy)]
pub struct Dialer {
    phone: PhoneModel,
    dock: Dock,
    numbers: Numbers,
    focus: Focus,
}

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
    /// The dialer of the dock around the caller.
    pub fn of_context() -> Self {
        Dialer {
            phone: expect_context(),
            dock: expect_context(),
            numbers: expect_context(),
            focus: expect_context(),
        }
    }

    /// What the field holds.
    pub fn typed(self) -> RwSignal<String> {
        self.dock.typed
    }

    /// Adds a key's sign. A long press on `0` adds `+` after the `0` of its beginning, and means it alone.
    pub fn press(self, sign: char) {
        self.dock.typed.update(|typed| {
            if sign == '+' && typed.ends_with('0') {
                typed.pop();
            }
            typed.push(sign);
        });
    }

    /// Takes the last sign away.
    pub fn delete(self) {
        self.dock.typed.update(|typed| {
            typed.pop();
        });
        // The button cannot be pressed on the empty field, so that focus would be stuck on it.
        if self.dock.typed.with_untracked(String::is_empty) {
            self.focus.send(Spot::Number);
        }
    }

    /// Leaves of pasted text the number in it; text without one stays as it is, to be seen.
    pub fn clean(self) {
        self.dock.typed.update(|typed| {
            if let Some(number) = dialable(typed) {
                *typed = number;
            }
        });
    }

    /// Places the call; on the empty field it brings the last number back.
    pub fn call(self) {
        let typed = self.dock.typed.get_untracked();
        let may = self.phone.view.with_untracked(|view| view.may.dial.is_ok());
        if typed.trim().is_empty() {
            let last = self.phone.view.with_untracked(|view| view.last_number.clone());
            self.dock.typed.set(last.unwrap_or_default());
            self.focus.send(Spot::Number);
        } else if let Some(number) = dialable(&typed).filter(|_| may) {
            self.dock.typed.set(String::new());
            self.focus.send(Spot::Middle);
            self.phone.act(Intent::Dial(Party { number, name: None }));
        }
    }

    /// Whether **Call** would do anything.
    pub fn can_call(self) -> Memo<bool> {
        Memo::new(move |_| {
            let typed = self.dock.typed.get();
            self.phone.view.with(|view| match typed.trim() {
                "" => view.may.dial.is_ok() && view.last_number.is_some(),
                number => view.may.dial.is_ok() && dialable(number).is_some(),
            })
        })
    }

    /// What there is to say about what was typed. Asks the formatter as a side line; its answer comes later.
    pub fn hint(self) -> Memo<Hint> {
        Effect::new(move |_| {
            let typed = self.dock.typed.get();
            if dialable(&typed).is_some() {
                self.numbers.ask(typed);
            }
        });
        Memo::new(move |_| {
            let typed = self.dock.typed.get();
            if !typed.trim().is_empty() && dialable(&typed).is_none() {
                return Hint::Wrong;
            }
            if let Err(reason) = self.phone.view.with(|view| view.may.dial) {
                return Hint::Remark(words::why_not(reason).to_owned());
            }
            if typed.trim().is_empty() {
                let last =
                    self.phone.view.with(|view| view.last_number.as_deref().map(words::redial));
                return Hint::Remark(last.unwrap_or_else(|| words::TYPE_A_NUMBER.to_owned()));
            }
            self.formatted(&typed).unwrap_or_else(|| Hint::Remark(String::new()))
        })
    }

    fn formatted(self, typed: &str) -> Option<Hint> {
        let answer = self.numbers.answer.get().filter(|answer| answer.text == typed)?;
        let country = answer.country.unwrap_or_default();
        answer.display.map(|number| Hint::Formatted { number, country })
    }
}
