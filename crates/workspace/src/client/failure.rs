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

    /// The refusal of a field that the page itself knows to be wrong; `detail` is a sentence.
    pub fn of_field(field: &str, detail: &str) -> Self {
        Self::Refused(Box::new(Problem {
            kind: "about:blank".to_owned(),
            title: String::new(),
            // As the server would say it.
            status: 422,
            code: code::INVALID.to_owned(),
            detail: detail.to_owned(),
            field: Some(field.to_owned()),
        }))
    }

    /// The same at the field of the form that `control` says for the field of the request.
    pub fn at(mut self, control: impl Fn(&str) -> String) -> Self {
        if let Self::Refused(problem) = &mut self {
            problem.field = problem.field.as_deref().map(control);
        }
        self
    }

    /// Whether the same request may succeed in a while: nothing is wrong with it (RFC 9110, sections 15.5.9 and 15.6;
    /// RFC 6585, section 4; RFC 8470, section 5.2).
    pub fn passes(&self) -> bool {
        match self {
            Self::Away => true,
            Self::Refused(problem) => {
                problem.status >= 500 || matches!(problem.status, 408 | 425 | 429)
            }
        }
    }

    /// Whether the role does not allow it.
    pub fn is_forbidden(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.status == 403)
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

#[cfg(test)]
mod tests {
    use ringdock_api::Problem;

    use super::Failure;

    fn refused(status: u16) -> Failure {
        let text = || String::new();
        let (kind, title, code, detail) = (text(), text(), text(), text());
        Failure::Refused(Box::new(Problem { kind, title, status, code, detail, field: None }))
    }

    #[test]
    fn what_a_server_cannot_do_now_passes_and_what_it_will_not_do_stays() {
        assert!(Failure::Away.passes());
        for status in [408, 425, 429, 500, 502, 503, 504, 507] {
            assert!(refused(status).passes(), "{status}");
        }
        for status in [400, 401, 403, 404, 409, 410, 422] {
            assert!(!refused(status).passes(), "{status}");
        }
    }
}
