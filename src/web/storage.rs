//! Small preferences that outlive the page. Never a secret, never a number.

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was kept under this name; `None` also where the browser keeps nothing.
pub fn load(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps a text, if the browser keeps anything at all.
pub fn save(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or blocked storage costs a preference, nothing else.
        let _ = storage.set_item(name, value);
    }
}
