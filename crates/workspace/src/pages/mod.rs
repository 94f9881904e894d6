//! The pages, a folder for each area.

mod banner;
mod calls;
mod lost;
mod record;
mod records;
mod settings;
mod shell;
mod sign_in;
mod statistics;

pub use banner::{away, session_over};
pub use shell::shell;
pub use sign_in::sign_in;
