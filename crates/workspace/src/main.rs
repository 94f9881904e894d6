//! The CRM's pages: a single-page application that hosts the dock. It knows the dock through its public interface alone,
//! and the server through the routes of `ringdock-api`.

mod app;
mod client;
mod dock;
mod pages;
mod parts;
mod route;
mod state;
mod words;

use leptos::prelude::document;
use wasm_bindgen::JsCast;

fn main() {
    // A release build ends a panic without words.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let pages = document().get_element_by_id("pages");
    if let Some(pages) = pages.and_then(|pages| pages.dyn_into().ok()) {
        leptos::mount::mount_to(pages, app::app).forget();
    }
}
