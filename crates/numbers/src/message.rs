use js_sys::{Object, Reflect};
use ringdock_numbers::{Dialled, Formatted};
use wasm_bindgen::JsValue;

/// A text to be formatted.
pub struct Request {
    pub text: String,
    /// The country of national numbers, ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

impl Request {
    /// `None` if the message is of another form.
    pub fn read(message: &JsValue) -> Option<Request> {
        let field = |name: &str| Reflect::get(message, &name.into()).ok()?.as_string();
        Some(Request { text: field("text")?, country: field("country") })
    }
}

/// The message that says that requests are answered from now on.
pub fn ready() -> JsValue {
    object([("ready", JsValue::TRUE)])
}

/// The message that answers a request. It repeats the text, since a later one may have been typed.
pub fn answer(text: &str, formatted: Option<Formatted>, dialled: Option<Dialled>) -> JsValue {
    let (display, country) = formatted.map(|of| (of.display, of.country)).unzip();
    let (e164, national) = dialled.map(|of| (of.e164, of.national)).unzip();
    object([
        ("text", text.into()),
        ("display", or_null(display)),
        ("country", or_null(country.flatten())),
        ("e164", or_null(e164)),
        ("national", or_null(national.flatten())),
    ])
}

fn or_null(text: Option<String>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from)
}

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Never fails: the object is a new one, without setters, that nobody has frozen.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}
