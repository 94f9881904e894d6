//! The pieces that pages are made of.

mod badge;
mod call_button;
mod check;
mod copy;
mod dialog;
mod focus;
mod form;
mod heading;
mod icon;
mod input;
mod keyed;
mod moment;
mod more;
mod notice;
mod picker;
mod player;
mod select;

pub use badge::{badge, outcome_badge, status_badge};
pub use call_button::{call_button, number_button, other_side};
pub use check::check;
pub use copy::copy_field;
pub use dialog::Question;
pub use focus::{focus, focus_first, has_focus, keep_focus};
pub use form::Form;
pub use heading::{Arrival, page_heading};
pub use icon::{Icon, icon};
pub use input::Input;
pub use keyed::keyed;
pub use moment::{day, moment};
pub use more::more;
pub use notice::{empty, loaded, refused, skeleton};
pub use picker::picker;
pub use player::player;
pub use select::select;
