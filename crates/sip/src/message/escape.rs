//! Percent escapes of addresses, and when two addresses mean the same.

use super::scan::lossy;
use super::{Scheme, Uri};

/// Takes percent escapes out; what is not UTF-8 becomes U+FFFD.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, _, behind)) = next(rest) {
        plain.push(byte);
        rest = behind;
    }
    lossy(&plain)
}

/// Each percent sign is followed by two hexadecimal digits.
pub(super) fn well_escaped(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some((byte, escaped, behind)) = next(rest) {
        if byte == b'%' && !escaped {
            return false;
        }
        rest = behind;
    }
    true
}

/// Appends a user part: what may not stand there is escaped (RFC 3261, section 25.1, `user`).
pub(super) fn push_escaped_user(out: &mut String, user: &str) {
    for byte in user.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
            out.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
}

/// The next character, whether it was escaped, and what is behind it.
fn next(text: &[u8]) -> Option<(u8, bool, &[u8])> {
    let hex = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    if let [b'%', high, low, behind @ ..] = text
        && let (Some(high), Some(low)) = (hex(*high), hex(*low))
    {
        return Some((high << 4 | low, true, behind));
    }
    text.split_first().map(|(byte, behind)| (*byte, false, behind))
}

impl Uri {
    /// Whether both addresses mean the same (RFC 3261, section 19.1.4).
    pub fn is_equivalent(&self, other: &Uri) -> bool {
        if self.scheme() != other.scheme() {
            return false;
        }
        if self.scheme() == Scheme::Other {
            return self.as_str() == other.as_str();
        }
        same(self.user(), other.user(), false)
            && same(
                self.password().unwrap_or_default(),
                other.password().unwrap_or_default(),
                false,
            )
            && self.host().eq_ignore_ascii_case(other.host())
            && self.port() == other.port()
            && params_agree(self, other)
            && params_agree(other, self)
            && headers_agree(self, other)
            && headers_agree(other, self)
    }
}

fn params_agree(one: &Uri, other: &Uri) -> bool {
    // These change where a request goes, so they never match their absence.
    let decisive = |name: &str| {
        ["user", "ttl", "method", "maddr", "transport"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    one.params().all(|(name, value)| match other.param(name) {
        Some(there) => same(value.unwrap_or_default(), there, true),
        None => !decisive(name),
    })
}

fn headers_agree(one: &Uri, other: &Uri) -> bool {
    one.headers().all(|(name, value)| {
        other.headers().any(|(known, there)| {
            same(name, known, true)
                && same(value.unwrap_or_default(), there.unwrap_or_default(), false)
        })
    })
}

/// An escaped character is the same as the plain one unless it is a reserved one.
fn same(one: &str, other: &str, ignore_case: bool) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        match (next(one), next(other)) {
            (None, None) => return true,
            (Some((left, left_escaped, left_rest)), Some((right, right_escaped, right_rest))) => {
                let equal = left == right || ignore_case && left.eq_ignore_ascii_case(&right);
                let reserved = b";/?:@&=+$,".contains(&left);
                if !equal || reserved && left_escaped != right_escaped {
                    return false;
                }
                (one, other) = (left_rest, right_rest);
            }
            _ => return false,
        }
    }
}
