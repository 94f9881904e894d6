//! Where a PBX is reached.

use std::net::IpAddr;

use crate::{
    check,
    error::{Error, Result},
};

/// The port of Asterisk's WebSockets with TLS.
const PORT: &str = "8089";

/// The address that a host or a URL stands for. Without encryption, this machine alone is taken.
pub fn url(server: &str) -> Result<String> {
    let wrong = |detail: &str| Error::invalid("server", detail);
    let no_address = || wrong("A server is a host name, or a wss:// address.");
    check::at_most("server", server, 200)?;
    let text = match server.contains("://") {
        true => server.to_owned(),
        false => of_host(server)?,
    };
    let url = reqwest::Url::parse(&text).map_err(|_| no_address())?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(no_address)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("User and password have fields of their own."));
    }
    if url.fragment().is_some() {
        return Err(wrong(
            "A browser connects to no address with a #: leave out what begins there.",
        ));
    }
    let loopback = host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        "wss" => Ok(url.into()),
        "ws" if loopback => Ok(url.into()),
        "ws" => {
            Err(wrong("Without encryption (ws://) only this machine can be reached; use wss://."))
        }
        _ => Err(no_address()),
    }
}

/// `host`, `host:port`, `[ipv6]` or `[ipv6]:port` as an address.
fn of_host(server: &str) -> Result<String> {
    let wrong = |detail: &str| Err(Error::invalid("server", detail));
    if server.contains(['/', '?', '#', '@', '\\']) {
        return wrong("Write the host name alone, or the whole address with wss:// before it.");
    }
    let end = server.find(']').map_or(0, |end| end + 1);
    let (host, port) = match server[end..].find(':') {
        Some(colon) => (&server[..end + colon], &server[end + colon + 1..]),
        None => (server, PORT),
    };
    if host.is_empty() || port.parse::<u16>().is_ok_and(|port| port == 0) {
        return wrong("A server is a host name, or a wss:// address.");
    }
    if port.contains(':') {
        return wrong("An IPv6 address stands in brackets: [2001:db8::1].");
    }
    if port.parse::<u16>().is_err() {
        return wrong("A port is a number from 1 to 65535.");
    }
    Ok(format!("wss://{host}:{port}/ws"))
}

/// The same of an account that is kept. What was taken once and is not any longer is given as it is: the account can be
/// looked at and put right.
pub fn kept_url(server: &str) -> String {
    url(server).unwrap_or_else(|_| server.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{kept_url, url};

    #[test]
    fn a_host_stands_for_an_address() {
        for (host, address) in [
            ("pbx.example.com", "wss://pbx.example.com:8089/ws"),
            ("pbx.example.com:443", "wss://pbx.example.com/ws"),
            ("pbx.example.com:7443", "wss://pbx.example.com:7443/ws"),
            ("192.0.2.5", "wss://192.0.2.5:8089/ws"),
            ("[2001:db8::1]", "wss://[2001:db8::1]:8089/ws"),
            ("[2001:db8::1]:7443", "wss://[2001:db8::1]:7443/ws"),
        ] {
            assert_eq!(url(host).unwrap(), address, "{host}");
        }
        assert_eq!(url("wss://pbx.example.com/sip").unwrap(), "wss://pbx.example.com/sip");
        for loopback in ["ws://127.0.0.1:8088/ws", "ws://localhost:8088/ws", "ws://[::1]:8088/ws"] {
            assert_eq!(url(loopback).unwrap(), loopback);
        }
        for bad in [
            "",
            "ws://pbx.example.com/ws",
            "ws://127.0.0.1.nip.io/ws",
            "https://x",
            "wss://a:b@x/",
            "a b",
            "wss://",
            "pbx.example.com/ws",
            "pbx.example.com?x",
            "user@pbx.example.com",
            "pbx.example.com#a",
            "wss://pbx.example.com/ws#a",
            "wss://:b@x/",
            "pbx.example.com:",
            "pbx.example.com:0",
            "pbx.example.com:65536",
            "pbx.example.com:8089:8089",
            "2001:db8::1",
            "[2001:db8::1",
            ":8089",
        ] {
            assert!(url(bad).is_err(), "{bad}");
            assert_eq!(kept_url(bad), bad);
        }
    }
}
