//! What a user agent must refuse although it is well written (RFC 3261, sections 8.2.2.3 and 8.2.3).

use super::{Method, Name, Request};

/// Why a request is refused before anybody looks at what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status to answer with.
    pub status: u16,
    /// What is wrong.
    pub why: &'static str,
    /// For a 420: the option tags for the Unsupported header.
    pub unsupported: Vec<String>,
}

impl Request {
    /// Whether it demands what this agent cannot do: 420 for an option tag in Require that is not among
    /// `supported`, 415 for an INVITE with a body other than SDP, 406 for an INVITE that forbids SDP in the
    /// response.
    pub fn refusal(&self, supported: &[&str]) -> Option<Refusal> {
        if matches!(self.method(), Method::Ack | Method::Cancel) {
            return None;
        }
        let refuse = |status, why| Some(Refusal { status, why, unsupported: Vec::new() });
        let mut unsupported = self.headers().items(Name::Require);
        unsupported.retain(|tag| !supported.iter().any(|known| known.eq_ignore_ascii_case(tag)));
        if !unsupported.is_empty() {
            let why = "the request requires extensions that are not supported";
            return Some(Refusal { status: 420, why, unsupported });
        }
        if *self.method() != Method::Invite {
            return None;
        }
        if !self.body().is_empty() && !self.body_is_sdp() {
            return refuse(415, "the body of the INVITE is not a session description");
        }
        let accepted = self.headers().items(Name::Accept);
        let takes_sdp = |range: &String| {
            ["application/sdp", "application/*", "*/*"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(range))
        };
        if self.headers().get(Name::Accept).is_some() && !accepted.iter().any(takes_sdp) {
            return refuse(406, "the INVITE does not accept a session description in the response");
        }
        None
    }

    /// Whether the body is a session description; without a Content-Type it is taken as one.
    fn body_is_sdp(&self) -> bool {
        match self.headers().get(Name::ContentType) {
            None => true,
            Some(_) => {
                self.headers().content_type().is_some_and(|kind| kind.is("application", "sdp"))
            }
        }
    }
}
