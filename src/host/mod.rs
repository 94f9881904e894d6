//! The dock as a part of somebody's page: what it takes from the page, and what it tells it.

mod account;
mod call_log;
mod click_to_call;
mod keys;
mod leave;
mod notify;
mod title;
mod watch;

pub use account::read_account;
pub use call_log::announce;
pub use click_to_call::click_to_call;
pub use keys::keys;
pub use leave::ask_before_leaving;
pub use notify::notify;
pub use title::alternate_title;
pub use watch::{leg, watch};
