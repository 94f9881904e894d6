//! The dial pad.

use ringdock_phone::WhyNot;

/// What was typed cannot be a number.
pub const NOT_A_NUMBER: &str = "Use digits, * and #, and + only in front";
/// What was typed is no number of any country.
pub const NOT_WHOLE: &str = "Numbers with + have 7 to 15 digits";
/// Nothing was typed, and there is nothing to redial.
pub const TYPE_A_NUMBER: &str = "Type a number or an extension";

/// What **Call** does on the empty field.
pub fn redial(last: &str) -> String {
    ["Call brings back ", last].concat()
}

/// Why a call can be neither placed nor answered right now.
pub fn why_not(reason: WhyNot) -> &'static str {
    match reason {
        WhyNot::NoLine => "No phone line is set up",
        WhyNot::LineNotReady => "Calls are possible once connected",
        WhyNot::NoMicrophone => "Calls need the microphone",
        WhyNot::InCall => "End the present call first",
        WhyNot::NoCall => "Nobody is calling",
        WhyNot::NotANumber => NOT_A_NUMBER,
    }
}
