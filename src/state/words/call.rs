//! A call: who it is with, how far it is.

use super::ended::{CALL_ENDED, ended_title};
use ringdock_phone::{CallView, EndReason, Party, Stage};

const WITHHELD: &str = "Number withheld";

/// The other side's name; the number if there is no name; else that it was withheld.
pub fn who(party: &Party) -> &str {
    match (name(party), party.number.as_str()) {
        (Some(name), _) => name,
        (None, "") => WITHHELD,
        (None, number) => number,
    }
}

/// The same inside a sentence.
pub(super) fn whom(party: &Party) -> &str {
    match who(party) {
        WITHHELD => "a withheld number",
        who => who,
    }
}

/// The number, where it does not already stand for the name.
pub fn numbered(party: &Party) -> &str {
    if name(party).is_some() { &party.number } else { "" }
}

/// Up to two letters of the name, to be shown as capitals; nothing if there is none. What letters are, and their
/// capitals, is in tables of the standard library that would be 12 kB of the page: here the common signs are known to be
/// none.
pub fn initials(party: &Party) -> String {
    let words = name(party).unwrap_or_default().split_ascii_whitespace();
    let is_letter = |sign: &char| match sign {
        // Latin-1's signs, and the dashes and quotation marks of all scripts.
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' => false,
        sign => !sign.is_ascii() || sign.is_ascii_alphabetic(),
    };
    let mut letters = words.filter_map(|word| word.chars().find(is_letter));
    let (first, last) = (letters.next(), letters.next_back());
    first.into_iter().chain(last).collect()
}

/// How far the call is, and who waits; nothing where the timer says it all.
pub fn stage(call: &CallView) -> &'static str {
    match &call.stage {
        Stage::Active { .. } if call.hold.by_us => "On hold",
        Stage::Active { .. } if call.hold.by_them => "The other side put you on hold",
        Stage::Dialing => "Calling…",
        Stage::Ringing { .. } => "Ringing…",
        Stage::Incoming => super::INCOMING_CALL,
        Stage::Answering => "Answering…",
        Stage::Reconnecting { .. } => "Reconnecting…",
        Stage::Transferring { .. } => "Transferring…",
        Stage::Ending => "Ending…",
        Stage::Active { .. } | Stage::Ended { .. } => "",
    }
}

/// The same for the call to a colleague, which has no timer.
pub fn colleague_stage(call: &CallView) -> &'static str {
    match (stage(call), &call.stage) {
        ("", Stage::Active { .. }) => "On the line",
        (stage, _) => stage,
    }
}

/// That somebody calls, in a sentence.
pub fn incoming(caller: &Party) -> String {
    ["Incoming call from ", whom(caller)].concat()
}

/// What the page's title alternates with while somebody calls.
pub fn incoming_title(caller: &Party) -> String {
    ["Call from ", whom(caller)].concat()
}

/// The change that a screen reader hears. An incoming call is announced elsewhere, and more loudly.
pub fn announce_stage(call: &CallView) -> String {
    let name = whom(&call.party);
    match &call.stage {
        Stage::Dialing => ["Calling ", name].concat(),
        Stage::Ringing { .. } => "Ringing".to_owned(),
        Stage::Active { .. } if call.hold.by_us => [name, " is on hold"].concat(),
        Stage::Active { .. } => ["In a call with ", name].concat(),
        Stage::Reconnecting { .. } => "Reconnecting. The call goes on".to_owned(),
        Stage::Transferring { to, .. } => ["Transferring to ", whom(to)].concat(),
        Stage::Incoming | Stage::Answering | Stage::Ending => String::new(),
        Stage::Ended { reason, .. } => end_of(reason),
    }
}

fn end_of(reason: &EndReason) -> String {
    match ended_title(reason) {
        CALL_ENDED => CALL_ENDED.to_owned(),
        title => [CALL_ENDED, ". ", title].concat(),
    }
}

/// Who heard busy because the agent was in a call, the last one first, each with their number.
pub fn turned_away(callers: &[Party]) -> String {
    let mut all = String::new();
    for caller in callers.iter().rev() {
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(match who(caller) {
            WITHHELD => "A withheld number",
            who => who,
        });
        let number = numbered(caller);
        if !number.is_empty() {
            all.push(' ');
            all.push_str(number);
        }
    }
    all.push_str(" called while you were talking");
    all
}

fn name(party: &Party) -> Option<&str> {
    party.name.as_deref().map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(number: &str, name: &str) -> Party {
        Party { number: number.to_owned(), name: Some(name.to_owned()) }
    }

    #[test]
    fn without_a_name_the_number_speaks_and_is_not_said_twice() {
        let known = party("+442079460958", "Mary Major");
        assert_eq!((who(&known), numbered(&known)), ("Mary Major", "+442079460958"));
        let nameless = party("600", "  ");
        assert_eq!((who(&nameless), numbered(&nameless)), ("600", ""));
    }

    #[test]
    fn a_withheld_number_has_its_own_words() {
        let nobody = Party::default();
        assert_eq!(who(&nobody), "Number withheld");
        assert_eq!(incoming(&nobody), "Incoming call from a withheld number");
        assert_eq!(turned_away(&[nobody]), "A withheld number called while you were talking");
    }

    #[test]
    fn nobody_who_was_turned_away_is_lost() {
        let callers = [party("1", ""), party("2", "Dana Field"), party("3", "Mary Major")];
        assert_eq!(turned_away(&callers[..1]), "1 called while you were talking");
        let all = "Mary Major 3, Dana Field 2, 1 called while you were talking";
        assert_eq!(turned_away(&callers), all);
    }

    #[test]
    fn the_end_of_a_call_is_said_once() {
        assert_eq!(end_of(&EndReason::HungUp), "Call ended");
        assert_eq!(end_of(&EndReason::Busy), "Call ended. Busy");
    }

    #[test]
    fn markup_in_a_name_stays_the_text_it_is() {
        assert_eq!(incoming(&party("1", "<b>x</b>")), "Incoming call from <b>x</b>");
    }

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials(&party("1", "mary ann (major)")), "mm");
        assert_eq!(initials(&party("1", "Cher")), "C");
        assert_eq!(initials(&party("1", "«élan» 24")), "é");
        assert_eq!(initials(&party("600", "")), "");
    }
}
