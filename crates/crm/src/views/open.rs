//! Asking the page to show a record.

use leptos::prelude::*;
use ringdock_api::record::RecordBrief;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Dispatches `ringdock-open` on the dock's element; a handle to copy.
#[derive(Clone, Copy)]
pub struct Opener(StoredValue<HtmlElement, LocalStorage>);

impl Opener {
    /// For the dock of this element.
    pub fn new(element: HtmlElement) -> Opener {
        Opener(StoredValue::new_local(element))
    }

    /// Asks for this record. The event's `detail` has its `type` and `id`; it bubbles, and crosses shadow roots.
    pub fn open(self, record: &RecordBrief) {
        let detail = js_sys::Object::new();
        let fields: [(&str, JsValue); 2] =
            [("type", (&*record.record_type).into()), ("id", (record.id as f64).into())];
        for (name, value) in fields {
            // Setting a field of a plain object cannot fail.
            let _ = js_sys::Reflect::set(&detail, &name.into(), &value);
        }
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&detail);
        if let Ok(event) = CustomEvent::new_with_event_init_dict("ringdock-open", &init) {
            // A listener of the page that throws is reported by the browser to the page.
            self.0.with_value(|element| _ = element.dispatch_event(&event));
        }
    }
}
