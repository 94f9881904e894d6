//! Who the other side of a call is.

use super::{Crm, now};
use crate::calls::PhoneCall;
use crate::client::{Failure, escape};
use crate::drafts::is_record;
use crate::lookup::{Found, Key, Lookup};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use ringdock_api::call::Direction;
use ringdock_api::matching::{Match, Matches, Related};
use ringdock_api::record::{Record, RecordBrief};
use ringdock_api::{Id, Millis};
use std::collections::BTreeSet;
use wasm_bindgen_futures::spawn_local;

/// How often a lookup is tried again while its call is up, each time a second later.
const LOOKUPS: u32 = 10;

/// A click on a record's number is about a call that begins within this time, in milliseconds.
const CLICK_COUNTS: Millis = 3_000;

impl Crm {
    pub(super) fn begin_lookup(self, call: &PhoneCall) {
        let clicked = self.clicked.try_update_value(Option::take).flatten();
        let clicked = clicked
            .filter(|(_, at)| call.direction == Direction::Outgoing && now() - at < CLICK_COUNTS);
        let handed_on = self.lookup.with_untracked(|lookup| lookup.call == Some(call.id));
        self.lookup.set(Lookup {
            call: Some(call.id),
            number: call.number.clone(),
            channel_id: call.channel_id.clone(),
            found: if call.number.is_empty() { Found::Nothing } else { Found::Waiting },
            clicked: clicked.map(|(record, _)| record),
            chosen: None,
            taken: None,
            handed_on,
        });
        if !call.number.is_empty() {
            spawn_local(self.look_up(call.id, call.number.clone()));
        }
    }

    /// Asks who has the number, again and again while the call is up and there is no answer.
    async fn look_up(self, call: i32, number: String) {
        let path = format!("/api/match?number={}", escape(&number));
        for attempt in 1..=LOOKUPS {
            let answer: Result<Matches, Failure> = self.client().get(&path).await;
            let answer = match answer {
                Ok(answer) => Ok(self.with_clicked(call, answer).await),
                Err(failure) => Err(failure),
            };
            let is_news = self
                .lookup
                .try_with_untracked(|lookup| lookup.call == Some(call) && lookup.number == number);
            if is_news != Some(true) {
                return;
            }
            let passes = answer.as_ref().is_err_and(Failure::passes);
            self.lookup.update(|lookup| {
                lookup.answer(match answer {
                    Ok(answer) => Found::Matches(answer.matches),
                    Err(failure) => Found::Failed(failure.sentence()),
                });
            });
            if !passes {
                return self.primary_changed();
            }
            TimeoutFuture::new(1_000 * attempt).await;
        }
    }

    /// Something was added around the other side: asks anew, and shows what was there until then.
    pub fn look_again(self) {
        let asked =
            self.lookup.with_untracked(|lookup| lookup.call.zip(Some(lookup.number.clone())));
        if let Some((call, number)) = asked.filter(|(_, number)| !number.is_empty()) {
            spawn_local(self.look_up(call, number));
        }
    }

    /// A record whose number was clicked on is among the matches even if its number cannot be matched.
    async fn with_clicked(self, call: i32, mut answer: Matches) -> Matches {
        let clicked = self
            .lookup
            .with_untracked(|lookup| lookup.clicked.filter(|_| lookup.call == Some(call)));
        let Some(id) = clicked else { return answer };
        if answer.matches.iter().any(|m| is_record(&m.record) && m.record.id == id) {
            return answer;
        }
        let client = self.client();
        let record: Result<Record, _> = client.get(&format!("/api/records/{id}")).await;
        let related: Result<Related, _> = client.get(&format!("/api/records/{id}/related")).await;
        if let Ok(record) = record {
            let Record { id, record_type, title, status, .. } = record;
            answer.matches.insert(
                0,
                Match {
                    record: RecordBrief { id, record_type, title, status },
                    field: String::new(),
                    field_label: String::new(),
                    related: related.unwrap_or_default(),
                },
            );
        }
        answer
    }

    /// A record may have changed: what is known of it here follows, if anything is.
    pub async fn refresh(self, id: Id) {
        let is_known = untrack(|| {
            let key = Key::record(id);
            self.lookup.with(|all| all.matches().iter().any(|one| Key::of(&one.record) == key))
                || self.drafts.with(|drafts| drafts.records().any(|known| known == id))
        });
        let Some(client) = self.client.try_get_value().filter(|_| is_known) else { return };
        let record: Result<Record, Failure> = client.get(&format!("/api/records/{id}")).await;
        // Without an answer the server is away, and asked again when it is back; or the record is gone.
        let Ok(Record { id, record_type, title, status, .. }) = record else { return };
        let record = RecordBrief { id, record_type, title, status };
        let changed = self.drafts.try_update(|drafts| drafts.refresh(&record)).unwrap_or_default();
        for call in &changed {
            self.post.keep_draft(call);
        }
        if self.lookup.try_update(|lookup| lookup.refresh(&record)) == Some(true) {
            self.primary_changed();
        }
    }

    /// The same for all records that notes in the making are about.
    pub fn refresh_all(self) {
        let records: BTreeSet<Id> = self.drafts.with_untracked(|drafts| drafts.records().collect());
        for record in records {
            spawn_local(self.refresh(record));
        }
    }

    /// The agent says with whom of those who have the number the call is.
    pub fn choose(self, one: Key) {
        self.lookup.update(|lookup| lookup.chosen = Some(one));
        self.primary_changed();
    }

    /// A record was made in the call.
    pub fn add(self, record: RecordBrief) {
        self.lookup.update(|lookup| lookup.add(record));
        self.primary_changed();
    }

    /// The best match's name becomes the other side's, and the note is about it.
    fn primary_changed(self) {
        let (call, id, primary) = self.lookup.with_untracked(|lookup| {
            let primary = lookup.primary().map(|found| found.record.clone());
            (lookup.call, lookup.channel_id.clone(), primary)
        });
        let (Some(call), Some(record)) = (call, primary) else { return };
        self.phone.with_value(|phone| phone.identify(call, &record.title));
        self.drafts.update(|drafts| {
            if let Some(draft) = drafts.of_mut(&id).filter(|draft| draft.is_open()) {
                draft.who.clone_from(&record.title);
                if draft.record.as_ref().map(|known| known.id) != Some(record.id) {
                    draft.status = None;
                }
                draft.record = Some(record);
            }
        });
        self.post.keep_draft(&id);
        let snapshot = self.snapshot.get_untracked();
        if let Some(live) = snapshot.live().filter(|live| live.id == call) {
            self.report(live, &snapshot.own, self.lookup.with_untracked(Lookup::settled));
        }
    }
}
