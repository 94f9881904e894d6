//! Where the keyboard's focus goes when the thing it stood on disappears.

use super::markup::document;
use crate::state::signals::*;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, FocusEvent, HtmlElement};

/// A place that focus can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The middle of the dock, so that the next Tab is on its first control.
    Middle,
    /// The button **Dial pad**.
    DialPad,
    /// The button **Keypad**.
    Keypad,
    /// The button **Transfer**.
    Transfer,
    /// The field of the transfer.
    TransferTo,
    /// The button **Collapse**.
    Collapse,
    /// The button **Expand**.
    Expand,
    /// The field **Phone number**.
    Number,
}

impl Spot {
    /// The `id` of its element, unique in the shadow root.
    pub fn id(self) -> &'static str {
        match self {
            Spot::Middle => "middle",
            Spot::DialPad => "dial-pad",
            Spot::Keypad => "keypad",
            Spot::Transfer => "transfer",
            Spot::TransferTo => "transfer-to",
            Spot::Collapse => "collapse",
            Spot::Expand => "expand",
            Spot::Number => "number",
        }
    }
}

/// Sends focus to places in the dock.
#[derive(Clone, Copy, Default)]
pub struct Focus {
    dock: Signal<Option<Element>>,
}

impl Focus {
    /// Names the element that all places are in.
    pub fn of(self, dock: Element) {
        self.dock.set(Some(dock));
    }

    /// Sends focus there as soon as the page is drawn. Only for what the agent did; what happens by itself
    /// leaves focus alone.
    pub fn send(self, spot: Spot) {
        when_drawn(Box::new(move || self.put(spot)));
    }

    fn put(self, spot: Spot) {
        let dock = self.dock.try_get_untracked().flatten();
        let place = dock.and_then(|dock| dock.query_selector(&["#", spot.id()].concat()).ok()?);
        if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
            // A disabled element refuses, and focus stays where it is.
            let _ = place.focus();
        }
    }
}

/// In a task of its own, when everything that follows a signal has followed it.
fn when_drawn(act: Box<dyn FnOnce()>) {
    spawn_local(async {
        TimeoutFuture::new(0).await;
        act();
    });
}

/// Rescues focus when a change that the agent did not make takes away the element it is on.
#[derive(Clone, Copy)]
pub struct Lifebuoy {
    focus: Focus,
    last: Signal<Option<Element>>,
}

impl Lifebuoy {
    /// Sends what it rescues by `focus` to the middle of the dock.
    pub fn new(focus: Focus) -> Self {
        Lifebuoy { focus, last: Signal::default() }
    }

    /// Focus came to an element inside.
    pub fn remember(self, ev: &FocusEvent) {
        let target = ev.target().and_then(|target| target.dyn_into().ok());
        self.last.set(target);
    }

    /// Focus may have gone: once the page is drawn, tells an element that was left from one that was removed.
    pub fn check(self) {
        when_drawn(Box::new(move || {
            let last = self.last.try_get_untracked().flatten();
            self.last.set(None);
            let nowhere = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
            match last {
                Some(last) if last.is_connected() => {
                    if last.matches(":focus").unwrap_or(false) {
                        self.last.set(Some(last));
                    }
                }
                Some(_) if nowhere => self.focus.put(Spot::Middle),
                Some(_) | None => (),
            }
        }));
    }
}
