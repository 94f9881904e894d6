//! The dock: a browser softphone at the bottom of a CRM page.
//!
//! [`app::Softphone`] is what the custom element's script (`assets/ring-dock.js`) makes for each `<ring-dock>`.

pub mod app;
mod driver;
mod host;
pub mod state;
pub mod ui;
pub mod web;
