//! The keyboard as a telephone's keys, during a call.

use crate::state::PhoneModel;
use gloo_events::EventListener;
use ringdock_phone::{Digit, Intent};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// Where keys are text.
const TEXT_FIELDS: &str =
    "input, textarea, select, [contenteditable]:not([contenteditable='false']), [role='textbox']";

/// Sends a tone for each of the keys `0`-`9`, `*` and `#`, of the numpad as well, while a call takes tones.
/// Keys for a text field are the field's, and keys with Ctrl, Alt or the like are the page's.
pub fn keys(phone: PhoneModel) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "keydown", move |event| {
        if let Some(digit) = pressed(event)
            && phone.view.with_untracked(|view| view.may.digit)
        {
            phone.act(Intent::Digit(digit));
        }
    }))
}

fn pressed(event: &Event) -> Option<Digit> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    let chord = key.ctrl_key() || key.meta_key() || key.alt_key();
    if event.default_prevented() || chord || key.repeat() || key.is_composing() || is_text(event) {
        return None;
    }
    let name = key.key();
    let mut signs = name.chars();
    signs.next().filter(|_| signs.next().is_none()).and_then(Digit::new)
}

fn is_text(event: &Event) -> bool {
    // The path, because inside a shadow root the target is only the root's host.
    let target = event.composed_path().get(0).dyn_into::<Element>();
    target.is_ok_and(|target| target.closest(TEXT_FIELDS).is_ok_and(|field| field.is_some()))
}
