//! The SIP agent's words in the phone's.

use crate::driver::clock;
use ringdock_phone::{EndReason, Failure, LineProblem, LineState, Party, Progress};
use ringdock_sip::{Caller, DialError, End, Line, Problem, TransferError, TransferProgress};

/// Who is meant in sentences about a line.
pub struct Names {
    /// The server's host name, or those of all servers.
    pub server: String,
    /// The account's name.
    pub user: String,
}

/// The state of the line.
pub fn line(line: Line, names: &Names) -> LineState {
    match line {
        Line::Off => LineState::Off,
        Line::Connecting => LineState::Connecting,
        Line::Registered => LineState::Ready,
        Line::Lost { problem: what, retry_at } => LineState::Lost {
            problem: problem(what, names),
            retry_at: retry_at.map(clock::from_sip),
        },
        Line::Failed { problem: what, retry_at } => LineState::Down {
            problem: problem(what, names),
            retry_at: retry_at.map(clock::from_sip),
        },
    }
}

fn problem(problem: Problem, names: &Names) -> LineProblem {
    let (server, user) = (names.server.clone(), names.user.clone());
    match problem {
        Problem::Unreachable => LineProblem::Unreachable { server },
        Problem::NotSip => LineProblem::NotAPhoneServer { server },
        Problem::PasswordRefused => LineProblem::PasswordRefused { user },
        Problem::Refused { status, .. } => LineProblem::AccountRefused { user, status },
        Problem::Server { status, phrase } => LineProblem::ServerError { status, phrase },
    }
}

/// The other side of a call.
pub fn party(caller: Caller) -> Party {
    Party { number: caller.number, name: caller.name }
}

/// Why a call was not placed.
pub fn not_dialled(error: DialError) -> EndReason {
    match error {
        DialError::BadTarget => EndReason::NotFound,
        DialError::NotRegistered | DialError::InCall => EndReason::Failed(Failure::Network),
    }
}

/// Why a call was not passed on.
pub fn not_transferred(error: TransferError) -> EndReason {
    match error {
        TransferError::BadTarget => EndReason::NotFound,
        TransferError::NotUp | TransferError::UnderWay => EndReason::Failed(Failure::Network),
    }
}

/// How a transfer goes, as far as the phone does not see it by itself: one that is done ends the call.
pub fn progress(progress: TransferProgress) -> Option<Progress> {
    match progress {
        TransferProgress::Trying | TransferProgress::Done => None,
        TransferProgress::Ringing => Some(Progress::Ringing),
        TransferProgress::Failed { status, phrase } => {
            Some(Progress::Failed(refused(status, phrase, 0, true)))
        }
    }
}

/// Why a call is over. `cause`: of Q.850, or 0; `rang`: the other side's phone did ring.
pub fn end(end: End, cause: u8, rang: bool) -> EndReason {
    match end {
        End::HungUp => EndReason::HungUp,
        End::Transferred => EndReason::Transferred,
        End::Replaced => EndReason::Replaced,
        End::FarEndHungUp => EndReason::FarEndHungUp,
        End::Cancelled => EndReason::GivenUp,
        End::CallerCancelled { answered_elsewhere: true } => EndReason::AnsweredElsewhere,
        End::CallerCancelled { answered_elsewhere: false } => EndReason::CallerGaveUp,
        End::Declined => EndReason::Declined,
        End::Refused { status, phrase } => refused(status, phrase, cause, rang),
        End::Network => EndReason::Failed(Failure::Network),
        End::BadReply => EndReason::Failed(Failure::BadReply),
        End::Media => EndReason::Failed(Failure::Media),
    }
}

/// The final statuses of an INVITE (RFC 3261, section 21). A phone that rang and then became "temporarily
/// unavailable" is how gateways and PBXs say that nobody took the call (RFC 3398, section 8.2.6.1, cause 19). Where the
/// cause says more than its status, it decides: no route to the network or to the number (2, 3), calls barred (52, 54).
fn refused(status: u16, phrase: String, cause: u8, rang: bool) -> EndReason {
    match status {
        _ if matches!(cause, 2 | 3) => EndReason::NoRoute,
        _ if matches!(cause, 52 | 54) => EndReason::Barred,
        486 | 600 => EndReason::Busy,
        408 => EndReason::NoAnswer,
        480 if rang => EndReason::NoAnswer,
        480 => EndReason::Unavailable,
        603 => EndReason::Rejected,
        401 | 403 | 407 => EndReason::NotAllowed,
        404 | 410 | 484 | 604 => EndReason::NotFound,
        487 => EndReason::GivenUp,
        415 | 488 | 606 => EndReason::Failed(Failure::Media),
        _ => EndReason::Failed(Failure::Server { status, phrase }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_becomes_what_the_agent_would_call_it() {
        let table = [
            (486, false, EndReason::Busy),
            (600, true, EndReason::Busy),
            (480, true, EndReason::NoAnswer),
            (480, false, EndReason::Unavailable),
            (408, false, EndReason::NoAnswer),
            (603, true, EndReason::Rejected),
            (403, false, EndReason::NotAllowed),
            (407, false, EndReason::NotAllowed),
            (404, false, EndReason::NotFound),
            (484, false, EndReason::NotFound),
            (488, false, EndReason::Failed(Failure::Media)),
            (503, false, EndReason::Failed(Failure::Server { status: 503, phrase: "Full".into() })),
        ];
        for (status, rang, reason) in table {
            assert_eq!(
                end(End::Refused { status, phrase: "Full".into() }, 0, rang),
                reason,
                "{status}"
            );
        }
    }

    #[test]
    fn the_cause_tells_a_number_that_is_barred_from_one_that_nobody_can_reach() {
        let table = [
            (403, 21, EndReason::NotAllowed),
            (403, 52, EndReason::Barred),
            (404, 1, EndReason::NotFound),
            (404, 3, EndReason::NoRoute),
            (404, 2, EndReason::NoRoute),
        ];
        for (status, cause, reason) in table {
            let refused = End::Refused { status, phrase: String::new() };
            assert_eq!(end(refused, cause, false), reason, "{status}, {cause}");
        }
    }

    #[test]
    fn a_line_names_the_server_or_the_user_it_is_about() {
        let names = Names { server: "pbx.example.com".into(), user: "1001".into() };
        let failed = |problem| line(Line::Failed { problem, retry_at: None }, &names);
        assert_eq!(
            failed(Problem::PasswordRefused),
            LineState::Down {
                problem: LineProblem::PasswordRefused { user: "1001".into() },
                retry_at: None
            }
        );
        assert_eq!(
            failed(Problem::NotSip),
            LineState::Down {
                problem: LineProblem::NotAPhoneServer { server: "pbx.example.com".into() },
                retry_at: None
            }
        );
    }
}
