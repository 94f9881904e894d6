//! Reads the building blocks of RFC 3261, section 25.1, from left to right. Nothing here goes back by
//! more than one step, so that time stays linear in what came.

use super::BadValue;

/// A place in a header value.
#[derive(Clone)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Scanner<'a> {
        Scanner { bytes, at: 0 }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Steps over `count` bytes.
    pub(crate) fn skip(&mut self, count: usize) {
        self.at = self.bytes.len().min(self.at.saturating_add(count));
    }

    /// LWS and SWS. A line end inside a value is a fold: the framing has seen to that.
    pub(crate) fn skip_blanks(&mut self) {
        self.take_while(is_blank);
    }

    pub(crate) fn take_while(&mut self, accepts: fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|&byte| !accepts(byte)).unwrap_or(rest.len());
        self.skip(length);
        rest.get(..length).unwrap_or_default()
    }

    /// A separator with the blanks around it (`SEMI`, `COMMA`, `EQUAL`, `SLASH`, ...), if it is next.
    pub(crate) fn eat(&mut self, separator: u8) -> bool {
        let start = self.at;
        self.skip_blanks();
        if self.peek() == Some(separator) {
            self.skip(1);
            self.skip_blanks();
            return true;
        }
        self.at = start;
        false
    }

    /// Past the end, or at a comma that has a next value behind it.
    pub(crate) fn next_in_list(&mut self) -> Result<bool, BadValue> {
        self.skip_blanks();
        if self.is_done() {
            return Ok(false);
        }
        if self.eat(b',') { Ok(true) } else { Err(BadValue("something stands behind the value")) }
    }

    /// One or more characters of `token`.
    pub(crate) fn token(&mut self) -> Result<&'a str, BadValue> {
        match text(self.take_while(is_token)) {
            "" => Err(BadValue("a token is missing")),
            token => Ok(token),
        }
    }

    /// A quoted string as it is written, without the quotes around it.
    pub(crate) fn quoted_raw(&mut self) -> Result<&'a [u8], BadValue> {
        const OPEN: BadValue = BadValue("a quoted string is not closed");
        let rest = self.rest();
        if rest.first() != Some(&b'"') {
            return Err(BadValue("a quoted string is missing"));
        }
        let mut at = 1;
        loop {
            match rest.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
                None => return Err(OPEN),
            }
        }
        self.skip(at + 1);
        rest.get(1..at).ok_or(OPEN)
    }

    /// A quoted string without quotes and escapes; folds become one space, and what is not UTF-8
    /// becomes U+FFFD.
    pub(crate) fn quoted(&mut self) -> Result<String, BadValue> {
        Ok(unescape(self.quoted_raw()?))
    }
}

/// Takes the backslashes of quoted pairs out, and makes each fold one space.
fn unescape(raw: &[u8]) -> String {
    let mut plain = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter().copied();
    let mut folding = false;
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => folding = true,
            byte if folding && is_blank(byte) => {}
            byte => {
                if std::mem::take(&mut folding) {
                    while plain.pop_if(|last| is_blank(*last)).is_some() {}
                    plain.push(b' ');
                }
                if byte == b'\\' { plain.extend(bytes.next()) } else { plain.push(byte) }
            }
        }
    }
    lossy(&plain)
}

pub(crate) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// ASCII that was checked already; anything else is an empty string.
pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

pub(crate) fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && is_blank(*first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && is_blank(*last)
    {
        bytes = rest;
    }
    bytes
}

/// A whole value of digits; `None` if it is not one, or above `u64`.
pub(crate) fn digits(bytes: &[u8]) -> Option<u64> {
    if bytes.is_empty() {
        return None;
    }
    bytes.iter().try_fold(0u64, |number, &byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// Appends a number in decimal.
pub(crate) fn push_number(out: &mut String, number: u64) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Appends a quoted string; control characters become spaces.
pub(crate) fn push_quoted(out: &mut String, plain: &str) {
    out.push('"');
    for character in plain.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out.push('"');
}
