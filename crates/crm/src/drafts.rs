//! The notes that are being written: one for each call, from the call's beginning until the server has the note or the
//! agent does not want any.

use ringdock_api::{Id, Millis, note::NewNote, record::RecordBrief};
use serde::{Deserialize, Serialize};

/// One note in the making.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// As [`NewNote::key`]: made once, so that a note that is sent again is one note.
    pub key: String,
    /// The channel's id of the call.
    pub call: String,
    /// Who was on the other side, for people.
    pub who: String,
    /// The record it is about.
    pub record: Option<RecordBrief>,
    /// The text so far.
    pub text: String,
    /// The status that was chosen.
    pub status: Option<String>,
    /// When the call began.
    pub began_at: Millis,
    /// Whether the two sides spoke.
    pub answered: bool,
    /// Where it stands.
    pub phase: Phase,
    /// It is saved without having been asked for: the dialog stays away unless the server says no.
    #[serde(default)]
    pub quiet: bool,
}

/// Where a note stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Its call goes on.
    Call,
    /// The dialog shows it.
    Open,
    /// Put aside, to be taken up later.
    Aside,
    /// To be saved: the server has not said yes yet.
    Saving,
    /// The server said no, and why.
    Refused(String),
}

/// What to do with a note when its call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterCall {
    /// There is nothing to ask.
    Drop,
    /// Show the dialog.
    Ask,
    /// Save what was written, without asking.
    Save,
}

impl Draft {
    /// Whether there would be something to save.
    pub fn is_worth_saving(&self) -> bool {
        !self.text.trim().is_empty() || self.new_status().is_some()
    }

    /// The status, if it is another than the record has.
    pub fn new_status(&self) -> Option<&str> {
        let record = self.record.as_ref()?;
        self.status.as_deref().filter(|status| record.status.as_deref() != Some(status))
    }

    /// Whether it may be written in right now. What is on its way must stay as it is: it may have arrived.
    pub fn is_open(&self) -> bool {
        self.phase != Phase::Saving
    }

    /// What is sent.
    pub fn note(&self) -> NewNote {
        NewNote {
            key: self.key.clone(),
            record: self.record.as_ref().filter(|record| is_record(record)).map(|record| record.id),
            call: Some(self.call.clone()),
            text: self.text.clone(),
            status: self.new_status().map(str::to_owned),
        }
    }
}

/// Users are matched by their numbers as records are, but are none.
pub fn is_record(brief: &RecordBrief) -> bool {
    brief.record_type != "user"
}

/// All notes in the making, oldest call first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts(Vec<Draft>);

impl Drafts {
    /// Those that a page kept which is gone. The calls of that page are over.
    pub fn restored(kept: Vec<Draft>) -> Drafts {
        let mut drafts = Drafts::default();
        drafts.take_in(kept);
        drafts
    }

    /// Takes up what a page kept which is gone, as [`Drafts::restored`].
    pub fn take_in(&mut self, kept: Vec<Draft>) {
        for mut draft in kept {
            if draft.phase == Phase::Call {
                draft.phase = Phase::Open;
            }
            if draft.answered || !draft.text.trim().is_empty() {
                self.begin(draft);
            }
        }
        self.0.sort_by_key(|draft| draft.began_at);
    }

    /// All of them.
    pub fn all(&self) -> &[Draft] {
        &self.0
    }

    /// The note of a call.
    pub fn of(&self, call: &str) -> Option<&Draft> {
        self.0.iter().find(|draft| draft.call == call)
    }

    /// The note of a call, to be changed.
    pub fn of_mut(&mut self, call: &str) -> Option<&mut Draft> {
        self.0.iter_mut().find(|draft| draft.call == call)
    }

    /// Begins one, unless the call has one.
    pub fn begin(&mut self, draft: Draft) {
        if self.of(&draft.call).is_none() {
            self.0.push(draft);
        }
    }

    /// The records of those that may be written in.
    pub fn records(&self) -> impl Iterator<Item = Id> {
        let open = self.0.iter().filter(|draft| draft.is_open());
        open.filter_map(|draft| draft.record.as_ref()).filter(|it| is_record(it)).map(|it| it.id)
    }

    /// A record as it is now. Gives the calls of the notes that changed; one that is on its way stays as it was sent.
    pub fn refresh(&mut self, record: &RecordBrief) -> Vec<String> {
        let mut changed = Vec::new();
        for draft in self.0.iter_mut().filter(|draft| draft.is_open()) {
            let Some(known) = draft.record.as_mut().filter(|known| is_record(known)) else {
                continue;
            };
            if known.id == record.id && known != record {
                if draft.who == known.title {
                    draft.who.clone_from(&record.title);
                }
                known.clone_from(record);
                changed.push(draft.call.clone());
            }
        }
        changed
    }

    /// The call is over. `asks` is whether the agent wants to be asked.
    pub fn end(&mut self, call: &str, asks: bool) -> AfterCall {
        let Some(draft) = self.of_mut(call).filter(|draft| draft.phase == Phase::Call) else {
            return AfterCall::Drop;
        };
        let written = draft.is_worth_saving();
        let after = match (asks, draft.answered, written) {
            (true, true, _) | (true, false, true) => AfterCall::Ask,
            (false, _, true) => AfterCall::Save,
            (_, _, false) => AfterCall::Drop,
        };
        match after {
            AfterCall::Drop => self.remove(call),
            AfterCall::Ask => draft.phase = Phase::Open,
            AfterCall::Save => (draft.phase, draft.quiet) = (Phase::Saving, true),
        }
        after
    }

    /// The call of `before` goes on as `after`, and so does its note, unless that was put aside or sent. Tells whether.
    pub fn carry_on(&mut self, before: &str, after: &str) -> bool {
        let Some(draft) = self.of_mut(before).filter(|draft| draft.phase == Phase::Open) else {
            return false;
        };
        let (call, phase) = (after.to_owned(), Phase::Call);
        let draft = Draft { call, phase, ..draft.clone() };
        self.remove(before);
        self.remove(after);
        self.0.push(draft);
        true
    }

    /// What the dialog shows: the newest that is neither of a call that goes on nor put aside.
    pub fn shown(&self) -> Option<&Draft> {
        self.0.iter().rev().find(|draft| match draft.phase {
            Phase::Open | Phase::Refused(_) => true,
            Phase::Saving => !draft.quiet,
            Phase::Call | Phase::Aside => false,
        })
    }

    /// Those that were put aside.
    pub fn aside(&self) -> impl Iterator<Item = &Draft> {
        self.0.iter().filter(|draft| draft.phase == Phase::Aside)
    }

    /// It is saved, or not wanted.
    pub fn remove(&mut self, call: &str) {
        self.0.retain(|draft| draft.call != call);
    }
}
