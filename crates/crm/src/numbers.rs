//! The numbers of the business: which one a call came in on, and which one to call from.

use ringdock_api::number::LineNumber;

/// Fewer digits are an extension, and no part of a number.
const SHORTEST: usize = 6;

/// What is known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    all: Vec<LineNumber>,
    /// What the agent chose by hand for the number in the dial pad.
    chosen: Option<String>,
    /// What the server takes for it without a choice.
    usual: Option<String>,
}

impl Numbers {
    /// Takes in what the server lists. A choice that is no longer allowed is forgotten.
    pub fn set(&mut self, all: Vec<LineNumber>) {
        self.all = all;
        let chosen = self.chosen.take();
        self.chosen = chosen.filter(|number| self.own().any(|own| own.number == *number));
    }

    /// Those that the agent may call from.
    pub fn own(&self) -> impl Iterator<Item = &LineNumber> {
        self.all.iter().filter(|number| number.may_call_from)
    }

    /// Whether there is anything to choose.
    pub fn is_choice(&self) -> bool {
        self.own().count() > 1
    }

    /// The agent chose a number.
    pub fn choose(&mut self, number: &str) {
        self.chosen = Some(number.to_owned());
    }

    /// What was chosen by hand is over: the call is placed, or not wanted.
    pub fn forget_choice(&mut self) {
        self.chosen = None;
    }

    /// What the server takes for the number that is typed now.
    pub fn expect(&mut self, usual: Option<String>) {
        self.usual = usual;
    }

    /// The number that a call is placed from as things stand.
    pub fn from(&self) -> Option<&str> {
        let own = |number: &&String| self.own().any(|own| own.number == **number);
        let expected = self.chosen.as_ref().or(self.usual.as_ref()).filter(own);
        expected.or(self.own().next().map(|own| &own.number)).map(String::as_str)
    }

    /// The number of the business that is meant by what a PBX says was called, in E.164 or as the country writes it.
    pub fn named(&self, called: &str) -> Option<&LineNumber> {
        let exact = self.all.iter().find(|number| number.number == called);
        exact.or_else(|| {
            let digits: String = called.chars().filter(char::is_ascii_digit).collect();
            let national = digits.trim_start_matches('0');
            let fits = |number: &&LineNumber| number.number.ends_with(national);
            self.all.iter().find(fits).filter(|_| national.len() >= SHORTEST)
        })
    }
}
