//! What outlives the page: letters and drafts of one agent in the browser's storage, one entry each, so that two pages
//! do not write over each other. Each belongs to the page that keeps it. No secret is among them.

use crate::drafts::Draft;
use crate::outbox::Letter;
use ringdock_api::Id;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use std::sync::Arc;
use web_sys::Storage;

const PREFIX: &str = "ringdock.crm.";
const LAST_USER: &str = "ringdock.crm.user";

/// What one page keeps for one agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    user: Id,
    page: Arc<str>,
}

/// One entry.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    /// The page it belongs to; empty for an entry of an older version.
    #[serde(default)]
    page: String,
    #[serde(flatten)]
    thing: T,
}

/// An entry of any kind.
#[derive(Deserialize)]
struct Thing {}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Who was signed in last, for a page that cannot reach the server.
pub fn last_user() -> Option<Id> {
    storage()?.get_item(LAST_USER).ok()??.parse().ok()
}

impl Store {
    /// What this page keeps for this user, who is remembered.
    pub fn of(user: Id, page: Arc<str>) -> Store {
        if let Some(storage) = storage() {
            // Without it a page that cannot reach the server shows no drafts.
            let _ = storage.set_item(LAST_USER, &user.to_string());
        }
        Store { user, page }
    }

    /// Whose it is.
    pub fn user(&self) -> Id {
        self.user
    }

    /// The page that keeps it.
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The pages that have kept something for this user.
    pub fn pages(&self) -> BTreeSet<String> {
        self.all::<Thing>("").map(|kept| kept.page).collect()
    }

    /// Keeps a letter. False if the browser does not keep it.
    pub fn keep_letter(&self, letter: &Letter) -> bool {
        self.keep("letter.", &letter.name, letter)
    }

    /// Forgets a letter.
    pub fn drop_letter(&self, name: &str) {
        self.remove("letter.", name);
    }

    /// The letters of a page, in any order.
    pub fn letters(&self, page: &str) -> Vec<Letter> {
        self.of_page("letter.", page)
    }

    /// Keeps a draft. False if the browser does not keep it.
    pub fn keep_draft(&self, draft: &Draft) -> bool {
        self.keep("draft.", &draft.call, draft)
    }

    /// Forgets the draft of a call.
    pub fn drop_draft(&self, call: &str) {
        self.remove("draft.", call);
    }

    /// The drafts of a page, in any order.
    pub fn drafts(&self, page: &str) -> Vec<Draft> {
        self.of_page("draft.", page)
    }

    fn key(&self, kind: &str, name: &str) -> String {
        format!("{PREFIX}{}.{kind}{name}", self.user)
    }

    fn keep(&self, kind: &str, name: &str, thing: &impl Serialize) -> bool {
        let kept = Kept { page: self.page.to_string(), thing };
        let Ok(text) = serde_json::to_string(&kept) else { return false };
        storage().is_some_and(|storage| storage.set_item(&self.key(kind, name), &text).is_ok())
    }

    fn remove(&self, kind: &str, name: &str) {
        if let Some(storage) = storage() {
            // Removing cannot fail but where there is no storage.
            let _ = storage.remove_item(&self.key(kind, name));
        }
    }

    fn of_page<T: DeserializeOwned>(&self, kind: &str, page: &str) -> Vec<T> {
        self.all(kind).filter(|kept| kept.page == page).map(|kept| kept.thing).collect()
    }

    fn all<T: DeserializeOwned>(&self, kind: &str) -> impl Iterator<Item = Kept<T>> {
        let begin = self.key(kind, "");
        let storage = storage();
        let count = storage.as_ref().map_or(0, |storage| storage.length().unwrap_or(0));
        let texts = (0..count).filter_map(move |at| {
            let storage = storage.as_ref()?;
            let key = storage.key(at).ok()?.filter(|key| key.starts_with(&begin))?;
            storage.get_item(&key).ok()?
        });
        // What an older version wrote in another form is left alone.
        texts.filter_map(|text| serde_json::from_str(&text).ok())
    }
}
