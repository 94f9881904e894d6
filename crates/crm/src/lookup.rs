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
    /// The one that the agent chose among several.
    pub chosen: Option<Key>,
    /// The one that the call was taken to be with so far. It is with them for as long as they have the number, however
    /// the order of those who have it changes.
    pub taken: Option<Key>,
    /// Somebody else was at the other end of the call before.
    pub handed_on: bool,
}

/// Names one who has a number. Users and records are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    is_user: bool,
    id: Id,
}

impl Key {
    /// That of this record or user.
    pub fn of(brief: &RecordBrief) -> Key {
        Key { is_user: !is_record(brief), id: brief.id }
    }

    /// That of the record of this id.
    pub fn record(id: Id) -> Key {
        Key { is_user: false, id }
    }
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

    /// The server's answer.
    pub fn answer(&mut self, found: Found) {
        self.taken = self.primary().map(|primary| Key::of(&primary.record)).or(self.taken);
        self.found = found;
    }

    /// The one that the call is taken to be with.
    pub fn primary(&self) -> Option<&Match> {
        let one = |key: Option<Key>| self.find(key?);
        let clicked = || one(self.clicked.map(Key::record));
        one(self.chosen)
            .or_else(clicked)
            .or_else(|| one(self.taken))
            .or_else(|| self.matches().first())
    }

    /// The record that the call is taken to be with; none for a user.
    pub fn record(&self) -> Option<Id> {
        self.primary().and_then(record)
    }

    /// The record that the call is about, where its own number does not say that: by somebody's choice, or because
    /// somebody else was at the other end first.
    pub fn settled(&self) -> Option<Id> {
        let chosen = self.chosen.and_then(|key| self.find(key)).and_then(record);
        chosen.or(self.clicked).or_else(|| self.record().filter(|_| self.handed_on))
    }

    fn find(&self, key: Key) -> Option<&Match> {
        self.matches().iter().find(|found| Key::of(&found.record) == key)
    }

    /// Nobody has the number.
    pub fn is_unknown(&self) -> bool {
        match &self.found {
            Found::Matches(matches) => matches.is_empty(),
            Found::Nothing => self.call.is_some() && self.number.is_empty(),
            Found::Waiting | Found::Failed(_) => false,
        }
    }

    /// A record as it is now. False if it is not among those who have the number, or no other than it was.
    pub fn refresh(&mut self, record: &RecordBrief) -> bool {
        let Found::Matches(matches) = &mut self.found else { return false };
        let fits = |found: &&mut Match| Key::of(&found.record) == Key::of(record);
        match matches.iter_mut().find(fits) {
            Some(found) if found.record != *record => {
                found.record.clone_from(record);
                true
            }
            Some(_) | None => false,
        }
    }

    /// Puts a record that was just made in front of the others.
    pub fn add(&mut self, record: RecordBrief) {
        self.chosen = Some(Key::of(&record));
        let new = Match {
            record,
            field: String::new(),
            field_label: String::new(),
            related: Default::default(),
        };
        let mut matches = self.matches().to_vec();
        matches.insert(0, new);
        self.found = Found::Matches(matches);
    }
}

fn record(found: &Match) -> Option<Id> {
    is_record(&found.record).then_some(found.record.id)
}
