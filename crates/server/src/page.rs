//! Parts of lists: limits and cursors. A cursor is the sort key of the last entry told, `TIME.ID`.

use ringdock_api::{Id, Millis, Page};

use crate::error::{Error, Result};

const USUAL: u32 = 50;
const MOST: u32 = 200;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// How many entries.
    pub limit: usize,
    /// The entries after this one, newest first.
    pub after: (Millis, Id),
}

impl Part {
    /// Reads what a request asks for.
    pub fn read(cursor: Option<&str>, limit: Option<u32>) -> Result<Self> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Error::invalid(
                "limit",
                format!("A part of a list has 1 to {MOST} entries."),
            ));
        }
        let after = match cursor {
            None => (Millis::MAX, Id::MAX),
            Some(cursor) => {
                let key = cursor
                    .split_once('.')
                    .and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
                key.ok_or_else(|| Error::invalid("cursor", "This is no cursor of a list."))?
            }
        };
        // Both are small enough for every machine this runs on.
        Ok(Self { limit: usize::try_from(limit).unwrap_or(1), after })
    }

    /// One more than asked for tells whether the list goes on.
    pub fn fetch(self) -> u64 {
        u64::try_from(self.limit).unwrap_or(1) + 1
    }

    /// Cuts what was fetched to the part, and makes the cursor of the next.
    pub fn cut<T>(self, rows: &mut Vec<T>, key: impl Fn(&T) -> (Millis, Id)) -> Option<String> {
        if rows.len() <= self.limit {
            return None;
        }
        rows.truncate(self.limit);
        rows.last().map(key).map(|(at, id)| format!("{at}.{id}"))
    }
}

/// A part with its cursor.
pub fn page<T>(items: Vec<T>, next: Option<String>) -> Page<T> {
    Page { items, next }
}
