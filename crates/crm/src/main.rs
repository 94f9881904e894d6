//! The program that the dock loads: see the library.

use js_sys::Array;
use ringdock_crm::phone::Softphone;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, ShadowRoot};

/// A CRM's side that is joined to a dock. Freeing it takes it away.
#[wasm_bindgen]
pub struct Side(
    #[expect(dead_code, reason = "kept for what its end does")] ringdock_crm::side::Side,
);

#[wasm_bindgen]
impl Side {
    /// Joins the dock of `element` to the server at `url`. `missed` are the details of the events
    /// `ringdock-call-ended` that came before.
    ///
    /// # Errors
    /// The element is in no document.
    #[wasm_bindgen(constructor)]
    pub fn new(
        element: HtmlElement,
        root: ShadowRoot,
        phone: Softphone,
        url: &str,
        missed: Array,
    ) -> Result<Side, JsValue> {
        ringdock_crm::side::Side::join(element, &root, phone, url, &missed).map(Side)
    }
}

fn main() {
    // A release build ends a panic without words.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}
