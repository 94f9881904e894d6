//! Who the other side of a call is.

use crate::drafts::is_record;
use ringdock_api::{Id, matching::Match, record::RecordBrief};

/// What is known of the other side of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lookup {
    /// The call's `id` at the phone; none before the first.
    pub call: Option<i32>,
    /// The other side's number; empty if it is withheld.
    pub number: String,
    /// The channel's own id of the call; empty until it is known.
    pub channel_id: String,
    /// What the server found.
    pub found: Found,
    /// The record that the number was clicked on.
    pub clicked: Option<Id>,
    /// The record or user that the agent chose among several, by place in the list.
    pub chosen: Option<usize>,
    /// Somebody else was at the other end of the call before.
    pub handed_on: bool,
}

/// What the server found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Found {
    /// Nothing was asked.
    #[default]
    Nothing,
    /// The answer is on its way.
    Waiting,
    /// These have the number.
    Matches(Vec<Match>),
    /// Why there is no answer, in a sentence.
    Failed(String),
}

impl Lookup {
    /// All who have the number, best first.
    pub fn matches(&self) -> &[Match] {
        match &self.found {
            Found::Matches(matches) => matches,
            Found::Nothing | Found::Waiting | Found::Failed(_) => &[],
        }
    }

    /// The place of the one that the call is taken to be with.
    pub fn primary_index(&self) -> usize {
        let clicked = || self.matches().iter().position(|m| is(m, self.clicked));
        self.chosen.or_else(clicked).unwrap_or(0)
    }

    /// The one that the call is taken to be with.
    pub fn primary(&self) -> Option<&Match> {
        self.matches().get(self.primary_index())
    }

    /// The record that the call is about, where its own number does not say that: by somebody's choice, or because
    /// somebody else was at the other end first.
    pub fn settled(&self) -> Option<Id> {
        let record = |found: &Match| is_record(&found.record).then_some(found.record.id);
        let chosen = self.chosen.and_then(|at| self.matches().get(at)).and_then(record);
        let second = self.primary().filter(|_| self.handed_on).and_then(record);
        chosen.or(self.clicked).or(second)
    }

    /// Nobody has the number.
    pub fn is_unknown(&self) -> bool {
        match &self.found {
            Found::Matches(matches) => matches.is_empty(),
            Found::Nothing => self.call.is_some() && self.number.is_empty(),
            Found::Waiting | Found::Failed(_) => false,
        }
    }

    /// Puts a record that was just made in front of the others.
    pub fn add(&mut self, record: RecordBrief) {
        let new = Match {
            record,
            field: String::new(),
            field_label: String::new(),
            related: Default::default(),
        };
        let mut matches = self.matches().to_vec();
        matches.insert(0, new);
        (self.found, self.chosen) = (Found::Matches(matches), Some(0));
    }
}

fn is(found: &Match, id: Option<Id>) -> bool {
    is_record(&found.record) && Some(found.record.id) == id
}
