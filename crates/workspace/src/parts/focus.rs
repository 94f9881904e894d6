//! Where the keyboard is.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves the keyboard to the element of that `id`.
pub fn focus(id: &str) {
    focus_on(document().get_element_by_id(id));
}

/// Moves the keyboard to the first control in the element of that `id`.
pub fn focus_first(id: &str) {
    let inside = document().get_element_by_id(id);
    let first = inside.and_then(|inside| inside.query_selector(CONTROLS).ok().flatten());
    focus_on(first);
}

/// Whether anything of the page has the keyboard.
pub fn has_focus() -> bool {
    document().active_element().is_some_and(|element| element.tag_name() != "BODY")
}

/// What had the keyboard may have gone: then the first of these elements that can take it has it, once the page is drawn.
pub fn keep_focus(ids: impl IntoIterator<Item = impl AsRef<str>> + 'static) {
    request_animation_frame(move || {
        for id in ids {
            if has_focus() {
                return;
            }
            focus(id.as_ref());
        }
    });
}

/// What a person fills in or presses.
const CONTROLS: &str = "input, select, textarea, button";

fn focus_on(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot have the focus leaves it where it is.
        let _ = element.focus();
    }
}
