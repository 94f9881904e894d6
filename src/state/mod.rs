//! View models: signals over plain data. Nothing here knows the browser or a channel.

mod account;
mod dialling;
mod dock;
mod numbers;
mod phone;
pub mod signals;
pub mod words;

pub use account::{Account, TransferCodes};
pub use dialling::{Dialling, NumberFormat};
pub use dock::{Corner, Dock, Panel};
pub use numbers::{Format, Numbers};
pub use phone::PhoneModel;
