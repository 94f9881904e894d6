//! Records, and what stands on their pages.

/// The field that searches a list.
pub const SEARCH: &str = "Search";
/// Any status.
pub const ANY_STATUS: &str = "Any status";
/// The column of the title.
pub const NAME: &str = "Name";
/// The column of the status.
pub const STATUS: &str = "Status";
/// The column of the phone.
pub const PHONE: &str = "Phone";
/// The column of the last change.
pub const CHANGED: &str = "Changed";
/// Heads a list whose search finds nothing.
pub const NOTHING_FOUND: &str = "Nothing found";
/// Says what to do about it.
pub const NOTHING_FOUND_TEXT: &str = "Try fewer letters, or the beginning of another word.";
/// Heads the fields of a record.
pub const DETAILS: &str = "Details";
/// Heads what happened to a record.
pub const TIMELINE: &str = "Timeline";
/// Heads the requests to call back.
pub const CALL_BACKS: &str = "Please call back";
/// Closes a request to call back.
pub const MARK_DONE: &str = "Mark as done";
/// Writes a note.
pub const ADD_NOTE: &str = "Add note";
/// Makes a task.
pub const ADD_TASK: &str = "Add task";
/// The text of a note.
pub const NOTE: &str = "Note";
/// What is to be done.
pub const TASK: &str = "Task";
/// Until when it is to be done.
pub const DUE: &str = "Due";
/// Heads an empty timeline.
pub const NO_ENTRIES: &str = "Nothing yet";
/// Says what an empty timeline waits for.
pub const NO_ENTRIES_TEXT: &str =
    "Calls, notes and tasks of this record will stand here, newest first.";
/// After a record was saved.
pub const SAVED: &str = "Saved";
/// After a note was saved.
pub const NOTE_SAVED: &str = "Note saved";
/// After a task was saved.
pub const TASK_SAVED: &str = "Task saved";
/// Says what comes of deleting a record.
pub const DELETE_RECORD_TEXT: &str = "It goes from all lists and is not found by its numbers any longer. Its calls stay in the history.";
/// A record that has gone while something was typed on its page.
pub const DELETED_ELSEWHERE: &str = "This record was deleted, or you may not see it any longer. What you typed is still here to be copied, but cannot be saved.";
/// A call that could be this record's.
pub const OFFERED_CALLS: &str = "Calls from this number";
/// Says why they are offered.
pub const OFFERED_CALLS_TEXT: &str = "They came before this record had the number. Take them over?";
/// Links a call to the record.
pub const TAKE_OVER: &str = "Take over";
/// A program wrote it.
pub const A_PROGRAM: &str = "Another program";
/// An impossible number.
pub const NOT_A_NUMBER: &str = "Not a valid number of its country";

/// The accessible name of the button that links the call of that moment to the record.
pub fn take_over(moment: &str) -> String {
    [TAKE_OVER, ": ", moment].concat()
}

/// The accessible name of the button that closes the request with that reason.
pub fn mark_done(reason: &str) -> String {
    [MARK_DONE, ": ", reason].concat()
}

/// Begins a new record of a type.
pub fn new_record(kind: &str) -> String {
    ["New ", &kind.to_lowercase()].concat()
}

/// Heads an empty list.
pub fn no_records(plural: &str) -> String {
    ["There are no ", &plural.to_lowercase(), " yet."].concat()
}

/// Searches the list of a type.
pub fn search_in(plural: &str) -> String {
    ["Search ", &plural.to_lowercase()].concat()
}

/// A task that should be done by now.
pub const OVERDUE: &str = "Overdue";

/// Until when a task is to be done.
pub fn due(date: &str) -> String {
    ["Due ", date].concat()
}

/// How a status changed.
pub fn status_change(from: Option<&str>, to: &str) -> String {
    match from {
        Some(from) => [from, " → ", to].concat(),
        None => to.to_owned(),
    }
}

/// After a record was made.
pub fn created(title: &str) -> String {
    [title, " was created"].concat()
}

/// After a record was deleted.
pub fn deleted(title: &str) -> String {
    [title, " was deleted"].concat()
}

/// A task that is ticked off.
pub fn mark_task(title: &str) -> String {
    ["Done: ", title].concat()
}

/// In which currency an amount is.
pub fn amount_in(currency: &str) -> String {
    ["In ", currency, ", for example 1250.00"].concat()
}

/// Heads the open ones of a type.
pub fn open_ones(plural: &str) -> String {
    ["Open ", &plural.to_lowercase()].concat()
}

/// Nothing open of a type.
pub const NONE_OPEN: &str = "None open";

/// From when on a request to call back holds.
pub fn not_before(moment: &str) -> String {
    ["Not before ", moment].concat()
}

/// The way back to the list.
pub const BREADCRUMB: &str = "Breadcrumb";

/// When a record was made and last changed.
pub fn changed_at(created: ringdock_api::Millis, updated: ringdock_api::Millis) -> String {
    let created_at = super::inline_moment(created);
    if updated == created {
        return ["Created ", &created_at].concat();
    }
    ["Created ", &created_at, " · changed ", &super::inline_moment(updated)].concat()
}

/// An amount, as `1250.00` of `GBP`: "£1,250.00".
pub fn money(amount: &str, currency: &str) -> String {
    let sign = match currency {
        "GBP" => "£",
        "EUR" => "€",
        "USD" => "$",
        _ => "",
    };
    let (minus, amount) = amount.strip_prefix('-').map_or(("", amount), |rest| ("−", rest));
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if part.is_empty() { "" } else { "." };
    let number = [minus, sign, &grouped, point, part].concat();
    if sign.is_empty() { [&number, " ", currency].concat() } else { number }
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn amounts_are_grouped() {
        assert_eq!(money("1250.00", "GBP"), "£1,250.00");
        assert_eq!(money("-1234567.5", "CHF"), "−1,234,567.5 CHF");
        assert_eq!(money("12", "EUR"), "€12");
    }
}
