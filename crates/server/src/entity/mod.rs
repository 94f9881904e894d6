//! The tables, as SeaORM sees them.

pub mod api_key;
pub mod call;
pub mod call_back;
pub mod call_id;
pub mod call_link;
pub mod delivery;
pub mod link;
pub mod note;
pub mod number_user;
pub mod own_number;
pub mod phone;
pub mod presence;
pub mod presence_page;
pub mod record;
pub mod record_type;
pub mod role;
pub mod session;
pub mod task;
pub mod timeline;
pub mod user;
pub mod voip_account;
pub mod webhook;
pub mod word;
pub mod workspace;
