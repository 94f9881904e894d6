//! This page among the agent's other pages. A page lives for as long as it holds the lock of its key (Web Locks); what
//! a page has in the browser's storage is its own until then.

use js_sys::{Function, Object, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A page that is being reloaded has let go of its lock after this time, in milliseconds.
const PATIENCE: u32 = 2_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"])]
    fn request(name: &str, options: &Object, granted: &Function) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = AbortSignal, js_name = timeout)]
    fn abort_after(milliseconds: u32) -> JsValue;
}

/// The life of this page; it ends when it is dropped.
pub struct Life {
    end: Rc<Cell<Option<Function>>>,
}

impl Life {
    /// Begins the life of the page of this key. A browser without locks knows of no lives: what is kept in it belongs
    /// to whichever page comes next.
    pub fn begin(key: &str) -> Life {
        let end = Rc::new(Cell::new(None));
        let resolve = end.clone();
        let lived = Promise::new(&mut move |end, _| resolve.set(Some(end)));
        let granted = Closure::once(move |_: JsValue| lived);
        if let Ok(held) = request(&name(key), &Object::new(), granted.as_ref().unchecked_ref()) {
            spawn_local(async move {
                // The lock is never refused; what it answers in the end is of no interest.
                let _ = JsFuture::from(held).await;
                drop(granted);
            });
        }
        Life { end }
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            // Resolving a promise cannot fail.
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Calls `then` if the page of this key is gone, while no other page does so; never if it lives.
pub async fn if_gone(key: &str, then: impl FnOnce() + 'static) {
    let options = Object::new();
    // Setting a field of a plain object cannot fail.
    let _ = Reflect::set(&options, &"signal".into(), &abort_after(PATIENCE));
    let granted = Closure::once(move |_: JsValue| then());
    let granted: &Function = granted.as_ref().unchecked_ref();
    match request(&name(key), &options, granted) {
        // Refused after the wait: the page lives.
        Ok(asked) => _ = JsFuture::from(asked).await,
        // A browser without locks.
        Err(_) => _ = granted.call1(&JsValue::UNDEFINED, &JsValue::NULL),
    }
}

fn name(key: &str) -> String {
    format!("ringdock.crm.page.{key}")
}
