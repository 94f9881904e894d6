use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, MouseEvent};

use super::{Route, Unsaved};

/// Where the person is. Links of the page are followed without a page load, so that a call in the dock goes on.
#[derive(Clone, Copy)]
pub struct Router {
    route: RwSignal<Route>,
    unsaved: Unsaved,
    /// The person has agreed to leave by the browser's own buttons.
    agreed: StoredValue<bool>,
}

impl Router {
    /// Begins at the page's address and follows links and the browser's own buttons from then on.
    pub fn new() -> Self {
        let this = Self {
            route: RwSignal::new(current()),
            unsaved: Unsaved::new(),
            agreed: StoredValue::new(false),
        };
        let listeners = web_sys::window().map(|window| {
            let back = EventListener::new(&window, "popstate", move |_| this.moved());
            let options = EventListenerOptions::enable_prevent_default();
            let click = EventListener::new_with_options(&window, "click", options, move |event| {
                if let Some(route) = followed(event) {
                    event.prevent_default();
                    this.go(&route);
                }
            });
            let unload = move |event: &Event| {
                if this.unsaved.any() {
                    event.prevent_default();
                }
            };
            let unload = EventListener::new_with_options(&window, "beforeunload", options, unload);
            [back, click, unload]
        });
        StoredValue::new_local(listeners);
        this
    }

    /// The page now.
    pub fn route(self) -> Signal<Route> {
        self.route.into()
    }

    /// What is lost when a page is left.
    pub fn unsaved(self) -> Unsaved {
        self.unsaved
    }

    /// Goes to a page. If that loses what was typed, the person is asked first.
    pub fn go(self, route: &Route) {
        if self.route.with_untracked(|now| now == route) {
            return;
        }
        let route = route.clone();
        let leaves = self.leaves_for(&route);
        let go = move || {
            push(&route);
            self.show(route.clone());
        };
        if leaves { self.unsaved.before(go) } else { go() }
    }

    /// The browser went to another of its pages. If that loses what was typed, it is led back, and the person asked.
    fn moved(self) {
        let route = current();
        let agreed = self.agreed.get_value();
        self.agreed.set_value(false);
        if agreed || !self.unsaved.any() || !self.leaves_for(&route) {
            return self.show(route);
        }
        push(&self.route.get_untracked());
        self.unsaved.before(move || {
            self.agreed.set_value(true);
            if let Some(history) = history() {
                // As in `push`.
                let _ = history.back();
            }
        });
    }

    fn leaves_for(self, route: &Route) -> bool {
        self.route.with_untracked(|now| !now.same_page(route))
    }

    /// The same page with another filter, or one in place of another: nothing to come back to.
    pub fn replace(self, route: &Route) {
        if let Some(history) = history() {
            // As in `push`.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&route.href()));
        }
        self.show(route.clone());
    }

    fn show(self, route: Route) {
        if self.route.with_untracked(|now| *now != route) {
            self.route.set(route);
        }
    }
}

/// Puts an address behind those that the browser goes back through.
fn push(route: &Route) {
    if let Some(history) = history() {
        // A browser that refuses (too many in a short time) still shows the page.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&route.href()));
    }
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

fn current() -> Route {
    let location = web_sys::window().map(|window| window.location());
    let read = |part: fn(&web_sys::Location) -> Result<String, JsValue>| {
        location.as_ref().and_then(|location| part(location).ok()).unwrap_or_default()
    };
    let query = read(web_sys::Location::search);
    Route::parse(&read(web_sys::Location::pathname), query.trim_start_matches('?'))
}

/// The page that a plain click on a link leads to, if it is one of ours.
fn followed(event: &Event) -> Option<Route> {
    let click = event.dyn_ref::<MouseEvent>()?;
    let plain = click.button() == 0
        && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key());
    if event.default_prevented() || !plain {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href^='/']").ok()??;
    if link.has_attribute("download") || link.has_attribute("target") {
        return None;
    }
    let href = link.get_attribute("href")?;
    let (path, query) = href.split_once('?').unwrap_or((&href, ""));
    Some(Route::parse(path, query))
}
