//! Hosts, users and dial targets, as people write them and as a URI wants them (RFC 3261, section 25.1).

use crate::message::Uri;

/// Whether a byte may stand in the user part of a URI without an escape.
fn is_user_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(&byte)
}

/// The user part of a URI; an escape that is there already stays.
pub(crate) fn escape_user(user: &str) -> String {
    let bytes = user.as_bytes();
    let mut escaped = String::with_capacity(user.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = byte == b'%'
            && bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        push_byte(&mut escaped, byte, is_user_byte(byte) || is_escape);
    }
    escaped
}

/// Appends a value of a header in a URI: all but the plainest characters are escaped.
pub(crate) fn push_escaped(out: &mut String, value: &str) {
    for byte in value.bytes() {
        push_byte(out, byte, byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    }
}

fn push_byte(out: &mut String, byte: u8, is_plain: bool) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    match is_plain {
        true => out.push(char::from(byte)),
        false => out.extend(['%', digit(byte >> 4), digit(byte)]),
    }
}

/// `host:port` in two; the brackets of an IPv6 address stay with the host.
pub(crate) fn split_port(written: &str) -> (&str, Option<&str>) {
    let after_brackets = written.rfind(']').map_or(0, |end| end + 1);
    match written.get(after_brackets..).and_then(|rest| rest.rfind(':')) {
        Some(colon) => {
            let (host, port) = written.split_at(after_brackets + colon);
            (host, port.get(1..))
        }
        None => (written, None),
    }
}

/// Whether this is a host name, an IPv4 address, or an IPv6 address in brackets.
pub(crate) fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        let is_address = |byte: u8| byte.is_ascii_hexdigit() || b":.".contains(&byte);
        return inner.bytes().all(is_address) && inner.matches(':').count() >= 2;
    }
    host.len() <= 253
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        })
}

/// Whether a host is this computer: `localhost`, 127.0.0.0/8 or `[::1]`.
pub(crate) fn is_loopback(host: &str) -> bool {
    let is_byte = |part: &str| part.parse::<u8>().is_ok();
    let is_127 = host.starts_with("127.") && host.split('.').count() == 4;
    host.eq_ignore_ascii_case("localhost")
        || host == "[::1]"
        || is_127 && host.split('.').all(is_byte)
}

/// The URI of a dial target: a number, an extension, a service code, or a whole address.
/// `None` for what cannot be called.
pub(crate) fn dial_uri(target: &str, domain: &str) -> Option<Uri> {
    let target = target.trim();
    let bare = strip_scheme(strip_scheme(target, "sip:"), "tel:");
    if let Some((user, rest)) = bare.rsplit_once('@') {
        return address_uri(user, rest);
    }
    let number: String = bare.chars().filter(|c| !is_visual_separator(*c)).collect();
    let user = if is_number(&number) { number.as_str() } else { bare };
    if !is_extension(user) {
        return None;
    }
    Uri::parse(&["sip:", &escape_user(user), "@", domain].concat()).ok()
}

fn address_uri(user: &str, rest: &str) -> Option<Uri> {
    let (host, parameters) = rest.split_at(rest.find(';').unwrap_or(rest.len()));
    let (name, port) = split_port(host);
    let user_fits = !user.is_empty() && user.len() <= 128 && !user.contains(is_out_of_place);
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let parameters_fit = parameters.len() <= 128
        && parameters
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b";=-_.!~*'()[]/:&+$%".contains(&byte));
    if !(user_fits && is_host(name) && port_fits && parameters_fit) {
        return None;
    }
    Uri::parse(&["sip:", &escape_user(user), "@", host, parameters].concat()).ok()
}

fn strip_scheme<'a>(target: &'a str, scheme: &str) -> &'a str {
    match target.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => {
            target.get(scheme.len()..).unwrap_or("")
        }
        _ => target,
    }
}

/// RFC 3966, section 3: what people put between digits to read them more easily.
fn is_visual_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '(' | ')' | '.' | '-' | '/')
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || b"*#".contains(&byte))
}

fn is_extension(text: &str) -> bool {
    text.len() <= 64
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric() || b"*#".contains(&byte))
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+*#-_.".contains(&byte))
}

fn is_out_of_place(c: char) -> bool {
    c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '"' | '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_called() {
        let cases = [
            ("600", "sip:600@pbx.test"),
            ("*97", "sip:*97@pbx.test"),
            ("*21#", "sip:*21%23@pbx.test"),
            ("+44 (20) 7946-0000", "sip:+442079460000@pbx.test"),
            ("tel:+44.20.7946.0000", "sip:+442079460000@pbx.test"),
            ("alice", "sip:alice@pbx.test"),
            ("room-5", "sip:room-5@pbx.test"),
            ("sip:bob@biloxi.test", "sip:bob@biloxi.test"),
            ("SIP:bob@biloxi.test:5080;transport=tcp", "sip:bob@biloxi.test:5080;transport=tcp"),
            ("bob@[2001:db8::1]", "sip:bob@[2001:db8::1]"),
        ];
        for (target, uri) in cases {
            let dialled = dial_uri(target, "pbx.test");
            assert_eq!(dialled.as_ref().map(Uri::as_str), Some(uri), "{target}");
        }
    }

    #[test]
    fn what_cannot_be_called() {
        let cases = [
            "",
            " ",
            "---",
            "call me",
            "a\r\nVia: x",
            "<script>",
            "sip:",
            "sip:@host",
            "bob@",
            "bob@ho st",
            "bob@host:x",
            "bob@host;a=\"b\"",
            "a b@host",
            "é",
        ];
        for target in cases {
            assert_eq!(dial_uri(target, "pbx.test"), None, "{target:?}");
        }
    }

    #[test]
    fn a_port_is_split_off_and_brackets_stay() {
        assert_eq!(split_port("pbx.test:5060"), ("pbx.test", Some("5060")));
        assert_eq!(split_port("[::1]"), ("[::1]", None));
        assert_eq!(split_port("[::1]:80"), ("[::1]", Some("80")));
    }

    #[test]
    fn only_this_computers_addresses_are_loopback() {
        for host in ["127.0.0.1", "127.8.9.1", "[::1]", "localhost", "LocalHost"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["128.0.0.1", "localhost.example.com", "127.0.0.1.example.com", "[::2]"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
