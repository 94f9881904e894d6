use ringdock_api::{Problem, code};

use crate::words;

/// Why a request brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server cannot be reached, or what answers is not it.
    Away,
    /// The server refused it.
    Refused(Box<Problem>),
}

impl Failure {
    /// What to tell the person, in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Away => words::AWAY_NOTHING_SAVED.to_owned(),
            Self::Refused(problem) if problem.detail.is_empty() => problem.title.clone(),
            Self::Refused(problem) => problem.detail.clone(),
        }
    }

    /// The field of the request at fault.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Away => None,
            Self::Refused(problem) => problem.field.as_deref(),
        }
    }

    /// Whether the session has ended.
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.code == code::NOT_SIGNED_IN)
    }

    /// Whether there is no such thing, or no longer.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.status == 404 || problem.status == 410)
    }
}
