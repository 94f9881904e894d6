//! The dock: a browser softphone at the bottom of a CRM page.

mod state;
mod ui;
