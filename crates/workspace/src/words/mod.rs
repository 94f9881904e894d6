//! Every sentence that the pages say, in one place: where translations will live.

mod calls;
mod records;
mod settings;
mod shell;
mod statistics;
mod time;

pub use calls::*;
pub use records::*;
pub use settings::*;
pub use shell::*;
pub use statistics::*;
pub use time::*;

/// Puts away what was begun.
pub const CANCEL: &str = "Cancel";
/// Keeps what was changed.
pub const SAVE: &str = "Save";
/// Refuses a field without a value.
pub const CANNOT_BE_EMPTY: &str = "This cannot be empty.";
/// Takes something away for good.
pub const DELETE: &str = "Delete";
/// Opens something to be changed.
pub const EDIT: &str = "Edit";
/// Makes something new.
pub const CREATE: &str = "Create";
/// Takes a text into the clipboard.
pub const COPY: &str = "Copy";
/// After a text was taken into the clipboard.
pub const COPIED: &str = "Copied";
/// While something is on its way.
pub const LOADING: &str = "Loading";
/// Fetches the next part of a list.
pub const LOAD_MORE: &str = "Load more";
/// After the last part of a list.
pub const NO_MORE: &str = "That is all.";
/// In an empty field that searches.
pub const TYPE_TO_SEARCH: &str = "Type to search";
/// No choice.
pub const NONE: &str = "None";
/// A request failed because the server is away.
pub const AWAY_NOTHING_SAVED: &str =
    "The server cannot be reached, so nothing was saved. Try again in a moment.";
/// Heads a thing that does not exist.
pub const NOT_THERE: &str = "There is nothing here";
/// Heads a thing that the server refuses to show.
pub const NOT_SHOWN: &str = "This cannot be shown";

/// Opens something that a name tells apart.
pub fn edit(name: &str) -> String {
    [EDIT, " ", name].concat()
}

/// Asks before something is deleted that a name tells apart.
pub fn delete_this(name: &str) -> String {
    [DELETE, " ", name, "?"].concat()
}
