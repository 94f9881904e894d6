//! Carries letters to the server, and keeps letters and drafts where a reload does not reach.

use crate::calls::without_record;
use crate::client::Client;
use crate::crm::now;
use crate::drafts::{Drafts, Phase};
use crate::outbox::{Letter, Outbox};
use crate::page::if_gone;
use crate::store::{self, Store};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use ringdock_api::call::CallReport;
use ringdock_api::session::Session;
use ringdock_api::{Id, LONGEST_NOTE, Millis};
use serde::Serialize;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The outbox and what stands around it; a handle to copy.
#[derive(Clone, Copy)]
pub struct Post {
    client: StoredValue<Client, LocalStorage>,
    session: RwSignal<Option<Session>>,
    drafts: RwSignal<Drafts>,
    outbox: StoredValue<Outbox>,
    page: StoredValue<Arc<str>>,
    store: StoredValue<Option<Store>>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    /// Why the last attempt failed, in a sentence.
    pub trouble: RwSignal<Option<String>>,
    /// Whether the browser keeps what it is given.
    pub keeps: RwSignal<bool>,
}

impl Post {
    /// An empty outbox.
    pub fn new(
        client: StoredValue<Client, LocalStorage>,
        session: RwSignal<Option<Session>>,
        drafts: RwSignal<Drafts>,
        page: StoredValue<Arc<str>>,
    ) -> Post {
        Post {
            client,
            session,
            drafts,
            outbox: StoredValue::new(Outbox::default()),
            page,
            store: StoredValue::new(None),
            timer: StoredValue::new_local(None),
            trouble: RwSignal::new(None),
            keeps: RwSignal::new(true),
        }
    }

    /// Takes up what this user left on pages that are gone, and keeps what is new as theirs.
    pub fn open(self, user: Id) {
        if self.store_of(user).is_some() {
            return;
        }
        let store = Store::of(user, self.page.get_value());
        self.store.set_value(Some(store.clone()));
        self.drafts.with_untracked(|drafts| {
            for draft in drafts.all() {
                self.keeps.set(store.keep_draft(draft));
            }
        });
        self.outbox.with_value(|outbox| {
            for letter in outbox.letters() {
                self.keeps.set(store.keep_letter(letter));
            }
        });
        for page in store.pages() {
            if page == store.page() {
                self.take_over(user, &page);
            } else {
                spawn_local(async move {
                    let gone = page.clone();
                    if_gone(&page, move || self.take_over(user, &gone)).await;
                });
            }
        }
    }

    /// What a page kept becomes this page's.
    fn take_over(self, user: Id, page: &str) {
        let Some(store) = self.store_of(user) else { return };
        let kept = store.drafts(page);
        let calls: Vec<String> = kept.iter().map(|draft| draft.call.clone()).collect();
        self.drafts.update(|drafts| drafts.take_in(kept));
        let letters = store.letters(page);
        for letter in &letters {
            self.keeps.set(store.keep_letter(letter));
        }
        self.outbox.update_value(|outbox| outbox.restore(letters));
        for call in &calls {
            self.keep_draft(call);
            let phase = self.drafts.with_untracked(|all| all.of(call).map(|d| d.phase.clone()));
            if phase == Some(Phase::Saving) {
                self.note(call);
            }
        }
        self.deliver();
    }

    /// What is kept here, if it is for this user; none either once the dock is gone.
    fn store_of(self, user: Id) -> Option<Store> {
        self.store.try_get_value().flatten().filter(|store| store.user() == user)
    }

    /// Whatever the last user left, on an open page that cannot reach the server.
    pub fn open_last(self) {
        if let Some(user) = store::last_user() {
            self.open(user);
        }
    }

    /// Forgets everything that is another user's; what is kept stays kept.
    pub fn forget(self) {
        self.store.set_value(None);
        self.timer.set_value(None);
        self.outbox.set_value(Outbox::default());
        self.drafts.set(Drafts::default());
    }

    /// Tells the server of a call.
    pub fn report(self, report: &CallReport) {
        self.send(&format!("{REPORT}{}", report.call_id), "/api/calls", report);
    }

    /// Saves the note of a call.
    pub fn note(self, call: &str) {
        let too_long = self.drafts.with_untracked(|drafts| {
            drafts.of(call).is_some_and(|draft| draft.text.len() > LONGEST_NOTE)
        });
        if too_long {
            return self.refuse(call, "The note is longer than 1 MB. Shorten it and save again.");
        }
        self.drafts.update(|drafts| {
            if let Some(draft) = drafts.of_mut(call) {
                draft.phase = Phase::Saving;
            }
        });
        self.keep_draft(call);
        let note = self.drafts.with_untracked(|drafts| drafts.of(call).map(|draft| draft.note()));
        if let Some(note) = note {
            self.send(&note_name(call), "/api/notes", &note);
        }
    }

    /// Tries now what waits for a better moment.
    pub fn hurry(self) {
        self.outbox.update_value(Outbox::hurry);
        self.deliver();
    }

    /// The note is not wanted.
    pub fn skip(self, call: &str) {
        self.drafts.update(|drafts| drafts.remove(call));
        self.outbox.update_value(|outbox| outbox.remove(&note_name(call)));
        if let Some(store) = self.store.get_value() {
            store.drop_letter(&note_name(call));
            store.drop_draft(call);
        }
    }

    /// Keeps the draft of a call as it is now, or forgets it if there is none.
    pub fn keep_draft(self, call: &str) {
        let Some(store) = self.store.get_value() else { return };
        self.drafts.with_untracked(|drafts| match drafts.of(call) {
            Some(draft) => self.keeps.set(store.keep_draft(draft)),
            None => store.drop_draft(call),
        });
    }

    fn send(self, name: &str, path: &str, value: &impl Serialize) {
        // Plain data, which serde_json has no reason to refuse.
        let Ok(body) = serde_json::to_string(value) else { return };
        let letter = self.outbox.try_update_value(|outbox| outbox.put(name, path, body, now()));
        if let (Some(store), Some(letter)) = (self.store.get_value(), letter) {
            self.keeps.set(store.keep_letter(&letter));
        }
        self.deliver();
    }

    /// Sends what is due. Nothing leaves while it is not known in whose name it would.
    pub fn deliver(self) {
        let known = self.session.try_with_untracked(Option::is_some) == Some(true);
        let next =
            self.outbox.try_update_value(|outbox| known.then(|| outbox.next(now())).flatten());
        match next.flatten() {
            Some(letter) => spawn_local(self.carry(letter)),
            None if known => self.wait(),
            None => {}
        }
    }

    async fn carry(self, letter: Letter) {
        let Some(client) = self.client.try_get_value() else { return };
        let outcome = client.deliver(&letter.path, letter.body.clone()).await;
        if self.outbox.try_with_value(|_| ()).is_none() {
            return;
        }
        match outcome {
            Ok(()) => {
                let gone = self.outbox.try_update_value(Outbox::taken).flatten();
                self.trouble.set(None);
                self.acknowledged(gone);
            }
            Err(failure) if failure.passes() || failure.is_signed_out() => {
                let share = js_sys::Math::random();
                self.outbox.update_value(|outbox| outbox.failed(now(), share));
                self.trouble.set(Some(failure.sentence()));
            }
            Err(failure) if failure.is_about("record") && self.send_unlinked(&letter) => {}
            Err(failure) => {
                let gone = self.outbox.try_update_value(Outbox::refused).flatten();
                if let (Some(store), Some(name)) = (self.store.get_value(), &gone) {
                    store.drop_letter(name);
                }
                match letter.name.strip_prefix(NOTE) {
                    Some(call) => self.refuse(call, &failure.sentence()),
                    None => warn(&failure.sentence()),
                }
            }
        }
        self.deliver();
    }

    /// The record that a call was to be about is not there any longer. The call is told of all the same.
    fn send_unlinked(self, letter: &Letter) -> bool {
        let report =
            letter.name.starts_with(REPORT).then(|| without_record(&letter.body)).flatten();
        let Some(body) = report else { return false };
        let kept = self.outbox.try_update_value(|outbox| outbox.reword(body)).flatten();
        if let (Some(store), Some(letter)) = (self.store.get_value(), kept) {
            self.keeps.set(store.keep_letter(&letter));
        }
        true
    }

    fn acknowledged(self, name: Option<String>) {
        let (Some(store), Some(name)) = (self.store.get_value(), name) else { return };
        store.drop_letter(&name);
        if let Some(call) = name.strip_prefix(NOTE) {
            self.drafts.update(|drafts| drafts.remove(call));
            store.drop_draft(call);
        }
    }

    fn refuse(self, call: &str, sentence: &str) {
        self.drafts.update(|drafts| {
            if let Some(draft) = drafts.of_mut(call) {
                draft.phase = Phase::Refused(sentence.to_owned());
                draft.quiet = false;
            }
        });
        self.keep_draft(call);
    }

    fn wait(self) {
        let due = self.outbox.try_with_value(Outbox::due).flatten();
        let wait = due.map(|due| (due - now()).clamp(0, Millis::from(u32::MAX)) as u32);
        let timer = wait.map(|wait| Timeout::new(wait, move || self.deliver()));
        self.timer.set_value(timer);
    }
}

/// Begins the names of reports of calls.
const REPORT: &str = "report.";
/// Begins the names of notes.
const NOTE: &str = "note.";

fn note_name(call: &str) -> String {
    format!("{NOTE}{call}")
}

/// For whoever looks after the server: the agent can do nothing about it.
fn warn(sentence: &str) {
    leptos::logging::warn!("ring-dock: the server refused a report of a call: {sentence}");
}
