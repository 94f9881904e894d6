//! What a page with a call is to know: the browser's own question before it is left, and a sign on the element.

use crate::state::PhoneModel;
use crate::state::signals::*;
use gloo_events::{EventListener, EventListenerOptions};
use ringdock_phone::Stage;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, HtmlElement};

/// The element's attribute while a call is up.
const IN_CALL: &str = "in-call";

/// Arms the question while a call is up, and only then; as long, the element has the attribute `in-call`.
pub fn ask_before_leaving(phone: PhoneModel, element: HtmlElement) {
    let in_call = memo(move || {
        phone.view.with(|view| {
            view.call.as_ref().is_some_and(|call| !matches!(call.stage, Stage::Ended { .. }))
        })
    });
    let mut armed = None;
    follow(move || {
        drop(armed.take());
        armed = in_call.get().then(question).flatten();
        // Fails only for names that are none.
        let _ = element.toggle_attribute_with_force(IN_CALL, in_call.get());
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
