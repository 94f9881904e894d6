//! How numbers are written in their country; known a little later than the number itself, or never.

use crate::state::signals::*;
use std::rc::Rc;

/// What the formatter says of one number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// The text that was asked about.
    pub text: String,
    /// The number as its country writes it, if it can be a number there.
    pub display: Option<String>,
    /// The two letters of its country (ISO 3166-1).
    pub country: Option<String>,
    /// The number in E.164, if it is an external one.
    pub e164: Option<String>,
    /// The digits that call it inside of the account's country, if it belongs there.
    pub national: Option<String>,
}

/// A context: asks the formatter, and shows its last answer. Without an answer nothing is missing.
#[derive(Clone, Copy)]
pub struct Numbers {
    /// The last answer; compare its `text` with the text at hand.
    pub answer: Signal<Option<Format>>,
    ask: Action<String>,
}

impl Numbers {
    /// A model over the formatter's worker.
    pub fn new(answer: Signal<Option<Format>>, ask: Rc<dyn Fn(String)>) -> Self {
        Numbers { answer, ask: Signal::new(ask) }
    }

    /// Asks how this text is written as a number.
    pub fn ask(&self, text: String) {
        self.ask.run(text);
    }
}
