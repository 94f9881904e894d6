//! What is known of a call, and how what several sources say of it comes together.
//!
//! Reports repeat, race and come out of order, so joining them must not care: [`Facts::join`] takes the greater of two
//! statements, field by field, in a total order. That is associative, commutative and idempotent, and it never goes back.

use std::{cmp::Reverse, collections::BTreeSet};

use ringdock_api::{
    Id, Millis,
    call::{Channel, Direction, Outcome},
};
use serde::{Deserialize, Serialize};

/// Who says something; of two, the greater one is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Source {
    /// We, of a call that nobody reports on any longer.
    Guess,
    /// We, of when somebody else said it who gave no time.
    Receipt,
    /// The dock of an agent.
    Dock,
    /// What carries the call, of whom it was answered by: a dock that answered knows better.
    Exchange,
    /// The dock of the agent who answered.
    Answerer,
    /// What carries the call.
    Carrier,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said<T>(pub Source, pub T);

/// All that is known of a call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    pub channel: Option<Said<Channel>>,
    pub direction: Option<Said<Direction>>,
    pub caller: Option<Said<String>>,
    pub callee: Option<Said<String>>,
    pub line: Option<Said<String>>,
    pub agent: Option<Said<Id>>,
    pub reason: Option<Said<String>>,
    pub recording: Option<Said<String>>,
    /// Of two sources as good, the earlier begin is believed,
    pub started: Option<Said<Reverse<Millis>>>,
    /// the earlier answer,
    pub answered: Option<Said<Reverse<Millis>>>,
    /// and the later end; of two receipts of it, the first: the other came with a repetition.
    pub ended: Option<Said<Millis>>,
    /// Somebody answered. Nobody can take that back.
    pub was_answered: bool,
    /// How it ended, if it was not answered.
    pub outcome: Option<Said<Outcome>>,
    /// The agents whose docks told of it.
    pub told_by: BTreeSet<Id>,
}

impl Facts {
    /// Takes over what `other` knows better.
    pub fn join(&mut self, other: &Self) {
        fn greater<T: Ord + Clone>(mine: &mut Option<T>, other: &Option<T>) {
            if *other > *mine {
                mine.clone_from(other);
            }
        }
        greater(&mut self.channel, &other.channel);
        greater(&mut self.direction, &other.direction);
        greater(&mut self.caller, &other.caller);
        greater(&mut self.callee, &other.callee);
        greater(&mut self.line, &other.line);
        greater(&mut self.agent, &other.agent);
        greater(&mut self.reason, &other.reason);
        greater(&mut self.recording, &other.recording);
        greater(&mut self.started, &other.started);
        greater(&mut self.answered, &other.answered);
        if end_rank(&other.ended) > end_rank(&self.ended) {
            self.ended.clone_from(&other.ended);
        }
        greater(&mut self.outcome, &other.outcome);
        self.was_answered |= other.was_answered;
        self.told_by.extend(&other.told_by);
    }

    /// Whether it is over for all we know, and nobody has said so.
    pub fn end_is_guessed(&self) -> bool {
        self.ended.as_ref().is_some_and(|said| said.0 == Source::Guess)
    }

    /// Takes back what we guessed of the end: the call goes on.
    pub fn withdraw_guess(&mut self) {
        self.ended.take_if(|said| said.0 == Source::Guess);
        self.outcome.take_if(|said| said.0 == Source::Guess);
    }

    /// How it stands or went.
    pub fn outcome(&self) -> Outcome {
        match (&self.outcome, self.was_answered) {
            (_, true) => Outcome::Answered,
            (Some(Said(_, outcome)), false) => *outcome,
            (None, false) if self.ended.is_some() => Outcome::Failed,
            (None, false) => Outcome::Ringing,
        }
    }

    /// When it began.
    pub fn started_at(&self) -> Option<Millis> {
        self.started.as_ref().map(|said| said.1.0)
    }

    /// When it was answered: not before it began, whatever the clocks of two sources say.
    pub fn answered_at(&self) -> Option<Millis> {
        let answered = self.answered.as_ref()?.1.0;
        Some(self.started_at().map_or(answered, |started| answered.max(started)))
    }

    /// When it was over: not before it was answered, nor before it began.
    pub fn ended_at(&self) -> Option<Millis> {
        let ended = self.ended.as_ref()?.1;
        let before = self.answered_at().or(self.started_at());
        Some(before.map_or(ended, |before| ended.max(before)))
    }

    /// Seconds from the answer to the end.
    pub fn talk_seconds(&self) -> i64 {
        match (self.answered_at(), self.ended_at()) {
            (Some(answered), Some(ended)) => ended.saturating_sub(answered).max(0) / 1000,
            _ => 0,
        }
    }

    /// Who called whom.
    pub fn direction(&self) -> Direction {
        self.direction.as_ref().map_or(Direction::Incoming, |said| said.1)
    }

    /// The number of the other side; empty if it is withheld.
    pub fn other(&self) -> &str {
        match self.direction() {
            Direction::Incoming => text(&self.caller),
            Direction::Outgoing => text(&self.callee),
        }
    }
}

fn end_rank(ended: &Option<Said<Millis>>) -> Option<(Source, Millis)> {
    let Said(by, at) = ended.as_ref()?;
    Some((*by, if *by == Source::Receipt { -at } else { *at }))
}

/// A text that somebody said, else nothing.
pub fn text(said: &Option<Said<String>>) -> &str {
    said.as_ref().map_or("", |said| said.1.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said<T: Clone + std::fmt::Debug>(
        value: impl Strategy<Value = T>,
    ) -> impl Strategy<Value = Option<Said<T>>> {
        let sources = [
            Source::Guess,
            Source::Receipt,
            Source::Dock,
            Source::Exchange,
            Source::Answerer,
            Source::Carrier,
        ];
        proptest::option::of(
            (proptest::sample::select(sources.to_vec()), value).prop_map(|(s, v)| Said(s, v)),
        )
    }

    fn facts() -> impl Strategy<Value = Facts> {
        let outcomes = [
            Outcome::Busy,
            Outcome::NoAnswer,
            Outcome::Cancelled,
            Outcome::Declined,
            Outcome::Failed,
        ];
        let directions = [Direction::Incoming, Direction::Outgoing];
        (
            said(proptest::sample::select(directions.to_vec())),
            said("[a-c]"),
            said("[a-c]"),
            said(1..4_i64),
            said((0..5_i64).prop_map(Reverse)),
            said((0..5_i64).prop_map(Reverse)),
            said(0..5_i64),
            any::<bool>(),
            said(proptest::sample::select(outcomes.to_vec())),
        )
            .prop_map(
                |(
                    direction,
                    caller,
                    callee,
                    agent,
                    started,
                    answered,
                    ended,
                    was_answered,
                    outcome,
                )| Facts {
                    direction,
                    caller,
                    callee,
                    agent,
                    started,
                    answered,
                    ended,
                    was_answered,
                    outcome,
                    ..Facts::default()
                },
            )
    }

    fn joined<'f>(facts: impl IntoIterator<Item = &'f Facts>) -> Facts {
        facts.into_iter().fold(Facts::default(), |mut all, next| {
            all.join(next);
            all
        })
    }

    proptest! {
        #[test]
        fn neither_order_nor_repetition_matters(
            (in_order, shuffled) in proptest::collection::vec(facts(), 1..8)
                .prop_flat_map(|facts| (Just(facts.clone()), Just([facts.clone(), facts].concat()).prop_shuffle()))
        ) {
            prop_assert_eq!(joined(&in_order), joined(&shuffled));
        }

        #[test]
        fn parts_may_be_joined_first((a, b, c) in (facts(), facts(), facts())) {
            prop_assert_eq!(joined([&joined([&a, &b]), &c]), joined([&a, &joined([&b, &c])]));
        }

        #[test]
        fn a_call_never_goes_back((known, news) in (facts(), facts())) {
            let after = joined([&known, &news]);
            if known.outcome() != Outcome::Ringing {
                prop_assert_ne!(after.outcome(), Outcome::Ringing);
            }
            if known.outcome() == Outcome::Answered {
                prop_assert_eq!(after.outcome(), Outcome::Answered);
            }
            prop_assert!(known.ended_at().is_none() || after.ended_at().is_some());
            prop_assert!(known.answered_at().is_none() || after.answered_at().is_some());
        }
    }
}
