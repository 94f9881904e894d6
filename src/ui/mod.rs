//! The components. They draw [`crate::state`] and ask it for things; they know no channel and no device.

mod announcer;
mod banners;
mod bubble;
mod call_controls;
mod dial_pad;
mod dialer;
mod ended;
mod focus;
mod header;
mod icon;
mod idle;
mod in_call;
mod incoming;
mod keypad;
mod keys;
mod markup;
mod notices;
mod number_field;
mod panel;
mod places;
mod root;
mod scope;
mod shapes;
mod status;
mod style;
mod transfer;
mod who;

pub use places::Places;
pub use root::root;
