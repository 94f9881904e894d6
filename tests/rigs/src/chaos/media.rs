//! Leads a call's audio through a relay for UDP.
//!
//! The two ends of a call find each other by the candidates in their session descriptions (RFC 8839). So those
//! are what has to be changed on the way: each end is told one candidate, a port of the relay. The checks of ICE
//! go by user names and passwords and not by addresses, so they pass. It needs neither root nor name spaces.

use std::collections::HashMap;
use std::net::SocketAddr;

use super::{Network, UdpRelay};
use crate::error::Result;
use crate::relay::{Fate, From};

/// Relays the audio of all calls whose messages it sees. It ends with the value.
pub struct MediaRelay {
    network: Network,
    /// By Call-ID.
    calls: HashMap<String, UdpRelay>,
}

impl MediaRelay {
    /// Relays through `network`. The first end is the browser, the second the server.
    pub fn new(network: &Network) -> MediaRelay {
        MediaRelay { network: network.clone(), calls: HashMap::new() }
    }

    /// What [`Relay::tamper`](crate::relay::Relay::tamper) wants.
    pub fn rule(mut self) -> impl FnMut(From, &str) -> Fate + Send + 'static {
        move |from, message| match self.led_astray(from, message) {
            Ok(Some(changed)) => Fate::Replace(changed),
            Ok(None) => Fate::Pass,
            Err(_) => Fate::Lose,
        }
    }

    fn led_astray(&mut self, from: From, message: &str) -> Result<Option<String>> {
        let Some((head, body)) = message.split_once("\r\n\r\n") else { return Ok(None) };
        if !body.contains("a=candidate:") {
            return Ok(None);
        }
        let call = field(head, "Call-ID").unwrap_or_default().to_owned();
        let relay = match self.calls.entry(call) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(UdpRelay::start(&self.network)?)
            }
        };
        // The browser's word goes to the server, who is to send to the second port.
        let port = match from {
            From::Browser => relay.second(),
            From::Server => relay.first(),
        };
        let body = with_candidate(body, port);
        Ok(Some(format!("{}\r\n\r\n{body}", with_length(head, body.len()))))
    }
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.split("\r\n").find_map(|line| {
        let (label, value) = line.split_once(':')?;
        label.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn with_length(head: &str, length: usize) -> String {
    let lines = head.split("\r\n").map(|line| match line.split_once(':') {
        Some((label, _)) if label.trim().eq_ignore_ascii_case("Content-Length") => {
            format!("Content-Length: {length}")
        }
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\r\n")
}

/// The description with one candidate in the place of all.
fn with_candidate(sdp: &str, address: SocketAddr) -> String {
    let (host, port) = (address.ip(), address.port());
    let mut out = String::new();
    let mut is_told = false;
    for line in sdp.split_inclusive("\r\n") {
        if line.starts_with("a=candidate:") {
            if !is_told {
                is_told = true;
                out.push_str(&format!("a=candidate:1 1 udp 2130706431 {host} {port} typ host\r\n"));
            }
        } else if line.starts_with("c=IN ") {
            out.push_str(&format!("c=IN IP4 {host}\r\n"));
        } else if let Some(rest) = line.strip_prefix("m=audio ")
            && let Some((_, rest)) = rest.split_once(' ')
        {
            out.push_str(&format!("m=audio {port} {rest}"));
        } else {
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "v=0\r\nm=audio 40001 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.0.2.1\r\n\
        a=candidate:1 1 udp 1 192.0.2.1 40001 typ host\r\na=candidate:2 1 tcp 1 192.0.2.1 9 typ host\r\na=mid:0\r\n";

    fn offer() -> String {
        let head = "INVITE sip:a SIP/2.0\r\nCall-ID: 7\r\nContent-Length: ";
        format!("{head}{}\r\n\r\n{BODY}", BODY.len())
    }

    #[tokio::test]
    async fn each_end_is_told_a_port_of_the_same_relay() {
        let mut rule = MediaRelay::new(&Network::new(1)).rule();
        let mut port = |from| match rule(from, &offer()) {
            Fate::Replace(text) => {
                let (head, body) = text.split_once("\r\n\r\n").unwrap();
                assert_eq!(field(head, "Content-Length"), Some(body.len().to_string().as_str()));
                assert_eq!(body.matches("a=candidate:").count(), 1);
                assert!(!body.contains("192.0.2.1"), "{body}");
                let line = body.lines().find(|line| line.starts_with("m=audio ")).unwrap();
                line.split(' ').nth(1).unwrap().parse::<u16>().unwrap()
            }
            other => panic!("{other:?}"),
        };
        let (to_server, to_browser) = (port(From::Browser), port(From::Server));
        assert_ne!(to_server, to_browser);
        assert_eq!(port(From::Browser), to_server);
    }

    #[tokio::test]
    async fn what_has_no_description_passes() {
        let mut rule = MediaRelay::new(&Network::new(1)).rule();
        assert_eq!(rule(From::Server, "SIP/2.0 180 Ringing\r\nCall-ID: 7\r\n\r\n"), Fate::Pass);
    }
}
