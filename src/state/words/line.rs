//! The line: the word beside the dot, and what there is to know about it.

use super::microphone;
use super::time::countdown;
use ringdock_phone::{Dot, LineProblem, LineState, Microphone, PhoneView, Time};

/// The word beside the dot.
pub fn dot(dot: Dot) -> &'static str {
    match dot {
        Dot::Connected => "Connected",
        Dot::Connecting => "Connecting",
        Dot::Disconnected => "Disconnected",
        Dot::Off => "",
    }
}

/// The last message about the phone, in a sentence: what the dot says when it is asked.
pub fn status(view: &PhoneView, now: Time) -> String {
    match &view.line {
        LineState::Off => String::new(),
        LineState::Connecting => "Connecting to the phone server".to_owned(),
        LineState::Ready => ready(view.microphone).to_owned(),
        LineState::Lost { problem, retry_at } | LineState::Down { problem, retry_at } => {
            let mut text = line_problem(problem);
            text.push_str(". ");
            text.push_str(&line_next(problem, *retry_at, lost(&view.line), now));
            text
        }
    }
}

/// What is wrong with the line.
pub fn line_problem(problem: &LineProblem) -> String {
    match problem {
        LineProblem::BadAccount { detail } => {
            ["The phone account cannot work: ", detail.trim_end_matches('.')].concat()
        }
        LineProblem::Unreachable { server } => ["No connection to ", server].concat(),
        LineProblem::NotAPhoneServer { server } => {
            [server, " answers, but not as a phone server"].concat()
        }
        LineProblem::PasswordRefused { user } => {
            ["The PBX refused the password for ", user].concat()
        }
        LineProblem::AccountRefused { user, .. } => {
            ["The PBX does not accept the account ", user].concat()
        }
        LineProblem::ServerError { .. } => "The PBX has a problem of its own".to_owned(),
    }
}

/// What happens next, or what somebody has to do. `lost` tells a line that comes back by itself.
pub fn line_next(problem: &LineProblem, retry_at: Option<Time>, lost: bool, now: Time) -> String {
    match retry_at {
        Some(at) => match countdown(at - now) {
            0 => RECONNECTING_NOW.to_owned(),
            seconds => ["Reconnecting in ", &seconds.to_string(), " s"].concat(),
        },
        None if lost => RECONNECTING_NOW.to_owned(),
        None => remedy(problem).to_owned(),
    }
}

/// The code behind a problem, for whoever looks into it.
pub fn line_detail(problem: &LineProblem) -> Option<String> {
    match problem {
        LineProblem::AccountRefused { status, .. } => Some(code(*status, "")),
        LineProblem::ServerError { status, phrase } => Some(code(*status, phrase)),
        LineProblem::BadAccount { .. }
        | LineProblem::Unreachable { .. }
        | LineProblem::NotAPhoneServer { .. }
        | LineProblem::PasswordRefused { .. } => None,
    }
}

/// A status code and the server's words for it.
pub fn code(status: u16, phrase: &str) -> String {
    let status = status.to_string();
    match phrase.trim() {
        "" => ["Code ", &status].concat(),
        phrase => ["Code ", &status, ": ", phrase].concat(),
    }
}

const RECONNECTING_NOW: &str = "Reconnecting now";

fn lost(line: &LineState) -> bool {
    matches!(line, LineState::Lost { .. })
}

fn ready(state: Microphone) -> &'static str {
    match microphone(state) {
        Some(notice) => notice.status,
        None if state == Microphone::Granted => "Ready to place and take calls",
        None => "Waiting for the microphone",
    }
}

fn remedy(problem: &LineProblem) -> &'static str {
    match problem {
        LineProblem::BadAccount { .. } | LineProblem::NotAPhoneServer { .. } => {
            "Ask your administrator to correct the phone account"
        }
        LineProblem::Unreachable { .. } => "Check your network connection",
        LineProblem::PasswordRefused { .. } => "Ask your administrator to correct the password",
        LineProblem::AccountRefused { .. } => "Ask your administrator to check the account",
        LineProblem::ServerError { .. } => "Ask your administrator to look at the server",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(millis: u64) -> Time {
        Time(Duration::from_millis(millis))
    }

    fn unreachable() -> LineProblem {
        LineProblem::Unreachable { server: "pbx.example.com".to_owned() }
    }

    #[test]
    fn a_lost_line_counts_down_to_its_next_attempt() {
        let line = LineState::Lost { problem: unreachable(), retry_at: Some(at(10_000)) };
        let view = PhoneView { line, ..PhoneView::default() };
        let message = status(&view, at(6_400));
        assert_eq!(message, "No connection to pbx.example.com. Reconnecting in 4 s");
        let message = status(&view, at(10_000));
        assert_eq!(message, "No connection to pbx.example.com. Reconnecting now");
    }

    #[test]
    fn an_attempt_under_way_is_told_from_a_line_that_waits_for_somebody() {
        let now = at(0);
        assert_eq!(line_next(&unreachable(), None, true, now), "Reconnecting now");
        assert_eq!(line_next(&unreachable(), None, false, now), "Check your network connection");
    }

    #[test]
    fn a_refused_password_names_the_account() {
        let problem = LineProblem::PasswordRefused { user: "1001".to_owned() };
        assert_eq!(line_problem(&problem), "The PBX refused the password for 1001");
        assert_eq!(line_detail(&problem), None);
    }

    #[test]
    fn a_ready_line_without_a_microphone_says_so() {
        let microphone = Microphone::Refused;
        let view = PhoneView { line: LineState::Ready, microphone, ..PhoneView::default() };
        assert_eq!(status(&view, at(0)), "Your microphone is blocked");
    }

    #[test]
    fn a_code_stands_with_the_servers_words_if_there_are_any() {
        assert_eq!(code(503, "Service Unavailable"), "Code 503: Service Unavailable");
        assert_eq!(code(403, " "), "Code 403");
    }
}
