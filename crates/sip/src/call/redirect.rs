//! Redirections (RFC 3261, section 8.1.3.4): who else is to be called.

use crate::address::dial_uri;
use crate::message::{Contacts, Headers, NameAddr, Scheme, Uri};

/// How many addresses one call tries, the first included.
const MOST_TARGETS: usize = 6;

/// How many Contacts of one response are looked at.
const MOST_CONTACTS: usize = 16;

/// The addresses of one call, each tried once.
pub(super) struct Targets {
    all: Vec<Uri>,
    tried: usize,
}

impl Targets {
    /// The address that was dialled.
    pub(super) fn new(uri: Uri) -> Targets {
        Targets { all: vec![uri], tried: 1 }
    }

    /// Adds the Contacts of a 3xx, the most preferred first. Addresses that cannot be called, that are there
    /// already, and those beyond a handful are left out.
    pub(super) fn add(&mut self, headers: &Headers, domain: &str) {
        let Ok(Contacts::List(mut contacts)) = headers.contacts() else { return };
        contacts.truncate(MOST_CONTACTS);
        while let Some(best) = contacts.iter().map(preference).max() {
            let Some(place) = contacts.iter().position(|it| preference(it) == best) else { return };
            let contact = contacts.remove(place);
            let uri = match contact.uri.scheme() {
                Scheme::Sip | Scheme::Sips => Some(contact.uri.for_request_line()),
                Scheme::Tel => dial_uri(contact.uri.user(), domain),
                Scheme::Other => None,
            };
            if self.all.len() == MOST_TARGETS {
                return;
            }
            if let Some(uri) = uri
                && !self.all.iter().any(|known| known.as_str().eq_ignore_ascii_case(uri.as_str()))
            {
                self.all.push(uri);
            }
        }
    }

    /// The next address to try.
    pub(super) fn next(&mut self) -> Option<Uri> {
        let next = self.all.get(self.tried)?;
        self.tried += 1;
        Some(next.clone())
    }
}

/// The `q` of a Contact in thousandths; without one it is the most preferred.
fn preference(contact: &NameAddr) -> u16 {
    let Some(q) = contact.params.get("q") else { return 1000 };
    let (whole, rest) = q.split_once('.').unwrap_or((q, ""));
    let digits = rest.bytes().chain(*b"000").take(3).map(|byte| u16::from(byte.wrapping_sub(b'0')));
    match whole {
        "1" => 1000,
        _ => digits.fold(0, |sum, digit| sum * 10 + digit.min(9)),
    }
}
