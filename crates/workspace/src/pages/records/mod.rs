//! Records of a type: their list, and the form for a new one.

pub mod fields;
mod filter;
mod list;
mod new;

pub use list::{brief, list};
pub use new::new;
