//! What outlives the page: letters and drafts of one agent in the browser's storage, one entry each, so that two pages
//! do not write over each other. No secret is among them.

use crate::drafts::Draft;
use crate::outbox::Letter;
use ringdock_api::Id;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

const PREFIX: &str = "ringdock.crm.";
const LAST_USER: &str = "ringdock.crm.user";

/// The storage of one agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Store {
    user: Id,
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Who was signed in last, for a page that cannot reach the server.
pub fn last_user() -> Option<Id> {
    storage()?.get_item(LAST_USER).ok()??.parse().ok()
}

impl Store {
    /// The storage of this user, who is remembered.
    pub fn of(user: Id) -> Store {
        if let Some(storage) = storage() {
            // Without it a page that cannot reach the server shows no drafts.
            let _ = storage.set_item(LAST_USER, &user.to_string());
        }
        Store { user }
    }

    /// Keeps a letter. False if the browser does not keep it.
    pub fn keep_letter(self, letter: &Letter) -> bool {
        self.keep("letter", &letter.name, letter)
    }

    /// Forgets a letter.
    pub fn drop_letter(self, name: &str) {
        self.remove("letter", name);
    }

    /// All letters, in any order.
    pub fn letters(self) -> Vec<Letter> {
        self.all("letter")
    }

    /// Keeps a draft. False if the browser does not keep it.
    pub fn keep_draft(self, draft: &Draft) -> bool {
        self.keep("draft", &draft.call, draft)
    }

    /// Forgets the draft of a call.
    pub fn drop_draft(self, call: &str) {
        self.remove("draft", call);
    }

    /// All drafts, in any order.
    pub fn drafts(self) -> Vec<Draft> {
        self.all("draft")
    }

    fn key(self, kind: &str, name: &str) -> String {
        format!("{PREFIX}{}.{kind}.{name}", self.user)
    }

    fn keep(self, kind: &str, name: &str, value: &impl Serialize) -> bool {
        let Ok(text) = serde_json::to_string(value) else { return false };
        storage().is_some_and(|storage| storage.set_item(&self.key(kind, name), &text).is_ok())
    }

    fn remove(self, kind: &str, name: &str) {
        if let Some(storage) = storage() {
            // Removing cannot fail but where there is no storage.
            let _ = storage.remove_item(&self.key(kind, name));
        }
    }

    fn all<T: DeserializeOwned>(self, kind: &str) -> Vec<T> {
        let Some(storage) = storage() else { return Vec::new() };
        let begin = self.key(kind, "");
        let count = storage.length().unwrap_or(0);
        let keys = (0..count).filter_map(|at| storage.key(at).ok()?);
        let texts = keys
            .filter(|key| key.starts_with(&begin))
            .filter_map(|key| storage.get_item(&key).ok()?);
        // What an older version wrote in another form is left alone.
        texts.filter_map(|text| serde_json::from_str(&text).ok()).collect()
    }
}
