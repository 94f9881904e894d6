//! The formatter of numbers: a worker of its own, started when nothing else is waiting.

use super::{Happening, Inbox};
use crate::state::Format;
use crate::web::object;
use crate::web::worker::{Worker, WorkerEvent};
use wasm_bindgen::JsValue;

/// The formatter, or nothing where it could not be loaded: numbers are then shown as they are typed.
pub struct Formatter {
    url: String,
    inbox: Inbox,
    worker: Option<Worker>,
    ready: bool,
    country: Option<String>,
    /// The last question, which a worker that is still loading has not heard.
    asked: String,
}

impl Formatter {
    /// A formatter that is not loaded yet, from this script.
    pub fn new(url: String, inbox: Inbox) -> Formatter {
        Formatter { url, inbox, worker: None, ready: false, country: None, asked: String::new() }
    }

    /// The country of numbers that are written without one.
    pub fn set_country(&mut self, country: Option<String>) {
        self.country = country;
    }

    /// Loads the formatter if it is not there.
    pub fn load(&mut self) {
        if self.worker.is_some() {
            return;
        }
        let inbox = self.inbox.clone();
        let report = move |event| {
            let WorkerEvent::Message(message) = event else { return };
            inbox.put(match object::text(&message, "text") {
                None => Happening::FormatterReady,
                Some(text) => Happening::Formatted(Format {
                    text,
                    display: object::text(&message, "display"),
                    country: object::text(&message, "country"),
                    e164: object::text(&message, "e164"),
                    national: object::text(&message, "national"),
                }),
            });
        };
        self.worker = Worker::start(&self.url, report).ok();
    }

    /// The worker has loaded: it gets the question that it missed.
    pub fn set_ready(&mut self) {
        self.ready = true;
        let asked = std::mem::take(&mut self.asked);
        self.ask(asked);
    }

    /// Asks how a text is written as a number; the answer comes as [`Happening::Formatted`].
    pub fn ask(&mut self, text: String) {
        if self.ready
            && let Some(worker) = &self.worker
        {
            let country = self.country.as_deref();
            let question =
                object::build(&[("text", JsValue::from(&*text)), ("country", country.into())]);
            // A worker that takes no message has ended, and numbers stay as they are typed.
            let _ = worker.post(&question);
        }
        self.asked = text;
    }
}
