//! The server's events as this page gets them: through one stream for all pages and programs of the browser, where it can
//! be shared (`assets/ring-dock-crm-events.js`).

use gloo_events::EventListener;
use ringdock_api::Id;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventSource, EventTarget, MessageEvent};

#[wasm_bindgen(raw_module = "./ring-dock-crm-events.js")]
extern "C" {
    #[derive(Clone)]
    #[wasm_bindgen(extends = EventTarget)]
    type Events;

    #[wasm_bindgen(constructor, catch)]
    fn new(url: &str, user: f64, page: &str) -> Result<Events, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn browser(this: &Events) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = readyState)]
    fn ready_state(this: &Events) -> u16;

    #[wasm_bindgen(method)]
    fn close(this: &Events);
}

/// What is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The server knows the stream by this key; pages that share it are told apart behind it and a `.`.
    Named(String),
    /// The data of an event.
    Message(String),
    /// The stream was refused, and does not begin again by itself.
    Refused,
}

/// A stream, or a share in one; dropping it ends that.
pub struct Stream {
    events: Events,
    _listeners: [EventListener; 3],
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.events.close();
    }
}

impl Stream {
    /// Listens at this URL in the name of a user. When the page goes, the server is told that `page` went. None if the
    /// browser refuses.
    pub fn open(
        url: &str,
        user: Id,
        page: &str,
        hear: impl Fn(Heard) + Clone + 'static,
    ) -> Option<Stream> {
        let events = Events::new(url, user as f64, page).ok()?;
        let (known, named) = (events.clone(), hear.clone());
        let named = EventListener::new(&events, "named", move |_| {
            if let Some(browser) = known.browser() {
                named(Heard::Named(browser));
            }
        });
        let message = hear.clone();
        let message = EventListener::new(&events, "message", move |event| {
            if let Some(text) = event.dyn_ref::<MessageEvent>().and_then(|it| it.data().as_string())
            {
                message(Heard::Message(text));
            }
        });
        let stream = events.clone();
        let error = EventListener::new(&events, "error", move |_| {
            // A lost connection is made again by the browser; a refused one is not.
            if stream.ready_state() == EventSource::CLOSED {
                hear(Heard::Refused);
            }
        });
        Some(Stream { events, _listeners: [named, message, error] })
    }
}
