//! Every sentence that the dock says, in one place: where translations will live.

mod bubble;
mod call;
mod dial;
mod ended;
mod line;
mod microphone;
mod time;
mod transfer;

pub use bubble::bubble;
pub use call::{
    announce_stage, colleague_stage, incoming, incoming_title, initials, numbered, stage,
    turned_away, who,
};
pub use dial::{NOT_A_NUMBER, NOT_WHOLE, TYPE_A_NUMBER, redial, why_not};
pub use ended::{ended, ended_detail, ended_title, is_trouble, talk_time};
pub use line::{dot, line_detail, line_next, line_problem, status};
pub use microphone::{Notice, microphone};
pub use time::clock;
pub use transfer::{notice, poor};

/// The region of the dock.
pub const SOFTPHONE: &str = "Softphone";
/// Opens the field and the keys for a number.
pub const DIAL_PAD: &str = "Dial pad";
/// Shrinks the dock to its bubble.
pub const COLLAPSE: &str = "Collapse";
/// Opens the dock from its bubble.
pub const EXPAND: &str = "Expand";
/// The field of the dial pad.
pub const PHONE_NUMBER: &str = "Phone number";
/// Takes the last sign out of the field.
pub const DELETE_LAST_DIGIT: &str = "Delete last digit";
/// Places the call.
pub const CALL: &str = "Call";
/// Silences the microphone.
pub const MUTE: &str = "Mute";
/// Beside the timer while the microphone is silenced.
pub const MUTED: &str = "Muted";
/// Opens the keys for tones.
pub const KEYPAD: &str = "Keypad";
/// The tones that were sent.
pub const DIGITS_SENT: &str = "Digits sent";
/// Lets the other side wait.
pub const HOLD: &str = "Hold";
/// Speaks to the held other side again.
pub const RESUME: &str = "Resume";
/// Opens the choice of whom to pass the call on to.
pub const TRANSFER: &str = "Transfer";
/// Passes the call on without asking.
pub const TRANSFER_NOW: &str = "Transfer now";
/// Calls a colleague before the call is passed on.
pub const ASK_FIRST: &str = "Ask first";
/// Passes the call on to the colleague who was asked.
pub const COMPLETE: &str = "Complete";
/// Ends the asking and returns to the caller.
pub const BACK_TO_CALLER: &str = "Back to caller";
/// The network is bad.
pub const POOR_CONNECTION: &str = "Poor connection";
/// Ends the call.
pub const END: &str = "End";
/// Takes the call.
pub const ANSWER: &str = "Answer";
/// Turns the call down.
pub const DECLINE: &str = "Decline";
/// What an incoming call is headed with.
pub const INCOMING_CALL: &str = "Incoming call";
/// Dials the number of a failed call once more.
pub const CALL_AGAIN: &str = "Call again";
/// Puts away what is left to read of a call.
pub const DISMISS: &str = "Dismiss";
/// Puts away the word about a caller who heard busy.
pub const DISMISS_NOTICE: &str = "Dismiss notice";
/// Puts away the count of missed calls.
pub const MARK_AS_SEEN: &str = "Mark as seen";
/// Tries the microphone again.
pub const TRY_AGAIN: &str = "Try again";
/// Lets the page make sounds.
pub const TURN_ON_SOUND: &str = "Turn on sound";
/// Heads the offer to let the page make sounds.
pub const SOUND_IS_OFF: &str = "Sound is off until you click";
/// Says what comes of it.
pub const SOUND_IS_OFF_TEXT: &str = "The browser keeps this page silent, so a call would not ring.";
/// What an idle, ready phone says.
pub const READY: &str = "Ready for calls";
/// How to place a call.
pub const READY_TEXT: &str = "Click a phone number on the page, or open the dial pad.";
/// What an idle phone says while it cannot be called.
pub const NOT_READY: &str = "Not ready for calls";
/// What an idle phone says while the line is being connected.
pub const GETTING_READY: &str = "Getting ready";
/// That the first connection takes a moment.
pub const GETTING_READY_TEXT: &str = "Calls are possible in a moment.";

/// How many calls nobody took.
pub fn missed(count: u32) -> String {
    match count {
        1 => "1 missed call".to_owned(),
        _ => count.to_string() + " missed calls",
    }
}

#[cfg(test)]
mod tests {
    use super::missed;

    #[test]
    fn one_missed_call_is_singular() {
        assert_eq!(missed(1), "1 missed call");
        assert_eq!(missed(12), "12 missed calls");
    }
}
