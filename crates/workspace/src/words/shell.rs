//! What stands around the pages, and the way in.

use ringdock_api::presence::PresenceState;

/// Jumps over the menu.
pub const SKIP: &str = "Skip to content";
/// The menu.
pub const MAIN_MENU: &str = "Main";
/// Opens the menu on a narrow window.
pub const MENU: &str = "Menu";
/// The call history.
pub const CALLS: &str = "Calls";
/// The statistics.
pub const STATISTICS: &str = "Statistics";
/// The settings.
pub const SETTINGS: &str = "Settings";
/// The agents who are there.
pub const TEAM: &str = "Team";
/// Ends the session.
pub const SIGN_OUT: &str = "Sign out";
/// Asks before a session ends with a call.
pub const SIGN_OUT_IN_CALL: &str = "Sign out and end the call?";
/// Says what comes of it.
pub const SIGN_OUT_IN_CALL_TEXT: &str = "The call ends when you sign out.";
/// Asks before something is left that was not saved.
pub const LEAVE_UNSAVED: &str = "Leave without saving?";
/// Says what comes of it.
pub const LEAVE_UNSAVED_TEXT: &str = "What you typed here has not been saved, and will be lost.";
/// Leaves it.
pub const LEAVE: &str = "Leave";
/// Begins a session.
pub const SIGN_IN: &str = "Sign in";
/// The name to sign in with.
pub const USER: &str = "User";
/// The password to sign in with.
pub const PASSWORD: &str = "Password";
/// Heads the users of a demo.
pub const DEMO_USERS: &str = "Try the demo";
/// Says what a click on a user of the demo does.
pub const DEMO_TEXT: &str = "One click signs you in. Each has a role of their own.";
/// In front of the name of a user of a demo.
pub const SIGN_IN_AS: &str = "Sign in as";
/// Between the users of a demo and the form.
pub const OR_PASSWORD: &str = "Or with a password";
/// Begins the banner of a server that is away.
pub const AWAY: &str = "The server cannot be reached.";
/// Says that a call outlives the session.
pub const SESSION_OVER: &str =
    "Your session has ended. The call goes on; sign in again when it is over.";
/// Leads to the way in.
pub const SIGN_IN_AGAIN: &str = "Sign in again";
/// Tries the server at once.
pub const TRY_NOW: &str = "Try now";
/// Heads the page of an address that is none.
pub const NO_PAGE: &str = "There is no such page";
/// Says what to do about it.
pub const NO_PAGE_TEXT: &str = "The address may be mistyped, or what it led to is gone.";
/// Says what may have become of a record.
pub const NO_RECORD_TEXT: &str = "It may have been deleted, or you may not see it.";
/// Leads from there to where one begins.
pub const TO_BEGINNING: &str = "Go to the first page";

/// Leads to the list of a type.
pub fn all_of(plural: &str) -> String {
    ["All ", &plural.to_lowercase()].concat()
}

/// When a server that is away is tried again.
pub fn trying_in(seconds: u32) -> String {
    ["Trying again in ", &seconds.to_string(), " s."].concat()
}

/// What an agent is doing.
pub fn presence(state: PresenceState) -> &'static str {
    match state {
        PresenceState::Idle => "Available",
        PresenceState::OnCall => "On a call",
        PresenceState::Offline => "Offline",
    }
}

/// The initials of a name, two at most.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}
