//! The formatter of numbers: a worker of its own, started when nothing else is waiting.

use super::{Happening, Inbox};
use crate::state::Format;
use crate::web::worker::{Worker, WorkerEvent};
use serde::{Deserialize, Serialize};

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

#[derive(Serialize)]
struct Question<'a> {
    text: &'a str,
    country: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Ready { ready: bool },
    Format { text: String, display: Option<String>, country: Option<String> },
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
            match serde_wasm_bindgen::from_value(message) {
                Ok(Answer::Ready { ready: true }) => inbox.put(Happening::FormatterReady),
                Ok(Answer::Format { text, display, country }) => {
                    inbox.put(Happening::Formatted(Format { text, display, country }));
                }
                // Only our own worker speaks here; what a later one may say is not for this version.
                Ok(Answer::Ready { ready: false }) | Err(_) => {}
            }
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
        let question = Question { text: &text, country: self.country.as_deref() };
        if self.ready
            && let Some(worker) = &self.worker
            && let Ok(message) = serde_wasm_bindgen::to_value(&question)
        {
            // A worker that takes no message has ended, and numbers stay as they are typed.
            let _ = worker.post(&message);
        }
        self.asked = text;
    }
}
