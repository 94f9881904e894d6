//! Plain objects of the page: fields read and written by name. Two tiny shapes cross this border, for which a
//! deserialiser's code would be a twentieth of the whole dock.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A field, unless it is missing, `undefined` or `null`.
pub fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into())
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// A field that is a string.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

/// An object with these fields.
pub fn build(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
