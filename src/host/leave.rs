//! The browser's own question before a page with a call is left.

use crate::state::PhoneModel;
use crate::state::signals::*;
use gloo_events::{EventListener, EventListenerOptions};
use ringdock_phone::Stage;
use wasm_bindgen::JsCast;
use web_sys::BeforeUnloadEvent;

/// Arms the question while a call is up, and only then.
pub fn ask_before_leaving(phone: PhoneModel) {
    let in_call = memo(move || {
        phone.view.with(|view| {
            view.call.as_ref().is_some_and(|call| !matches!(call.stage, Stage::Ended { .. }))
        })
    });
    let mut armed = None;
    follow(move || {
        drop(armed.take());
        armed = in_call.get().then(question).flatten();
    });
}

fn question() -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "beforeunload", options, |event| {
        event.prevent_default();
        // Some browsers ask only if this is set (HTML, "BeforeUnloadEvent").
        event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("call");
    }))
}
