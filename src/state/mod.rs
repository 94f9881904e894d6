//! View models: signals over plain data. Nothing here knows the browser or a channel.

mod dock;
mod numbers;
mod phone;
pub mod words;

pub use dock::{Corner, Dock, Panel};
pub use numbers::{Format, Numbers};
pub use phone::PhoneModel;
