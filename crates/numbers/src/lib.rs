//! How a telephone number is written in its country, and dialled.
//!
//! The tables of all countries are large and slow to unpack, so the page never holds them: the binary of
//! this package is a web worker around [`format()`], started when the page has nothing better to do.

mod dial;
mod format;

pub use dial::{Dialled, dialled};
pub use format::{Formatted, format, warm_up};
