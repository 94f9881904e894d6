//! Digest access authentication (RFC 7616; RFC 2617; RFC 3261, section 22; RFC 8760).

use crate::message::Method;

/// A hash that a challenge asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `MD5`, also meant by a challenge that names none.
    Md5,
    /// `MD5-sess`.
    Md5Sess,
    /// `SHA-256`.
    Sha256,
    /// `SHA-256-sess`.
    Sha256Sess,
}

/// A challenge that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Who asks, as written between the quotes.
    pub realm: String,
    /// As written between the quotes.
    pub nonce: String,
    /// To be sent back, as written between the quotes.
    pub opaque: Option<String>,
    /// The hash.
    pub algorithm: Algorithm,
    /// The challenge offers `qop=auth`; otherwise the answer is the one of RFC 2069.
    pub qop_auth: bool,
    /// The nonce of the last answer was too old, and its password right.
    pub stale: bool,
}

/// Who answers.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The user name.
    pub username: &'a str,
    /// The password.
    pub password: &'a str,
}

/// All challenges of one WWW-Authenticate or Proxy-Authenticate value that can be answered: scheme Digest, a
/// known algorithm, `qop` absent or with `auth`. Others are left out.
pub fn challenges(_value: &[u8]) -> Vec<Challenge> {
    Vec::new()
}

/// The challenge to answer: the first with SHA-256, otherwise the first (RFC 8760, section 2.4).
pub fn strongest(challenges: Vec<Challenge>) -> Option<Challenge> {
    challenges.into_iter().next()
}

impl Challenge {
    /// The value of Authorization or Proxy-Authorization. `uri` is the Request-URI as it is sent; `cnonce`
    /// is random hexadecimal digits; `count` is 1 for the first answer with this nonce and goes up with each.
    pub fn answer(
        &self,
        credentials: Credentials<'_>,
        method: &Method,
        uri: &str,
        cnonce: &str,
        count: u32,
    ) -> String {
        let _ = (credentials, method, uri, cnonce, count);
        String::new()
    }
}
