//! Holding, passing on, and what makes a call hard to understand.

use super::call::whom;
use super::dial::why_not;
use super::ended::ended_title;
use ringdock_phone::{EndReason, Notice, Poor};

/// What did not go as the agent wanted.
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::HoldRefused => {
            "The other side could not be put on hold. The call goes on.".to_owned()
        }
        Notice::ResumeRefused => "The call is still on hold. Try again.".to_owned(),
        Notice::TransferFailed { to, reason } => {
            ["Not transferred to ", whom(to), ". ", ended_title(reason), "."].concat()
        }
        Notice::TransferUnconfirmed { to } => {
            ["The PBX was asked to transfer the call to ", whom(to), "."].concat()
        }
        Notice::ColleagueGone { colleague, reason } => {
            let what = match reason {
                EndReason::HungUp | EndReason::FarEndHungUp | EndReason::GivenUp => "Off the line",
                reason => ended_title(reason),
            };
            [whom(colleague), ": ", what, ". The caller is still on hold."].concat()
        }
        Notice::CallerGone { caller } => [whom(caller), " hung up while on hold."].concat(),
        Notice::NotDialled { callee, why } => {
            ["No call to ", whom(callee), ". ", why_not(*why), "."].concat()
        }
    }
}

/// Why a connection is poor, and what the agent can do about it, if anything.
pub fn poor(cause: Poor) -> &'static str {
    match cause {
        Poor::NothingReceived => "No sound comes from the other side.",
        Poor::SilentMicrophone => {
            "Your microphone gives no sound. See whether its own switch is off."
        }
        Poor::Loss => "Parts of what the other side says get lost.",
        Poor::LossThere => "Parts of what you say get lost.",
        Poor::Jitter => "Sound comes unevenly.",
        Poor::Delay => "Sound takes long. Leave pauses for the other side.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ringdock_phone::Party;

    #[test]
    fn a_notice_names_who_is_meant_and_what_happened() {
        let (to, reason) = (Party { number: "1002".into(), name: None }, EndReason::Busy);
        let failed = Notice::TransferFailed { to: to.clone(), reason };
        assert_eq!(notice(&failed), "Not transferred to 1002. Busy.");
        let (colleague, reason) = (to, EndReason::FarEndHungUp);
        let gone = Notice::ColleagueGone { colleague, reason };
        assert_eq!(notice(&gone), "1002: Off the line. The caller is still on hold.");
    }
}
