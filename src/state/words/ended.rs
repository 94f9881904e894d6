//! How a call ended.

use super::line::code;
use super::time::clock;
use ringdock_phone::{EndReason, Failure};
use std::time::Duration;

/// How most calls end.
pub const CALL_ENDED: &str = "Call ended";

/// How the call ended, in few words.
pub fn ended_title(reason: &EndReason) -> &'static str {
    match reason {
        EndReason::HungUp | EndReason::FarEndHungUp | EndReason::Replaced => CALL_ENDED,
        EndReason::Transferred => "Call transferred",
        EndReason::GivenUp => "Call cancelled",
        EndReason::CallerGaveUp => "Missed call",
        EndReason::AnsweredElsewhere => "Answered elsewhere",
        EndReason::Declined => "Declined",
        EndReason::Busy => "Busy",
        EndReason::NoAnswer => "No answer",
        EndReason::Rejected => "Call rejected",
        EndReason::NotFound => "The number does not exist",
        EndReason::Unavailable => "Cannot be reached",
        EndReason::NotAllowed => "Call not allowed",
        EndReason::Barred => "The number is barred",
        EndReason::NoRoute => "No route to the number",
        EndReason::Failed(_) => "Call failed",
    }
}

/// What happened and, where something can be done, what to do.
pub fn ended(reason: &EndReason) -> &'static str {
    match reason {
        EndReason::HungUp => "You hung up.",
        EndReason::Transferred => "Somebody else has the call now.",
        EndReason::Replaced => "Somebody else is on the line now.",
        EndReason::FarEndHungUp => "The other side hung up.",
        EndReason::GivenUp => "You hung up before anybody answered.",
        EndReason::CallerGaveUp => "The caller hung up before you answered.",
        EndReason::AnsweredElsewhere => "Somebody else took the call.",
        EndReason::Declined => "You turned the call down.",
        EndReason::Busy => "The other side is in a call, or declined. Try again later.",
        EndReason::NoAnswer => "Nobody took the call.",
        EndReason::Rejected => "The other side turned the call down.",
        EndReason::NotFound => "Check the number and call again.",
        EndReason::Unavailable => "The other side is not connected right now. Try again later.",
        EndReason::NotAllowed => "You may not call this number. Ask your administrator.",
        EndReason::Barred => "The PBX bars calls to it. Ask your administrator.",
        EndReason::NoRoute => "The PBX knows no way to it. Check it, or ask your administrator.",
        EndReason::Failed(Failure::Network) => {
            "The connection was lost. Check your network and call again."
        }
        EndReason::Failed(Failure::Microphone) => {
            "The microphone could not be opened. Check it and call again."
        }
        EndReason::Failed(Failure::Media) => {
            "The two sides found no way to exchange sound. Tell your administrator."
        }
        EndReason::Failed(Failure::BadReply) => {
            "The other side replied with something that is not a call. Tell your administrator."
        }
        EndReason::Failed(Failure::Server { .. }) => {
            "The PBX could not place the call. Try again later."
        }
    }
}

/// The code behind a failure, for whoever looks into it.
pub fn ended_detail(reason: &EndReason) -> Option<String> {
    match reason {
        EndReason::Failed(Failure::Server { status, phrase }) => Some(code(*status, phrase)),
        _ => None,
    }
}

/// Something kept the two sides from speaking, so the agent may want to try again.
pub fn is_trouble(reason: &EndReason) -> bool {
    match reason {
        EndReason::HungUp
        | EndReason::Transferred
        | EndReason::Replaced
        | EndReason::FarEndHungUp
        | EndReason::GivenUp
        | EndReason::CallerGaveUp
        | EndReason::AnsweredElsewhere
        | EndReason::Declined => false,
        EndReason::Busy
        | EndReason::NoAnswer
        | EndReason::Rejected
        | EndReason::NotFound
        | EndReason::Unavailable
        | EndReason::NotAllowed
        | EndReason::Barred
        | EndReason::NoRoute
        | EndReason::Failed(_) => true,
    }
}

/// How long the two sides spoke.
pub fn talk_time(talk: Duration) -> String {
    ["Talk time ", &clock(talk)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_keeps_its_code_for_the_details() {
        let failure = Failure::Server { status: 503, phrase: "Overload".to_owned() };
        let reason = EndReason::Failed(failure);
        assert!(!ended(&reason).contains("503"));
        assert_eq!(ended_detail(&reason).as_deref(), Some("Code 503: Overload"));
        assert_eq!(ended_detail(&EndReason::Busy), None);
    }
}
