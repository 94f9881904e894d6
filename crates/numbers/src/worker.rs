use crate::message::{self, Request};
use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

thread_local! {
    /// What lives as long as the worker does; it owns the closures that the browser calls.
    static WORKER: Worker = Worker::new();
}

struct Worker {
    scope: DedicatedWorkerGlobalScope,
    /// The last request that has no answer yet.
    waiting: RefCell<Option<Request>>,
    on_message: Closure<dyn Fn(MessageEvent)>,
    on_turn: Closure<dyn Fn()>,
}

/// Answers requests until the page ends the worker.
pub fn start() {
    WORKER.with(Worker::start);
}

impl Worker {
    fn new() -> Worker {
        Worker {
            scope: js_sys::global().unchecked_into(),
            waiting: RefCell::new(None),
            on_message: Closure::new(|event: MessageEvent| {
                WORKER.with(|worker| worker.receive(&event))
            }),
            on_turn: Closure::new(|| WORKER.with(Worker::answer)),
        }
    }

    fn start(&self) {
        ringdock_numbers::warm_up();
        self.scope.set_onmessage(Some(function(&self.on_message)));
        self.post(&message::ready());
    }

    /// Keeps the request for a later turn of the event loop. Messages that have arrived by then are
    /// delivered before it, and each takes the place of the one before.
    fn receive(&self, event: &MessageEvent) {
        let Some(request) = Request::read(&event.data()) else { return };
        let is_first = self.waiting.replace(Some(request)).is_none();
        if is_first && self.scope.set_timeout_with_callback(function(&self.on_turn)).is_err() {
            self.answer();
        }
    }

    fn answer(&self) {
        if let Some(Request { text, country }) = self.waiting.take() {
            let country = country.as_deref();
            let formatted = ringdock_numbers::format(&text, country);
            let dialled = ringdock_numbers::dialled(&text, country);
            self.post(&message::answer(&text, formatted, dialled));
        }
    }

    fn post(&self, message: &JsValue) {
        // Fails only for what cannot be copied; the messages are plain objects of texts.
        let _ = self.scope.post_message(message);
    }
}

fn function<F: ?Sized>(closure: &Closure<F>) -> &Function {
    closure.as_ref().unchecked_ref()
}
