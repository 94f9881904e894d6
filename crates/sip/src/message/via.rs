//! The way back.

use std::fmt;

use super::host::host_and_port;
use super::scan::{Scanner, is_blank, push_number};
use super::{BadValue, Params};

/// One Via value (RFC 3261, section 20.42). `to_string` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// `WS`, `WSS`, `UDP`, ...
    pub transport: String,
    /// The host of sent-by; an IPv6 address keeps its brackets.
    pub host: String,
    /// The port of sent-by.
    pub port: Option<u16>,
    /// `branch` and the rest.
    pub params: Params,
}

impl Via {
    /// What a client over WebSocket puts on top (RFC 7118, section 5): `transport` is `WS` or `WSS`, `host` a
    /// random name under `.invalid`.
    pub fn new(transport: &str, host: &str, branch: &str) -> Via {
        let mut params = Params::default();
        params.set("branch", Some(branch));
        Via { transport: transport.to_owned(), host: host.to_owned(), port: None, params }
    }

    /// The branch as it came.
    pub fn branch(&self) -> Option<&str> {
        self.params.get("branch").filter(|branch| !branch.is_empty())
    }

    /// The branch if it names a transaction alone: it has the magic cookie and something behind it
    /// (RFC 3261, section 8.1.1.7; RFC 4475, section 3.2.1).
    pub fn unique_branch(&self) -> Option<&str> {
        let branch = self.branch()?;
        let cookie = branch.get(..7)?;
        (branch.len() > 7 && cookie.eq_ignore_ascii_case("z9hG4bK")).then_some(branch)
    }

    /// The address the request came from, as the next hop saw it (RFC 3261, section 18.2.1).
    pub fn received(&self) -> Option<&str> {
        self.params.get("received").filter(|address| !address.is_empty())
    }

    /// The port the request came from (RFC 3581): `Some(None)` asks for it, `Some(Some(_))` tells it.
    pub fn rport(&self) -> Option<Option<u16>> {
        Some(self.params.get("rport")?.parse().ok())
    }

    /// Host and port as they are written.
    pub fn sent_by(&self) -> String {
        let mut out = self.host.clone();
        if let Some(port) = self.port {
            out.push(':');
            push_number(&mut out, port.into());
        }
        out
    }

    pub(crate) fn read(scanner: &mut Scanner<'_>) -> Result<Via, BadValue> {
        scanner.skip_blanks();
        let protocol = scanner.token()?;
        let version = if scanner.eat(b'/') { scanner.token()? } else { "" };
        if !protocol.eq_ignore_ascii_case("SIP") || version != "2.0" {
            return Err(BadValue("the protocol is not SIP/2.0"));
        }
        if !scanner.eat(b'/') {
            return Err(BadValue("the transport is missing"));
        }
        let transport = scanner.token()?.to_owned();
        if !scanner.peek().is_some_and(is_blank) {
            return Err(BadValue("a space and the sent-by host are missing"));
        }
        scanner.skip_blanks();
        let (host, port) = host_and_port(scanner)?;
        Ok(Via { transport, host: host.to_owned(), port, params: Params::read(scanner)? })
    }
}

impl fmt::Display for Via {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::from("SIP/2.0/");
        out.push_str(&self.transport);
        out.push(' ');
        out.push_str(&self.sent_by());
        self.params.print(&mut out);
        formatter.write_str(&out)
    }
}
