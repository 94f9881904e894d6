//! Addresses: what each page is called in the address bar, and moving between them without a page load.

mod address;
mod router;
mod unsaved;

pub use address::{Route, Section};
pub use router::Router;
pub use unsaved::Unsaved;
