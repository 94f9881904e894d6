//! Every sentence of the CRM's side, in one place: where translations will live.

use ringdock_api::{Millis, matching::Match, number::LineNumber, record::RecordType};

/// The server does not answer.
pub const AWAY: &str = "The CRM server cannot be reached. Check the connection.";
/// A note that is kept until the server is back.
pub const KEPT: &str = "It is kept in this browser and sent again by itself.";
/// The browser keeps nothing.
pub const NOT_KEPT: &str =
    "This browser does not keep the draft. Save it before the page is closed.";
/// Nobody has the number.
pub const UNKNOWN: &str = "No record has this number";
/// The number is not told.
pub const WITHHELD: &str = "The caller hides the number";
/// The dialog after a call.
pub const CALL_NOTE: &str = "Call note";
/// The field for the text.
pub const NOTES: &str = "Notes";
/// Saves.
pub const SAVE: &str = "Save";
/// While it is being saved.
pub const SAVING: &str = "Saving…";
/// Leaves the call without a note.
pub const SKIP: &str = "Skip";
/// Puts the note aside.
pub const LATER: &str = "Later";
/// Takes a note up again.
pub const CONTINUE: &str = "Continue";
/// Opens the field for a note.
pub const ADD_NOTE: &str = "Add note";
/// Opens the form for a task.
pub const ADD_TASK: &str = "Add task";
/// Opens the form for a case.
pub const CREATE_CASE: &str = "Create case";
/// Opens the form for a deal.
pub const ADD_DEAL: &str = "Add deal";
/// Opens the form for a lead.
pub const CREATE_LEAD: &str = "Create lead";
/// Opens the form for a contact.
pub const CREATE_CONTACT: &str = "Create contact";
/// Closes a form.
pub const CANCEL: &str = "Cancel";
/// What a task is about.
pub const TITLE: &str = "Title";
/// Until when.
pub const DUE: &str = "Due";
/// Open deals.
pub const DEALS: &str = "Deals";
/// Open cases.
pub const CASES: &str = "Cases";
/// Open tasks.
pub const TASKS: &str = "Tasks";
/// Requests to call back.
pub const CALL_BACKS: &str = "Call-backs";
/// Marks a request as done.
pub const DONE: &str = "Done";
/// Shows fewer lines again.
pub const SHOW_LESS: &str = "Show less";
/// Unfolds a note.
pub const MORE: &str = "More";
/// Folds it again.
pub const LESS: &str = "Less";
/// Who has the number.
pub const MATCHES: &str = "Matches";
/// Numbers that fit.
pub const SUGGESTIONS: &str = "Suggestions";
/// A recent call among the suggestions.
pub const RECENT: &str = "Recent call";
/// Which number to call from, or a call is placed from.
pub const FROM: &str = "From";
/// Before the business profile of the number that was called, while it rings.
pub const ANSWER_AS: &str = "Answer as";
/// Before the number that was called.
pub const CALLED: &str = "Called";
/// The field for a colleague's name.
pub const SEARCH_COLLEAGUES: &str = "Search colleagues";
/// The list of colleagues.
pub const COLLEAGUES: &str = "Idle colleagues";
/// Nobody is free.
pub const NOBODY_IDLE: &str = "No colleague is free right now";
/// Nobody of that name is free.
pub const NOBODY_FITS: &str = "No free colleague has this name";
/// Calls the colleague first.
pub const ASK_FIRST: &str = "Ask first";
/// A field that has to be filled in.
pub const FILL_IN: &str = "Fill this in";
/// A note or task was made.
pub const ADDED: &str = "Added";

/// A number of the business among others: "Smile Dental Croydon +442079460200".
pub fn own_number(own: &LineNumber) -> String {
    match own.name.as_str() {
        "" => own.number.clone(),
        name => format!("{name} {}", own.number),
    }
}

/// What a name was found by.
pub fn matched(found: &Match) -> String {
    match found.field_label.as_str() {
        "" => String::new(),
        label => format!("Matched on {label}"),
    }
}

/// How many have the number.
pub fn several(count: usize) -> String {
    format!("{count} records have this number")
}

/// What a type is called inside a sentence: "contact".
pub fn type_name(types: &[RecordType], key: &str) -> String {
    let name = types.iter().find(|kind| kind.key == key).map(|kind| kind.name.clone());
    match (name, key) {
        (Some(name), _) => name,
        (None, "user") => "Colleague".to_owned(),
        (None, key) => {
            let mut letters = key.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        }
    }
}

/// Leads to a record: "Open contact".
pub fn open(types: &[RecordType], key: &str) -> String {
    format!("Open {}", type_name(types, key).to_lowercase())
}

/// Shows the rest of a list: "Show all 5 deals".
pub fn show_all(count: usize, what: &str) -> String {
    format!("Show all {count} {}", what.to_lowercase())
}

/// Unfolds a note, or folds it: "More: note of 3 Nov".
pub fn of_note(what: &str, day: &str) -> String {
    format!("{what}: note of {day}")
}

/// A note that waits: "Call note for Dana Field".
pub fn note_for(who: &str) -> String {
    format!("Call note for {who}")
}

/// Marks a request as done: "Done: asked for a price list".
pub fn done_with(reason: &str) -> String {
    format!("{DONE}: {reason}")
}

/// Asks a colleague first: "Ask first: Ben Okoro".
pub fn ask_first(name: &str) -> String {
    format!("{ASK_FIRST}: {name}")
}

/// A day as the agent's browser writes it.
pub fn day(at: Millis) -> String {
    let options = js_sys::Object::new();
    for (name, value) in [("day", "numeric"), ("month", "short")] {
        // Setting a field of a plain object cannot fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    let date = js_sys::Date::new(&(at as f64).into());
    date.to_locale_date_string("default", &options).into()
}
