//! The colleagues who are free right now, to pass the call on to: a combobox with a list that is always open.

use super::listbox::keep_in_sight;
use crate::crm::Crm;
use crate::phone::Softphone;
use crate::team::{Highlight, fits};
use crate::words;
use gloo_events::EventListener;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use ringdock_api::Id;
use ringdock_api::presence::Agent;
use ringdock_api::user::Permission;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, FocusEvent, HtmlElement, ShadowRoot};

/// The `id` of the dock's own field of the transfer, which is made anew each time that the transfer is opened.
const NUMBER: &str = "transfer-to";
const SEARCH: &str = "colleague-search";
const LIST: &str = "colleague-list";

/// The list's state; a handle to copy.
#[derive(Clone, Copy)]
pub struct Agents {
    crm: Crm,
    search: RwSignal<String>,
    highlight: RwSignal<Highlight>,
    /// Those who are free and fit what is searched for.
    found: Memo<Vec<Agent>>,
    nobody_idle: Memo<bool>,
}

impl Agents {
    /// Begins anew with each call, and whenever the transfer is opened, for as long as the current owner lives.
    pub fn new(crm: Crm, root: &ShadowRoot) -> Agents {
        let search = RwSignal::new(String::new());
        let idle = Memo::new(move |_| {
            let own = crm.snapshot.with(|snapshot| snapshot.own.clone());
            crm.team.idle(&own)
        });
        let found = Memo::new(move |_| {
            let search = search.get();
            let fitting = idle.get().into_iter().filter(|agent| fits(agent, &search));
            fitting.collect::<Vec<_>>()
        });
        let nobody_idle = Memo::new(move |_| idle.with(Vec::is_empty));
        let this = Agents { crm, search, highlight: RwSignal::default(), found, nobody_idle };
        let call =
            Memo::new(move |_| crm.snapshot.with(|snapshot| snapshot.live().map(|call| call.id)));
        Effect::new(move || {
            call.track();
            this.begin();
        });
        let known = StoredValue::new_local(None::<Element>);
        let inside = root.clone();
        let opened = EventListener::new(root, "focusin", move |ev| {
            let Some(ev) = ev.dyn_ref::<FocusEvent>() else { return };
            let element = |target: Option<web_sys::EventTarget>| target?.dyn_into::<Element>().ok();
            let Some(field) = element(ev.target()).filter(|field| field.id() == NUMBER) else {
                return;
            };
            if known.with_value(|known| known.as_ref() == Some(&field)) {
                return;
            }
            known.set_value(Some(field.clone()));
            this.begin();
            if let Some(popover) = field.closest("[role=dialog]").ok().flatten() {
                let from = element(ev.related_target());
                let is_opening = from.is_none_or(|from| !popover.contains(Some(&from)));
                this.come_first(&popover, &inside, is_opening);
            }
        });
        StoredValue::new_local(opened);
        this
    }

    fn begin(self) {
        self.search.set(String::new());
        self.highlight.set(Highlight::default());
    }

    /// The colleagues come before the field for a number, for the eye and for the keyboard.
    fn come_first(self, popover: &Element, root: &ShadowRoot, is_opening: bool) {
        let place = self.crm.phone.with_value(|phone: &Softphone| phone.place("agents"));
        if let Some(place) = place {
            // It stands in the popover already.
            let _ = popover.prepend_with_node_1(&place);
        }
        let search =
            root.get_element_by_id(SEARCH).and_then(|it| it.dyn_into::<HtmlElement>().ok());
        // With nobody to choose from, a number is what is left.
        if let Some(search) = search.filter(|_| is_opening && !self.nobody_idle.get_untracked()) {
            // Not while the browser still tells of the focus that it takes away.
            spawn_local(async move {
                // It is shown, so that it takes focus.
                let _ = search.focus();
            });
        }
    }

    fn is_on(self, user: Id) -> bool {
        let highlight = self.highlight.get();
        self.found.with(|found| highlight.on(found).is_some_and(|agent| agent.user == user))
    }

    fn search_for(self, text: String) {
        // What was typed means the first who fits it now, not whoever comes by later.
        let is_blank = text.trim().is_empty();
        self.search.set(text);
        let first = self.found.with_untracked(|found| Highlight::first(found));
        self.highlight.set(if is_blank { Highlight::default() } else { first });
    }

    fn on_key(self, ev: &KeyboardEvent) {
        let highlight = self.highlight.get_untracked();
        match ev.key().as_str() {
            "ArrowDown" => {
                self.highlight.set(self.found.with_untracked(|found| highlight.next(found)));
            }
            "ArrowUp" => {
                self.highlight.set(self.found.with_untracked(|found| highlight.previous(found)));
            }
            "Enter" if !ev.is_composing() => {
                let agent = self.found.with_untracked(|found| highlight.on(found).cloned());
                if let Some(agent) = agent {
                    self.pass_on(&agent, Softphone::transfer);
                }
            }
            _ => return,
        }
        ev.prevent_default();
        // The field for a number beside the list takes Enter as well.
        ev.stop_propagation();
    }

    fn pass_on(self, agent: &Agent, how: fn(&Softphone, &str, &str)) {
        if let Some(number) = &agent.extension {
            self.crm.phone.with_value(|phone| how(phone, number, &agent.name));
        }
    }
}

/// A search, and a list that follows who comes and goes. Enter passes the call on to the one that is highlighted.
pub fn agents(state: Agents) -> impl IntoView {
    let Agents { crm, search, found, nobody_idle, .. } = state;
    let active = move || {
        let highlight = state.highlight.get();
        found.with(|found| highlight.on(found).map(|agent| option_id(agent.user)))
    };
    let nobody = move || {
        let sentence = if nobody_idle.get() { words::NOBODY_IDLE } else { words::NOBODY_FITS };
        found.with(Vec::is_empty).then(|| view! { <p class="nobody">{sentence}</p> })
    };
    // Whoever is called otherwise, or reached elsewhere, has a row of their own.
    let key = |agent: &Agent| (agent.user, agent.name.clone(), agent.extension.clone());
    view! {
        <Show when=move || crm.may(Permission::Transfer)>
            <input class="search" type="search" id=SEARCH role="combobox" aria-label=words::SEARCH_COLLEAGUES
                placeholder=words::SEARCH_COLLEAGUES autocomplete="off" aria-autocomplete="list"
                aria-controls=LIST aria-expanded=move || found.with(|found| !found.is_empty()).to_string()
                aria-activedescendant=active prop:value=move || search.get()
                on:input=move |ev| state.search_for(event_target_value(&ev))
                on:keydown=move |ev| state.on_key(&ev) />
            {nobody}
            <div class="colleagues" hidden=move || found.with(Vec::is_empty)>
                <ul role="listbox" id=LIST aria-label=words::COLLEAGUES>
                    <For each=move || found.get() key=key children=move |agent| option(state, agent) />
                </ul>
                <ul>
                    <For each=move || found.get() key=key children=move |agent| ask_first(state, agent) />
                </ul>
            </div>
        </Show>
    }
}

fn option_id(user: Id) -> String {
    format!("colleague-{user}")
}

/// A click on it passes the call on.
fn option(state: Agents, agent: Agent) -> impl IntoView {
    let user = agent.user;
    let is_on = Memo::new(move |_| state.is_on(user));
    let node = NodeRef::<html::Li>::new();
    keep_in_sight(node, move || is_on.get());
    let (name, number) = (agent.name.clone(), agent.extension.clone().unwrap_or_default());
    view! {
        <li role="option" id=option_id(user) class="match" node_ref=node aria-selected=move || is_on.get().to_string()
            // Focus stays in the search.
            on:pointerdown=|ev| ev.prevent_default()
            on:click=move |_| state.pass_on(&agent, Softphone::transfer)>
            <span class="match-title">{name}</span> " " <span class="match-about">{number}</span>
        </li>
    }
}

/// The button beside it. It stands in a list of its own, because nothing in an option is told by a screen reader.
fn ask_first(state: Agents, agent: Agent) -> impl IntoView {
    let label = words::ask_first(&agent.name);
    view! {
        <li>
            <button type="button" class="link" aria-label=label
                on:click=move |_| state.pass_on(&agent, Softphone::consult)>{words::ASK_FIRST}</button>
        </li>
    }
}
