//! Where the keyboard's focus goes when the thing it stood on disappears.

use leptos::html::ElementType;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// A place that focus can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The middle of the dock, so that the next Tab is on its first control.
    Middle,
    /// The button **Dial pad**.
    DialPad,
    /// The button **Keypad**.
    Keypad,
    /// The button **Collapse**.
    Collapse,
    /// The button **Expand**.
    Expand,
    /// The field **Phone number**.
    Number,
}

/// A context: sends focus to a place, at once or as soon as it is on screen.
#[derive(Clone, Copy)]
pub struct Focus(RwSignal<Option<Spot>>);

impl Focus {
    /// Nothing is to be focused.
    pub fn new() -> Self {
        Focus(RwSignal::new(None))
    }

    /// Sends focus there. Only for what the agent did; what happens by itself leaves focus alone.
    pub fn send(self, spot: Spot) {
        self.0.set(Some(spot));
    }

    /// Makes this element the place.
    pub fn receive<E>(self, spot: Spot, node: NodeRef<E>)
    where
        E: ElementType + 'static,
        E::Output: JsCast + Clone + 'static,
    {
        Effect::new(move |_| {
            let Some(element) = node.get().filter(|_| self.0.get() == Some(spot)) else { return };
            self.0.set(None);
            if let Some(element) = element.dyn_ref::<HtmlElement>() {
                // An element that has just been removed refuses; there is nothing to do about it then.
                let _ = element.focus();
            }
        });
    }
}
