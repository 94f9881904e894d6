//! The CRM's side of the dock: who calls, what is open around them, and the note that stays.
//!
//! The dock loads it when its element has a CRM and its line is up. It draws into places of the dock
//! ([`phone::Softphone::place`]), hears of calls ([`phone::Softphone::watch`]) and talks to the server through the
//! routes of `ringdock-api`. What the server has to know waits in an [`outbox`], what is being written in [`drafts`];
//! both outlive the page.

pub mod calls;
pub mod client;
pub mod crm;
pub mod drafts;
pub mod events;
pub mod live;
pub mod lookup;
pub mod numbers;
pub mod outbox;
pub mod page;
pub mod phone;
pub mod post;
pub mod side;
pub mod store;
pub mod team;
pub mod views;
pub mod words;
