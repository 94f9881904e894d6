//! What the pages stand on: who is signed in, the types of record, the team, the line.

mod clock;
mod key;
mod line;
mod scope;
mod team;

pub use clock::{Local, date_text, day_start, iso, now, read_date, utc_offset};
pub use key::new_key;
pub use line::Line;
pub use scope::Scope;
