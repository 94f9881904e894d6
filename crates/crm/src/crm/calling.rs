//! What the phone tells: reports of its calls, and the drafts of their notes.

use super::{Crm, new_key, now};
use crate::calls::{EndedCall, PhoneCall, Snapshot, Stage};
use crate::drafts::{AfterCall, Draft, Phase};
use crate::lookup::Lookup;
use crate::phone::Softphone;
use leptos::prelude::*;
use ringdock_api::{Id, Millis};

/// A call that is up this soon after one with the same number was over is the same one, in milliseconds.
const HANDED_BACK: Millis = 1_000;

impl Crm {
    /// The phone changed.
    pub fn see(self, snapshot: Snapshot) {
        if self.snapshot.with_untracked(|known| *known == snapshot) {
            return;
        }
        if let Some(call) = snapshot.live() {
            self.follow_call(call, &snapshot.own);
        }
        if let Some(call) = &snapshot.consult {
            self.report(call, &snapshot.own, None);
        }
        self.snapshot.set(snapshot);
    }

    fn follow_call(self, call: &PhoneCall, own: &str) {
        // In the middle of a call the other side may be handed on.
        let is_known =
            |lookup: &Lookup| lookup.call == Some(call.id) && lookup.number == call.number;
        if !self.lookup.with_untracked(is_known) {
            self.carry_draft_on(call);
            self.readdress_draft(call);
            self.begin_lookup(call);
        } else if self.lookup.with_untracked(|lookup| lookup.channel_id != call.channel_id) {
            self.lookup.update(|lookup| lookup.channel_id.clone_from(&call.channel_id));
        }
        self.report(call, own, self.lookup.with_untracked(Lookup::settled));
        if call.stage == Stage::Active && !call.channel_id.is_empty() {
            self.draft_of(call, true);
        }
    }

    pub(super) fn report(self, call: &PhoneCall, own: &str, record: Option<Id>) {
        let report = self.reporter.try_update_value(|all| all.see(call, own, record)).flatten();
        if let Some(report) = report {
            self.post.report(&report);
        }
    }

    /// A call is over.
    pub fn end(self, call: &EndedCall) {
        let own = self.snapshot.with_untracked(|snapshot| snapshot.own.clone());
        let looked_up = self.lookup.with_untracked(|lookup| lookup.call == Some(call.id));
        let record = self.lookup.with_untracked(Lookup::settled).filter(|_| looked_up);
        let report = self.reporter.try_update_value(|all| all.end(call, &own, record)).flatten();
        if let Some(report) = report {
            self.post.report(&report);
        }
        if call.consult || call.channel_id.is_empty() {
            return;
        }
        if call.answered_at.is_some() {
            // A call that was over before it was seen has no draft yet.
            self.begin_draft(
                &call.channel_id,
                &call.number,
                call.name.as_deref(),
                call.started_at,
                true,
            );
        }
        let asks = self.session.with_untracked(|session| {
            session.as_ref().is_none_or(|session| session.preferences.note_dialog)
        });
        let after = self.drafts.try_update(|drafts| drafts.end(&call.channel_id, asks));
        self.post.keep_draft(&call.channel_id);
        self.over.set_value(Some((call.channel_id.clone(), call.number.clone(), now())));
        match after {
            Some(AfterCall::Ask) => self.phone.with_value(Softphone::expand),
            Some(AfterCall::Save) => self.post.note(&call.channel_id),
            Some(AfterCall::Drop) | None => {}
        }
    }

    /// The page goes.
    pub fn close(self) {
        let over = self.reporter.try_update_value(|all| all.close(now())).unwrap_or_default();
        for report in over {
            self.post.report(&report);
        }
    }

    /// The number of a record was clicked on. During a call that calls nobody.
    pub fn click(self, record: Id) {
        if self.snapshot.with_untracked(|snapshot| snapshot.live().is_none()) {
            self.clicked.set_value(Some((record, now())));
        }
    }

    /// Gives the call a draft, if it has none.
    pub fn draft_of(self, call: &PhoneCall, answered: bool) {
        let (id, name) = (&call.channel_id, call.name.as_deref());
        self.begin_draft(id, &call.number, name, call.started_at, answered);
    }

    fn begin_draft(
        self,
        call: &str,
        number: &str,
        name: Option<&str>,
        began_at: Millis,
        answered: bool,
    ) {
        let known =
            self.drafts.with_untracked(|drafts| drafts.of(call).map(|draft| draft.answered));
        if known.is_some_and(|known| known || !answered) {
            return;
        }
        let record = self.lookup.with_untracked(|lookup| {
            lookup.primary().filter(|_| lookup.channel_id == call).map(|found| found.record.clone())
        });
        self.drafts.update(|drafts| {
            drafts.begin(Draft {
                key: new_key(),
                call: call.to_owned(),
                who: record
                    .as_ref()
                    .map_or_else(|| who(name, number), |record| record.title.clone()),
                record,
                text: String::new(),
                status: None,
                began_at,
                answered,
                phase: Phase::Call,
                quiet: false,
            });
            if let Some(draft) = drafts.of_mut(call) {
                draft.answered |= answered;
            }
        });
        self.post.keep_draft(call);
    }

    /// A PBX hands a call back as a new one, which is up at once: its note goes on.
    fn carry_draft_on(self, call: &PhoneCall) {
        let over = self.over.try_update_value(Option::take).flatten();
        let over = over.filter(|(_, number, at)| {
            call.stage == Stage::Active && *number == call.number && now() - at < HANDED_BACK
        });
        let Some((before, ..)) = over.filter(|_| !call.channel_id.is_empty()) else { return };
        if self.drafts.try_update(|drafts| drafts.carry_on(&before, &call.channel_id)) == Some(true)
        {
            self.post.keep_draft(&before);
            self.post.keep_draft(&call.channel_id);
        }
    }

    /// Whom the note is about is asked anew when somebody else is at the other end of the call.
    fn readdress_draft(self, call: &PhoneCall) {
        if self.drafts.with_untracked(|drafts| drafts.of(&call.channel_id).is_none()) {
            return;
        }
        self.drafts.update(|drafts| {
            if let Some(draft) = drafts.of_mut(&call.channel_id).filter(|draft| draft.is_open()) {
                draft.who = who(call.name.as_deref(), &call.number);
                draft.record = None;
                draft.status = None;
            }
        });
        self.post.keep_draft(&call.channel_id);
    }
}

/// The other side's name, or what stands for it.
fn who(name: Option<&str>, number: &str) -> String {
    name.unwrap_or(if number.is_empty() { crate::words::WITHHELD } else { number }).to_owned()
}
