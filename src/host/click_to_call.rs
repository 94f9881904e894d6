//! Click to call: any element of the page that names a number.

use crate::state::PhoneModel;
use gloo_events::{EventListener, EventListenerOptions};
use ringdock_phone::{Intent, LineState, Party};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// Elements that name a number: our attribute, or a telephone link (RFC 3966).
const CALLS: &str = "[data-ringdock-number], a[href^='tel:']";

/// Calls the number of each such element that is clicked, for as long as the listener is kept. The element's
/// `data-ringdock-name` is shown as the callee's name. Without an account the page's own links are left alone.
pub fn click_to_call(phone: PhoneModel) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&document, "click", options, move |event| {
        let plain = event
            .dyn_ref::<MouseEvent>()
            .is_some_and(|click| !click.ctrl_key() && !click.meta_key());
        if event.default_prevented()
            || !plain
            || phone.view.with_untracked(|view| view.line == LineState::Off)
        {
            return;
        }
        // The path, because inside a shadow root of the page the target is only the root's host.
        let clicked = event.composed_path().get(0).dyn_into::<Element>().ok();
        let Some(element) = clicked.and_then(|clicked| clicked.closest(CALLS).ok().flatten())
        else {
            return;
        };
        let number =
            element.get_attribute("data-ringdock-number").or_else(|| element.get_attribute("href"));
        if let Some(number) = number {
            event.prevent_default();
            let name = element.get_attribute("data-ringdock-name");
            phone.act(Intent::Dial { callee: Party { number, name }, from: None });
        }
    }))
}
