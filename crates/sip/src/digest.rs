//! Digest access authentication (RFC 7616; RFC 2617; RFC 3261, section 22; RFC 8760).

use md5::Md5;
use sha2::{Digest, Sha256};

use crate::message::scan::{Scanner, is_token, push_quoted, text};
use crate::message::{BadValue, Method};

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
/// known algorithm, `qop` absent or with `auth`. Others are left out, and so is all behind a mistake.
pub fn challenges(value: &[u8]) -> Vec<Challenge> {
    let mut scanner = Scanner::new(value);
    let mut found = Vec::new();
    loop {
        scanner.skip_blanks();
        let Ok(scheme) = scanner.token() else { return found };
        let Ok(fields) = Fields::read(&mut scanner) else { return found };
        if scheme.eq_ignore_ascii_case("Digest") {
            found.extend(fields.challenge());
        }
        scanner.eat(b',');
    }
}

/// The challenge to answer: the first with SHA-256, otherwise the first (RFC 8760, section 2.4).
pub fn strongest(challenges: Vec<Challenge>) -> Option<Challenge> {
    let best = challenges.iter().position(|challenge| challenge.algorithm.is_strong());
    let best = best.unwrap_or(0);
    challenges.into_iter().nth(best)
}

/// What stands behind the scheme. Values are kept as written between the quotes: that is what is hashed,
/// and what is sent back.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    /// Reads `name=value` pairs up to the end, or up to a comma with the next scheme behind it.
    fn read(scanner: &mut Scanner<'a>) -> Result<Fields<'a>, BadValue> {
        let mut fields = Fields(Vec::new());
        scanner.skip_blanks();
        loop {
            let mut ahead = scanner.clone();
            let Ok(name) = ahead.token() else { break };
            if !ahead.eat(b'=') {
                break;
            }
            let value = if ahead.peek() == Some(b'"') {
                let raw = ahead.quoted_raw()?;
                std::str::from_utf8(raw).map_err(|_| BadValue("a value is not UTF-8"))?
            } else {
                text(ahead.take_while(|byte| is_token(byte) || b"/=".contains(&byte)))
            };
            fields.0.push((name, value));
            *scanner = ahead;
            if !scanner.eat(b',') {
                break;
            }
        }
        Ok(fields)
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    fn challenge(&self) -> Option<Challenge> {
        let qop = self.get("qop");
        let qop_auth = qop.is_some_and(|offers| {
            offers.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth"))
        });
        if qop.is_some() && !qop_auth {
            return None;
        }
        Some(Challenge {
            realm: self.get("realm")?.to_owned(),
            nonce: self.get("nonce")?.to_owned(),
            opaque: self.get("opaque").map(str::to_owned),
            algorithm: Algorithm::named(self.get("algorithm").unwrap_or("MD5"))?,
            qop_auth,
            stale: self.get("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
        })
    }
}

impl Algorithm {
    const ALL: [Algorithm; 4] =
        [Algorithm::Md5, Algorithm::Md5Sess, Algorithm::Sha256, Algorithm::Sha256Sess];

    fn named(name: &str) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.as_str().eq_ignore_ascii_case(name))
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Md5Sess => "MD5-sess",
            Algorithm::Sha256 => "SHA-256",
            Algorithm::Sha256Sess => "SHA-256-sess",
        }
    }

    /// Whether the hash is SHA-256.
    pub(crate) fn is_strong(self) -> bool {
        matches!(self, Algorithm::Sha256 | Algorithm::Sha256Sess)
    }

    /// Whether the answers are bound to the session's first one.
    pub(crate) fn is_session(self) -> bool {
        matches!(self, Algorithm::Md5Sess | Algorithm::Sha256Sess)
    }

    /// The hash of the parts with colons between, in hexadecimal digits.
    fn hash(self, parts: &[&str]) -> String {
        let joined = parts.join(":");
        match self {
            Algorithm::Md5 | Algorithm::Md5Sess => hexadecimal(&Md5::digest(joined)),
            Algorithm::Sha256 | Algorithm::Sha256Sess => hexadecimal(&Sha256::digest(joined)),
        }
    }
}

impl Challenge {
    /// The value of Authorization or Proxy-Authorization. `uri` is the Request-URI as it is sent; `cnonce`
    /// is random hexadecimal digits; `count` is 1 for the first answer with this nonce and goes up by one
    /// with each (RFC 7616, section 3.4).
    pub fn answer(
        &self,
        credentials: Credentials<'_>,
        method: &Method,
        uri: &str,
        cnonce: &str,
        count: u32,
    ) -> String {
        let count = hexadecimal(&count.to_be_bytes());
        let response = self.response(credentials, method, uri, cnonce, &count);
        let mut out = String::from("Digest username=");
        push_quoted(&mut out, credentials.username);
        push_field(&mut out, "realm", &self.realm, true);
        push_field(&mut out, "nonce", &self.nonce, true);
        push_field(&mut out, "uri", uri, true);
        push_field(&mut out, "response", &response, true);
        push_field(&mut out, "algorithm", self.algorithm.as_str(), false);
        if self.qop_auth {
            push_field(&mut out, "qop", "auth", false);
            push_field(&mut out, "nc", &count, false);
        }
        if self.qop_auth || self.algorithm.is_session() {
            push_field(&mut out, "cnonce", cnonce, true);
        }
        if let Some(opaque) = &self.opaque {
            push_field(&mut out, "opaque", opaque, true);
        }
        out
    }

    fn response(
        &self,
        who: Credentials<'_>,
        method: &Method,
        uri: &str,
        cnonce: &str,
        count: &str,
    ) -> String {
        let hash = |parts: &[&str]| self.algorithm.hash(parts);
        let mut secret = hash(&[who.username, &self.realm, who.password]);
        if self.algorithm.is_session() {
            secret = hash(&[&secret, &self.nonce, cnonce]);
        }
        let request = hash(&[method.as_str(), uri]);
        if self.qop_auth {
            hash(&[&secret, &self.nonce, count, cnonce, "auth", &request])
        } else {
            hash(&[&secret, &self.nonce, &request])
        }
    }
}

/// Appends a field; the value is as it stood between quotes, or cannot hold one.
fn push_field(out: &mut String, name: &str, value: &str, quoted: bool) {
    let quote = if quoted { "\"" } else { "" };
    for part in [", ", name, "=", quote, value, quote] {
        out.push_str(part);
    }
}

/// Two digits for each byte, in lower case.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
