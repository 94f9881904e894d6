//! The dock: a browser softphone at the bottom of a CRM page.

pub mod state;
pub mod ui;
