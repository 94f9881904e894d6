//! A dedicated worker that ends when it is dropped.

use super::WebError;
use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, MessageEvent, Url};

/// What a worker reports.
pub enum WorkerEvent {
    /// It posted a message.
    Message(JsValue),
    /// It could not be loaded, or threw an exception.
    Failed,
}

/// A running worker.
pub struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 2],
}

impl Worker {
    /// Starts a classic worker from a script.
    pub fn start(
        url: &str,
        report: impl Fn(WorkerEvent) + Clone + 'static,
    ) -> Result<Worker, WebError> {
        let worker = web_sys::Worker::new(url)?;
        let failed = report.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                report(WorkerEvent::Message(event.unchecked_ref::<MessageEvent>().data()));
            }),
            EventListener::new(&worker, "error", move |_| failed(WorkerEvent::Failed)),
        ];
        Ok(Worker { worker, _listeners: listeners })
    }

    /// Starts a worker from a few lines of script.
    pub fn from_source(
        source: &str,
        report: impl Fn(WorkerEvent) + Clone + 'static,
    ) -> Result<Worker, WebError> {
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let parts = js_sys::Array::of1(&source.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let worker = Worker::start(&url, report);
        // The worker took hold of its script when it was made (HTML, "run a worker": the URL is parsed and
        // its blob kept at once).
        let _ = Url::revoke_object_url(&url);
        worker
    }

    /// Sends it a message.
    pub fn post(&self, message: &JsValue) -> Result<(), WebError> {
        Ok(self.worker.post_message(message)?)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
