//! The machine's connection to a network.

use super::object::{field, text};
use gloo_events::EventListener;
use std::cell::RefCell;
use wasm_bindgen::JsCast;

/// Calls back when the machine takes another kind of network (Network Information API). `None` in browsers that
/// do not tell.
pub fn on_other_network(changed: impl Fn() + 'static) -> Option<EventListener> {
    let connection = field(&web_sys::window()?.navigator(), "connection")?;
    let target: web_sys::EventTarget = connection.clone().dyn_into().ok()?;
    // The event also tells of each new guess at the speed.
    let kind = move || text(&connection, "type");
    let last = RefCell::new(kind());
    Some(EventListener::new(&target, "change", move |_| {
        let now = kind();
        if last.replace(now.clone()) != now {
            changed();
        }
    }))
}
