//! The demo company's calls of the last two weeks.

use std::cmp::Reverse;

use ringdock_api::{
    Id, Millis,
    call::{Channel, Direction, Outcome},
};

use super::data::{LEEDS, LONDON};
use crate::{
    calls::facts::{Facts, Said, Source},
    time::{HOUR, SECOND},
};

/// A call of the past.
pub struct Call {
    /// The agent's login.
    pub agent: &'static str,
    /// Whether the customer called.
    pub incoming: bool,
    /// The customer's number.
    pub number: &'static str,
    /// How many hours ago.
    pub ago: i64,
    /// How many seconds of talk; 0 for a call that was not answered.
    pub talk: i64,
    /// How it ended, if it was not answered.
    pub outcome: Outcome,
    /// What the agent wrote.
    pub note: Option<&'static str>,
}

const fn talked(
    agent: &'static str,
    incoming: bool,
    number: &'static str,
    ago: i64,
    talk: i64,
    note: &'static str,
) -> Call {
    let note = if note.is_empty() { None } else { Some(note) };
    Call { agent, incoming, number, ago, talk, outcome: Outcome::Answered, note }
}

const fn missed(
    agent: &'static str,
    incoming: bool,
    number: &'static str,
    ago: i64,
    outcome: Outcome,
) -> Call {
    Call { agent, incoming, number, ago, talk: 0, outcome, note: None }
}

/// The last two weeks.
pub const CALLS: [Call; 14] = [
    talked("anna", false, "+12025550123", 3, 312, "Goes for the grey chairs. Confirms by Friday."),
    missed("anna", false, "+447700900321", 5, Outcome::NoAnswer),
    talked("ben", true, "+442079460958", 22, 95, "Asked when the technician comes."),
    talked("anna", true, "+441134960322", 27, 640, "Talked through the supplies for next year."),
    missed("ben", true, "+441214960654", 29, Outcome::Cancelled),
    talked("ben", false, "+447700900654", 49, 180, ""),
    missed("anna", false, "+441614960987", 52, Outcome::Busy),
    talked("anna", false, "+441614960987", 53, 420, "Wants to see the showroom."),
    talked("ben", true, "+442920180457", 75, 61, ""),
    missed("ben", true, "+447700900789", 99, Outcome::Declined),
    talked("anna", true, "+447700900123", 122, 254, "The compressor again; case opened."),
    talked("ben", false, "+441174960777", 148, 33, ""),
    missed("anna", false, "+442920180456", 170, Outcome::Failed),
    talked("ben", true, "+12025550123", 220, 505, "First talk about the refit."),
];

impl Call {
    /// The company's number that it went through, if it was not the extension itself.
    fn through(&self) -> Option<&'static str> {
        match self.number {
            number if number.starts_with("+44113") => Some(LEEDS),
            number if self.agent == "anna" || number == "+442079460958" => Some(LONDON),
            _ => None,
        }
    }

    /// What its agent's dock reported.
    pub fn facts(&self, agent: Option<Id>, now: Millis) -> Facts {
        let source = if self.talk > 0 { Source::Answerer } else { Source::Dock };
        let started = now - self.ago * HOUR;
        let answered = started + 9 * SECOND;
        let extension = if self.agent == "anna" { "1001" } else { "1002" };
        let ours = self.through().unwrap_or(extension);
        let said = |text: &str| Some(Said(source, text.to_owned()));
        let (caller, callee, direction) = if self.incoming {
            (self.number, ours, Direction::Incoming)
        } else {
            (ours, self.number, Direction::Outgoing)
        };
        Facts {
            channel: Some(Said(source, Channel::Pbx)),
            direction: Some(Said(source, direction)),
            caller: said(caller),
            callee: said(callee),
            line: said(extension),
            agent: agent.map(|agent| Said(source, agent)),
            started: Some(Said(source, Reverse(started))),
            answered: (self.talk > 0).then_some(Said(source, Reverse(answered))),
            ended: Some(Said(source, answered + self.talk * SECOND)),
            was_answered: self.talk > 0,
            outcome: (self.talk == 0).then_some(Said(source, self.outcome)),
            ..Facts::default()
        }
    }
}
