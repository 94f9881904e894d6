//! What the browser says when it refuses something.

use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// An exception of the browser, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebError {
    /// The exception's name, `NotAllowedError` for example (Web IDL, section 4.3); empty if it has none.
    pub name: String,
    /// The browser's own words.
    pub message: String,
}

impl WebError {
    /// An error of our own, for something that a browser should have and has not.
    pub fn missing(what: &str) -> WebError {
        WebError {
            name: "NotSupportedError".into(),
            message: ["This browser has no ", what].concat(),
        }
    }
}

impl From<JsValue> for WebError {
    fn from(value: JsValue) -> WebError {
        match value.dyn_ref::<js_sys::Error>() {
            Some(error) => WebError { name: error.name().into(), message: error.message().into() },
            None => WebError {
                name: String::new(),
                message: value.as_string().unwrap_or_else(|| "unknown".into()),
            },
        }
    }
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
