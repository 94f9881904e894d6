use leptos::prelude::*;
use ringdock_api::Page;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;

use super::{Failure, Fetched, Load, Reach, get};

/// How many entries come at a time.
const PART: usize = 50;
/// The most that the server gives at once.
const MOST: usize = 200;

/// A list that is fetched in parts.
pub struct Paged<T: Send + Sync + 'static> {
    first: Fetched<Page<T>>,
    /// What was fetched behind the first part.
    rest: RwSignal<Vec<T>>,
    next: RwSignal<Option<String>>,
    /// How many entries the first part is to have: what was on screen stays when the list is fetched again.
    wanted: RwSignal<usize>,
    path: StoredValue<String>,
    busy: RwSignal<bool>,
    reach: Reach,
}

impl<T: Send + Sync + 'static> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Paged<T> {}

impl<T: DeserializeOwned + Clone + PartialEq + Send + Sync + 'static> Paged<T> {
    /// A list at the path that `path` says, which may follow signals. It has a query or none, but no cursor.
    pub fn new(reach: Reach, path: impl Fn() -> String + 'static) -> Self {
        let wanted = RwSignal::new(PART);
        let kept = StoredValue::new(String::new());
        let first = Fetched::new(reach, move || {
            let path = path();
            if kept.with_value(|kept| *kept != path) {
                kept.set_value(path.clone());
                wanted.set(PART);
            }
            Some(part(&path, wanted.get_untracked(), None))
        });
        let this = Self {
            first,
            rest: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            wanted,
            path: kept,
            busy: RwSignal::new(false),
            reach,
        };
        Effect::new(move |_| {
            let next = first.with(|page| page.and_then(|page| page.next.clone()));
            this.rest.set(Vec::new());
            this.next.set(next);
        });
        this
    }

    /// Where the list stands; its entries, if they are here.
    pub fn state(self) -> Load<Vec<T>> {
        match self.first.state() {
            Load::Waiting => Load::Waiting,
            Load::Refused(failure) => Load::Refused(failure),
            Load::Here(page) => {
                let mut items = page.items;
                self.rest.with(|rest| items.extend_from_slice(rest));
                Load::Here(items)
            }
        }
    }

    /// Whether there is more behind what is here.
    pub fn has_more(self) -> bool {
        self.next.with(Option::is_some)
    }

    /// Whether more is on its way.
    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Fetches the next part.
    pub fn more(self) {
        let Some(cursor) = self.next.get_untracked().filter(|_| !self.busy.get_untracked()) else {
            return;
        };
        self.busy.set(true);
        let path = self.path.with_value(|path| part(path, PART, Some(&cursor)));
        spawn_local(async move {
            let answer: Result<Page<T>, Failure> = get(&path).await;
            // The list may have gone meanwhile, or begun anew.
            let Some(current) = self.next.try_get_untracked() else { return };
            self.busy.set(false);
            match answer {
                Ok(page) if current.as_deref() == Some(&cursor) => {
                    self.rest.update(|rest| rest.extend(page.items));
                    self.next.set(page.next);
                }
                Ok(_) => {}
                Err(failure) => self.reach.learn(&failure),
            }
        });
    }

    /// Fetches again in a moment as much as is on screen.
    pub fn reload_soon(self) {
        let on_screen = match self.state_untracked() {
            Some(count) => count.clamp(PART, MOST),
            None => PART,
        };
        self.wanted.set(on_screen);
        self.first.reload_soon();
    }

    fn state_untracked(self) -> Option<usize> {
        let rest = self.rest.with_untracked(Vec::len);
        untrack(|| self.first.with(|page| page.map(|page| page.items.len() + rest)))
    }
}

fn part(path: &str, limit: usize, cursor: Option<&str>) -> String {
    let glue = if path.contains('?') { "&" } else { "?" };
    let mut path = [path, glue, "limit=", &limit.to_string()].concat();
    if let Some(cursor) = cursor {
        path += "&cursor=";
        path.push_str(&String::from(js_sys::encode_uri_component(cursor)));
    }
    path
}
