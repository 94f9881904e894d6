//! Why the agent does not do what it is asked for.

use std::fmt;

/// Why a call was not placed; the sentence says what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialError {
    /// The target is not a number, an extension or a SIP address.
    BadTarget,
    /// The agent is not registered.
    NotRegistered,
    /// A call is up already, and not held; or two are.
    InCall,
}

impl fmt::Display for DialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DialError::BadTarget => {
                "This cannot be called: enter a number, an extension or a SIP address."
            }
            DialError::NotRegistered => "The phone is not connected; wait until it is.",
            DialError::InCall => "There is a call already; hold it or end it first.",
        })
    }
}

impl std::error::Error for DialError {}

/// Why a call is not handed on; the sentence says what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferError {
    /// The target is not a number, an extension or a SIP address.
    BadTarget,
    /// A call of those that take part is not up, or its other side cannot be reached at the moment.
    NotUp,
    /// The call is being handed on already.
    UnderWay,
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TransferError::BadTarget => {
                "The call cannot go there: enter a number, an extension or a SIP address."
            }
            TransferError::NotUp => {
                "The call cannot be transferred now; wait until it is connected."
            }
            TransferError::UnderWay => "The call is being transferred already.",
        })
    }
}

impl std::error::Error for TransferError {}
