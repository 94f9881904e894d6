//! `sip:`, `sips:` and `tel:` addresses.

use std::fmt;
use std::ops::Range;

use super::BadValue;
use super::escape::{push_escaped_user, unescape, well_escaped};
use super::host::host_and_port;
use super::param::MAX_PARAMS;
use super::scan::Scanner;

/// The scheme of a [`Uri`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `sip:` (RFC 3261, section 19.1).
    Sip,
    /// `sips:` (RFC 3261, section 19.1).
    Sips,
    /// `tel:` (RFC 3966).
    Tel,
    /// Something that is a URI, and not one to call.
    Other,
}

/// An address. It keeps the text it was read from, so printing never changes it. `==` compares the text;
/// [`Uri::is_equivalent`] compares the meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uri {
    text: String,
    scheme: Scheme,
    user: Range<usize>,
    password: Range<usize>,
    host: Range<usize>,
    port: Option<u16>,
    params: Range<usize>,
    headers: Range<usize>,
}

impl Uri {
    /// Reads a whole address.
    pub fn parse(text: &str) -> Result<Uri, BadValue> {
        if !text.bytes().all(is_uri_byte) {
            return Err(BadValue(
                "the address holds a blank, a bracket, a quote or a control character",
            ));
        }
        if !well_escaped(text) {
            return Err(BadValue(
                "a percent sign in the address is not followed by two hexadecimal digits",
            ));
        }
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err(BadValue("the address has no scheme"));
        };
        if !is_scheme(scheme) || rest.is_empty() {
            return Err(BadValue("the address has no scheme, or nothing behind it"));
        }
        let start = scheme.len() + 1;
        if scheme.eq_ignore_ascii_case("sip") {
            Uri::sip_like(text, Scheme::Sip, start)
        } else if scheme.eq_ignore_ascii_case("sips") {
            Uri::sip_like(text, Scheme::Sips, start)
        } else if scheme.eq_ignore_ascii_case("tel") {
            Uri::tel(text, start)
        } else {
            Ok(Uri::bare(text, Scheme::Other))
        }
    }

    /// The same from bytes that may not be UTF-8.
    pub(crate) fn parse_bytes(bytes: &[u8]) -> Result<Uri, BadValue> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Uri::parse(text),
            Err(_) => Err(BadValue("the address is not UTF-8")),
        }
    }

    /// `sip:user@host`, with the user escaped. An error if `host` (with or without a port) is not one.
    pub fn sip(user: &str, host: &str) -> Result<Uri, BadValue> {
        let mut text = String::from("sip:");
        if !user.is_empty() {
            push_escaped_user(&mut text, user);
            text.push('@');
        }
        let start = text.len();
        text.push_str(host);
        let uri = Uri::parse(&text)?;
        match uri.host.start == start && uri.params.is_empty() && uri.headers.is_empty() {
            true => Ok(uri),
            false => Err(BadValue("the host is not a host name or an address")),
        }
    }

    fn bare(text: &str, scheme: Scheme) -> Uri {
        let text = text.to_owned();
        Uri {
            text,
            scheme,
            user: 0..0,
            password: 0..0,
            host: 0..0,
            port: None,
            params: 0..0,
            headers: 0..0,
        }
    }

    fn tel(text: &str, start: usize) -> Result<Uri, BadValue> {
        let end = text.find(';').unwrap_or(text.len());
        let number = text.get(start..end).unwrap_or_default();
        let dialled = |byte: u8| byte.is_ascii_hexdigit() || b"+-.()*#".contains(&byte);
        if !number.bytes().all(dialled)
            || !number.bytes().any(|byte| byte.is_ascii_hexdigit() || b"*#".contains(&byte))
        {
            return Err(BadValue("the tel address is not a number"));
        }
        let mut uri = Uri::bare(text, Scheme::Tel);
        uri.user = start..end;
        uri.params = end..text.len();
        check_params(uri.slice(&uri.params))?;
        Ok(uri)
    }

    fn sip_like(text: &str, scheme: Scheme, start: usize) -> Result<Uri, BadValue> {
        let mut uri = Uri::bare(text, scheme);
        // An at sign outside the user part must be escaped, so the only one ends it.
        let mut host_start = start;
        if let Some(at) = text.find('@') {
            let colon =
                text.get(start..at).and_then(|user| user.find(':')).map(|colon| start + colon);
            uri.user = start..colon.unwrap_or(at);
            uri.password = colon.map_or(0..0, |colon| colon + 1..at);
            if uri.user.is_empty() {
                return Err(BadValue("the address has an at sign and no user before it"));
            }
            host_start = at + 1;
        }
        let mut scanner = Scanner::new(text.as_bytes().get(host_start..).unwrap_or_default());
        let (host, port) = host_and_port(&mut scanner)?;
        uri.host = host_start..host_start + host.len();
        uri.port = port;
        let after = text.len() - scanner.rest().len();
        let question =
            text.get(after..).and_then(|rest| rest.find('?')).map_or(text.len(), |at| after + at);
        uri.params = after..question;
        uri.headers = (question + 1).min(text.len())..text.len();
        check_params(uri.slice(&uri.params))?;
        if uri.headers().any(|(name, _)| name.is_empty())
            || uri.headers().count() > MAX_PARAMS
            || text.ends_with('?')
        {
            return Err(BadValue("the headers of the address are not name=value"));
        }
        Ok(uri)
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The whole address as it came.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The user part as it came, escapes and all; the number of a `tel:`; empty if there is none.
    pub fn user(&self) -> &str {
        self.slice(&self.user)
    }

    /// The user part without escapes; what is not UTF-8 becomes U+FFFD.
    pub fn user_unescaped(&self) -> String {
        unescape(self.user())
    }

    /// The password as it came; nobody should send one.
    pub fn password(&self) -> Option<&str> {
        (self.password.start > 0).then(|| self.slice(&self.password))
    }

    /// The host as it came; an IPv6 address keeps its brackets. Empty for `tel:` and other schemes.
    pub fn host(&self) -> &str {
        self.slice(&self.host)
    }

    /// The port, if one is written.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The parameters as they came; a value of `None`: written without one.
    pub fn params(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        pairs(self.slice(&self.params), ';')
    }

    /// One parameter as it came; `Some("")` if it stands without a value.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.unwrap_or_default())
    }

    /// The headers behind the question mark as they came.
    pub fn headers(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        pairs(self.slice(&self.headers), '&')
    }

    /// The value of a header behind the question mark, without escapes.
    pub fn header(&self, name: &str) -> Option<String> {
        let (_, value) = self.headers().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(unescape(value?))
    }

    /// The same without what may not stand in a request line: headers and `method` (RFC 3261, section
    /// 19.1.1).
    #[must_use]
    pub fn for_request_line(&self) -> Uri {
        let Some(kept) = self.text.get(..self.params.start).filter(|_| self.host.start > 0) else {
            return self.clone();
        };
        let mut text = kept.to_owned();
        for (name, value) in self.params().filter(|(name, _)| !name.eq_ignore_ascii_case("method"))
        {
            text.push(';');
            text.push_str(name);
            if let Some(value) = value {
                text.push('=');
                text.push_str(value);
            }
        }
        let end = text.len();
        Uri { text, params: self.params.start..end, headers: end..end, ..self.clone() }
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

fn pairs(list: &str, separator: char) -> impl Iterator<Item = (&str, Option<&str>)> {
    let list = list.strip_prefix(separator).unwrap_or(list);
    list.split(separator).filter(move |_| !list.is_empty()).map(|pair| match pair.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (pair, None),
    })
}

fn check_params(list: &str) -> Result<(), BadValue> {
    if !list.is_empty() && !list.starts_with(';') {
        return Err(BadValue("something other than a port or parameters stands behind the host"));
    }
    match pairs(list, ';').any(|(name, _)| name.is_empty())
        || pairs(list, ';').count() > MAX_PARAMS
        || list == ";"
    {
        true => Err(BadValue("a parameter of the address has no name, or there are too many")),
        false => Ok(()),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// UTF-8 beyond ASCII should be escaped; phones that do not are understood all the same.
fn is_uri_byte(byte: u8) -> bool {
    (byte.is_ascii_graphic() || byte >= 0x80) && !b"<>\"\\".contains(&byte)
}
