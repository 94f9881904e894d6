use std::sync::Arc;

use gloo_events::EventListener;
use leptos::prelude::*;
use ringdock_api::{Id, event::Event};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{EventSource, EventTarget, MessageEvent};

use super::Reach;

#[wasm_bindgen(raw_module = "/dock/ring-dock-crm-events.js")]
extern "C" {
    /// The server's events through one stream for all pages of the browser, the docks on them included; else as an
    /// `EventSource`.
    #[derive(Clone)]
    #[wasm_bindgen(extends = EventTarget)]
    type Events;

    #[wasm_bindgen(constructor, catch)]
    fn new(url: &str, user: f64) -> Result<Events, JsValue>;

    #[wasm_bindgen(method, getter, js_name = readyState)]
    fn ready_state(this: &Events) -> u16;

    #[wasm_bindgen(method)]
    fn close(this: &Events);
}

type Heard = Arc<dyn Fn(&Event) + Send + Sync>;

/// What the server tells by itself.
#[derive(Clone, Copy)]
pub struct Live {
    listeners: StoredValue<Vec<(u32, Heard)>>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    count: StoredValue<u32>,
    begun: StoredValue<bool>,
}

/// An open stream; dropping it closes it.
struct Stream {
    source: Events,
    _listeners: [EventListener; 2],
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

impl Live {
    /// Opens the stream of this user, and opens it again whenever the server is back.
    pub fn new(reach: Reach, user: Id) -> Self {
        let this = Self {
            listeners: StoredValue::new(Vec::new()),
            stream: StoredValue::new_local(None),
            count: StoredValue::new(0),
            begun: StoredValue::new(false),
        };
        Effect::new(move |before: Option<()>| {
            reach.track();
            let closed = this.stream.with_value(|stream| {
                stream.as_ref().is_none_or(|s| s.source.ready_state() == EventSource::CLOSED)
            });
            let may_open = !reach.signed_out().get_untracked();
            if before.is_none() || (closed && may_open) {
                this.stream.set_value(this.open(reach, user));
            }
        });
        this
    }

    fn open(self, reach: Reach, user: Id) -> Option<Stream> {
        let source = Events::new("/api/events", user as f64).ok()?;
        let message = EventListener::new(&source, "message", move |message| {
            let text = message.dyn_ref::<MessageEvent>().and_then(|m| m.data().as_string());
            match text.and_then(|text| serde_json::from_str(&text).ok()) {
                // The first time, everything has just been fetched.
                Some(Event::Ready) if self.begun.get_value() => reach.refresh(),
                Some(Event::Ready) => self.begun.set_value(true),
                Some(event) => self.tell(&event),
                // An event of a newer server.
                None => {}
            }
        });
        let closing = source.clone();
        let error = EventListener::new(&source, "error", move |_| {
            // Ours to open again, once the server is known to be there.
            closing.close();
            reach.lost();
        });
        Some(Stream { source, _listeners: [message, error] })
    }

    fn tell(self, event: &Event) {
        let listeners = self.listeners.try_get_value().unwrap_or_default();
        for (_, heard) in listeners {
            heard(event);
        }
    }

    /// Calls `heard` for each event, for as long as the current owner lives.
    pub fn on(self, heard: impl Fn(&Event) + Send + Sync + 'static) {
        let id = self.count.get_value();
        self.count.set_value(id.wrapping_add(1));
        self.listeners.update_value(|listeners| listeners.push((id, Arc::new(heard))));
        on_cleanup(move || {
            // Already gone together with the whole page is as good.
            let _ = self
                .listeners
                .try_update_value(|listeners| listeners.retain(|(other, _)| *other != id));
        });
    }
}
