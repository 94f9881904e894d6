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
    country: Option<String>,
}

#[derive(Serialize)]
struct Question<'a> {
    text: &'a str,
    country: Option<&'a str>,
}

#[derive(Deserialize)]
struct Answer {
    text: String,
    display: Option<String>,
    country: Option<String>,
}

impl Formatter {
    /// A formatter that is not loaded yet, from this script.
    pub fn new(url: String, inbox: Inbox) -> Formatter {
        Formatter { url, inbox, worker: None, country: None }
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
            // The worker's other messages, such as that it has started, are no answers.
            if let WorkerEvent::Message(message) = event
                && let Ok(Answer { text, display, country }) =
                    serde_wasm_bindgen::from_value(message)
            {
                inbox.put(Happening::Formatted(Format { text, display, country }));
            }
        };
        self.worker = Worker::start(&self.url, report).ok();
    }

    /// Asks how a text is written as a number; the answer comes as [`Happening::Formatted`].
    pub fn ask(&self, text: &str) {
        let question = Question { text, country: self.country.as_deref() };
        if let Some(worker) = &self.worker
            && let Ok(message) = serde_wasm_bindgen::to_value(&question)
        {
            // A worker that takes no message has failed to load, and numbers stay as they are typed.
            let _ = worker.post(&message);
        }
    }
}
