//! What the server has still to be told: kept until it says that it has it.
//!
//! Letters leave one after the other, in the order in which they were first put in, because a note is about a call that
//! the server has to know. While the server is away all of them wait, longer after each attempt.

use ringdock_api::Millis;
use serde::{Deserialize, Serialize};

/// The first wait after a failure, in milliseconds; doubled after each.
const SHORTEST_WAIT: Millis = 1_000;
/// No wait is longer, in milliseconds.
const LONGEST_WAIT: Millis = 30_000;

/// One thing to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Names it: a letter of the same name takes its place.
    pub name: String,
    /// Where it is posted, `/api/calls`.
    pub path: String,
    /// What is posted: JSON.
    pub body: String,
    /// Its place in the order.
    pub order: Millis,
}

/// The letters of one agent.
#[derive(Debug, Default)]
pub struct Outbox {
    letters: Vec<Letter>,
    /// The letter that is on its way, as it was when it left.
    sent: Option<Letter>,
    failures: u32,
    not_before: Millis,
}

impl Outbox {
    /// Puts a letter in, in the place of the one of that name if there is one. Gives it with its place in the order, to
    /// be kept where a reload does not reach.
    pub fn put(&mut self, name: &str, path: &str, body: String, now: Millis) -> Letter {
        let last = self.letters.iter().map(|letter| letter.order).max();
        let order = last.map_or(now, |last| now.max(last + 1));
        let (name, path) = (name.to_owned(), path.to_owned());
        match self.letters.iter_mut().find(|letter| letter.name == name) {
            Some(letter) => {
                letter.body = body;
                letter.clone()
            }
            None => {
                let letter = Letter { name, path, body, order };
                self.letters.push(letter.clone());
                letter
            }
        }
    }

    /// Takes in what was kept from before a reload.
    pub fn restore(&mut self, kept: Vec<Letter>) {
        for letter in kept {
            if !self.letters.iter().any(|known| known.name == letter.name) {
                self.letters.push(letter);
            }
        }
        self.letters.sort_by_key(|letter| letter.order);
    }

    /// All that wait, in their order.
    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// The next letter to send now. It is on its way from here on, until one of [`Outbox::taken`],
    /// [`Outbox::failed`], [`Outbox::refused`] and [`Outbox::reword`] says how it went.
    pub fn next(&mut self, now: Millis) -> Option<Letter> {
        if self.sent.is_some() || now < self.not_before {
            return None;
        }
        self.sent = self.letters.first().cloned();
        self.sent.clone()
    }

    /// The server has the letter. Gives its name if nothing newer took its place meanwhile: what was kept of it can go.
    pub fn taken(&mut self) -> Option<String> {
        (self.failures, self.not_before) = (0, 0);
        self.drop_sent()
    }

    /// The server will never take it. As [`Outbox::taken`] otherwise.
    pub fn refused(&mut self) -> Option<String> {
        self.taken()
    }

    /// The server takes it only in other words: `body` leaves in its place, unless something newer has taken that
    /// already. Gives the letter to be kept.
    pub fn reword(&mut self, body: String) -> Option<Letter> {
        (self.failures, self.not_before) = (0, 0);
        let sent = self.sent.take()?;
        let letter = self.letters.iter_mut().find(|letter| **letter == sent)?;
        letter.body = body;
        Some(letter.clone())
    }

    /// The server was not reached, or could not take it now. `share` of 0 to 1 spreads the attempts of many pages.
    pub fn failed(&mut self, now: Millis, share: f64) {
        self.sent = None;
        let wait = (SHORTEST_WAIT << self.failures.min(5)).min(LONGEST_WAIT);
        self.failures += 1;
        let spread = (wait as f64 * 0.25 * share) as Millis;
        self.not_before = now + wait - spread;
    }

    /// Something speaks for trying now: the network is back.
    pub fn hurry(&mut self) {
        self.not_before = 0;
    }

    /// Takes a letter out that has not left.
    pub fn remove(&mut self, name: &str) {
        self.letters.retain(|letter| letter.name != name);
    }

    /// When to ask for the next letter; none if there is nothing to wait for.
    pub fn due(&self) -> Option<Millis> {
        (self.sent.is_none() && !self.letters.is_empty()).then_some(self.not_before)
    }

    /// Whether the last attempt failed.
    pub fn is_stuck(&self) -> bool {
        self.failures > 0
    }

    fn drop_sent(&mut self) -> Option<String> {
        let sent = self.sent.take()?;
        let before = self.letters.len();
        self.letters.retain(|letter| *letter != sent);
        (self.letters.len() < before).then_some(sent.name)
    }
}
