//! Hosts and ports, in addresses and in Via.

use super::BadValue;
use super::scan::{Scanner, digits, text};

/// `host [ COLON port ]`; a Via may have blanks around the colon.
pub(super) fn host_and_port<'a>(
    scanner: &mut Scanner<'a>,
) -> Result<(&'a str, Option<u16>), BadValue> {
    let host = host(scanner)?;
    let port = if scanner.eat(b':') { Some(port(scanner)?) } else { None };
    Ok((host, port))
}

fn host<'a>(scanner: &mut Scanner<'a>) -> Result<&'a str, BadValue> {
    let start = scanner.rest();
    let length = if scanner.peek() == Some(b'[') {
        scanner.skip(1);
        let address = scanner.take_while(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
        let colons = address.iter().filter(|&&byte| byte == b':').count();
        if scanner.peek() != Some(b']') || colons < 2 {
            return Err(BadValue("what stands in square brackets is not an IPv6 address"));
        }
        scanner.skip(1);
        address.len() + 2
    } else {
        scanner.take_while(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)).len()
    };
    match text(start.get(..length).unwrap_or_default()) {
        "" => Err(BadValue("the host is missing")),
        host => Ok(host),
    }
}

fn port(scanner: &mut Scanner<'_>) -> Result<u16, BadValue> {
    let port = digits(scanner.take_while(|byte| byte.is_ascii_digit()));
    match port.and_then(|port| u16::try_from(port).ok()) {
        Some(port) if port > 0 => Ok(port),
        _ => Err(BadValue("the port is not a number from 1 to 65535")),
    }
}
