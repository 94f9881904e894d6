//! What fits while a number is typed: recent calls and contacts, in the pattern of a combobox with a list.

use super::listbox::keep_in_sight;
use crate::client::{Failure, escape};
use crate::crm::Crm;
use crate::words;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use ringdock_api::Page;
use ringdock_api::matching::Suggestion;
use ringdock_api::user::Permission;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, KeyboardEvent, ShadowRoot};

/// The `id` of the dial pad's field.
const FIELD: &str = "number";
const LIST: &str = "suggestion-list";

/// After this pause in typing the server is asked, in milliseconds.
const PAUSE: u32 = 120;

/// The list's state; a handle to copy.
#[derive(Clone, Copy)]
pub struct Suggestions {
    crm: Crm,
    root: StoredValue<ShadowRoot, LocalStorage>,
    items: RwSignal<Vec<Suggestion>>,
    /// The place of the one that Enter chooses.
    active: RwSignal<Option<usize>>,
    /// The agent closed the list, or chose from it, and has not typed since.
    closed: RwSignal<bool>,
    /// The keyboard wrote into the field. What is put together on the keys below it gets no list, which would cover them.
    by_keyboard: StoredValue<bool>,
    pause: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Suggestions {
    /// Follows the field of the dial pad, for as long as the current owner lives.
    pub fn new(crm: Crm, root: &ShadowRoot) -> Suggestions {
        let this = Suggestions {
            crm,
            root: StoredValue::new_local(root.clone()),
            items: RwSignal::default(),
            active: RwSignal::new(None),
            closed: RwSignal::new(false),
            by_keyboard: StoredValue::new(false),
            pause: StoredValue::new_local(None),
        };
        let typed = Memo::new(move |_| crm.snapshot.with(|snapshot| snapshot.typed.clone()));
        Effect::new(move || this.ask_soon(typed.get()));
        Effect::new(move || this.describe_field());
        let options =
            EventListenerOptions { passive: false, ..EventListenerOptions::run_in_capture_phase() };
        // Before the dial pad hears of the key: Enter chooses while something is highlighted, and dials otherwise.
        let keys = EventListener::new_with_options(root, "keydown", options, move |ev| {
            if is_field(ev)
                && let Some(ev) = ev.dyn_ref::<KeyboardEvent>()
            {
                this.on_key(ev);
            }
        });
        let focus = EventListener::new(root, "focusin", move |ev| {
            if is_field(ev) {
                this.describe_field();
            }
        });
        let options = EventListenerOptions::run_in_capture_phase();
        let input = EventListener::new_with_options(root, "input", options, move |ev| {
            if is_field(ev) {
                this.by_keyboard.set_value(true);
            }
        });
        StoredValue::new_local([keys, focus, input]);
        this
    }

    fn is_open(self) -> bool {
        !self.closed.get() && self.items.with(|items| !items.is_empty())
    }

    fn ask_soon(self, typed: String) {
        self.closed.set(false);
        self.active.set(None);
        let few = typed.trim().chars().count() < 2;
        let by_keyboard = self.by_keyboard.get_value();
        self.by_keyboard.set_value(false);
        if few || !by_keyboard || !untrack(|| self.crm.may(Permission::Dial)) {
            self.pause.set_value(None);
            return self.items.set(Vec::new());
        }
        let ask = move || spawn_local(self.ask(typed));
        self.pause.set_value(Some(Timeout::new(PAUSE, ask)));
    }

    async fn ask(self, typed: String) {
        let path = format!("/api/suggestions?typed={}", escape(&typed));
        let Some(client) = self.crm.client.try_get_value() else { return };
        let answer: Result<Page<Suggestion>, Failure> = client.get(&path).await;
        let current = self.crm.snapshot.try_with_untracked(|snapshot| snapshot.typed == typed);
        if current == Some(true) && !self.closed.get_untracked() {
            // Without an answer nothing is missing from the dial pad.
            self.items.set(answer.map(|page| page.items).unwrap_or_default());
        }
    }

    fn on_key(self, ev: &KeyboardEvent) {
        if !untrack(|| self.is_open()) {
            return;
        }
        let count = self.items.with_untracked(Vec::len);
        let active = self.active.get_untracked();
        match (ev.key().as_str(), active) {
            ("ArrowDown", _) => self.active.set(Some(active.map_or(0, |at| (at + 1) % count))),
            ("ArrowUp", _) => {
                self.active.set(Some(active.map_or(count - 1, |at| (at + count - 1) % count)));
            }
            ("Enter", Some(at)) => self.choose(at),
            ("Escape", _) => self.close(),
            _ => return,
        }
        ev.prevent_default();
        ev.stop_propagation();
    }

    fn close(self) {
        self.closed.set(true);
        self.active.set(None);
    }

    /// Puts the number into the field.
    fn choose(self, at: usize) {
        let item = self.items.with_untracked(|items| items.get(at).cloned());
        let Some(Suggestion { number, call_from, .. }) = item else { return };
        self.crm.numbers.update(|numbers| numbers.expect(call_from));
        self.crm.phone.with_value(|phone| phone.write(&number));
        // What is written is typed, too; the list is closed once that has been heard.
        self.items.set(Vec::new());
        self.pause.set_value(None);
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(0).await;
            self.close();
            self.pause.try_update_value(|pause| *pause = None);
        });
    }

    /// Tells assistive technology what belongs to the field. The field is the dial pad's, and made anew with it.
    fn describe_field(self) {
        let (open, active) = (self.is_open(), self.active.get());
        let field = self.root.with_value(|root| root.get_element_by_id(FIELD));
        let Some(field) = field else { return };
        // The names are well-formed.
        let set = |name, value: &str| _ = field.set_attribute(name, value);
        set("role", "combobox");
        set("aria-autocomplete", "list");
        set("aria-controls", LIST);
        set("aria-expanded", if open { "true" } else { "false" });
        match active.filter(|_| open) {
            Some(at) => set("aria-activedescendant", &option_id(at)),
            None => _ = field.remove_attribute("aria-activedescendant"),
        }
    }
}

fn is_field(ev: &Event) -> bool {
    let target = ev.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.id() == FIELD)
}

fn option_id(at: usize) -> String {
    format!("suggestion-{at}")
}

/// The list below the field.
pub fn suggestions(state: Suggestions) -> impl IntoView {
    let options = move || {
        let option = |(at, item): (usize, Suggestion)| {
            let name = item.record.as_ref().map_or(words::RECENT.to_owned(), |r| r.title.clone());
            let about = item.field_label.unwrap_or_default();
            let node = NodeRef::<html::Li>::new();
            keep_in_sight(node, move || state.active.get() == Some(at));
            view! {
                <li role="option" id=option_id(at) class="suggestion" node_ref=node
                    aria-selected=move || (state.active.get() == Some(at)).to_string()
                    // With focus away from the field the list would be gone before the click.
                    on:pointerdown=|ev| ev.prevent_default()
                    on:click=move |_| state.choose(at)>
                    <span class="line">{name}</span> " "
                    <span class="suggestion-number">{item.number} " " <span class="when">{about}</span></span>
                </li>
            }
        };
        state.items.get().into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <Show when=move || state.is_open()>
            <ul class="suggestion-list" role="listbox" id=LIST aria-label=words::SUGGESTIONS>{options}</ul>
        </Show>
    }
}
