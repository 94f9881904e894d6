//! An account whose parts were checked, in the form in which messages use them.

use crate::address::{escape_user, is_host, is_loopback, split_port};
use crate::message::Uri;
use crate::{Account, AccountError};

/// A checked account.
pub(crate) struct Settings {
    /// The user part of the identity, escaped for a URI.
    pub(crate) user: String,
    /// The host of the identity, with its port if it names one.
    pub(crate) domain: String,
    /// Where REGISTER goes: the domain as a URI.
    pub(crate) registrar: Uri,
    /// The servers; at least one.
    pub(crate) servers: Vec<ServerUrl>,
    /// The user name of the digest.
    pub(crate) username: String,
    /// The password of the digest.
    pub(crate) password: String,
    /// The name that callees see.
    pub(crate) display_name: Option<String>,
    /// The `User-Agent` header.
    pub(crate) user_agent: String,
}

/// A checked server.
pub(crate) struct ServerUrl {
    /// The WebSocket's URL.
    pub(crate) url: String,
    /// Whether that is a `wss:` URL.
    pub(crate) is_secure: bool,
    pub(crate) priority: u16,
    pub(crate) weight: u16,
}

impl Settings {
    pub(crate) fn new(account: Account) -> Result<Settings, AccountError> {
        let (user, domain) = identity(&account.identity)?;
        let mut servers = Vec::new();
        for written in &account.servers {
            let (url, is_secure) = server(&written.url)?;
            let (priority, weight) = (written.priority, written.weight);
            servers.push(ServerUrl { url, is_secure, priority, weight });
        }
        if servers.is_empty() {
            return refuse("The server is missing: it must be a host name, or a wss:// URL.");
        }
        let username = match account.username.trim() {
            "" => user.to_owned(),
            name if name.contains(char::is_control) => {
                return refuse("The user name holds a line break or another control character.");
            }
            name => name.to_owned(),
        };
        let Ok(registrar) = Uri::parse(&["sip:", &domain].concat()) else {
            return refuse("The identity must look like 1001@pbx.example.com.");
        };
        Ok(Settings {
            registrar,
            user: escape_user(user),
            domain,
            servers,
            username,
            password: account.password,
            display_name: account.display_name.map(one_line).filter(|name| !name.is_empty()),
            user_agent: one_line(account.user_agent),
        })
    }

    /// The address of record as a URI.
    pub(crate) fn aor(&self) -> String {
        ["sip:", &self.user, "@", &self.domain].concat()
    }

    /// The domain without a port: one of the names a digest's realm may have.
    pub(crate) fn host(&self) -> &str {
        split_port(&self.domain).0
    }
}

fn identity(written: &str) -> Result<(&str, String), AccountError> {
    let written = written.trim();
    let bare = match written.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("sip:") => written.get(4..).unwrap_or(""),
        _ => written,
    };
    match bare.rsplit_once('@') {
        Some((user, domain)) if !user.is_empty() && is_host_port(domain) => {
            if user.contains(|c: char| c.is_control() || c.is_whitespace() || c == '@') {
                return refuse(
                    "The identity's user part holds a blank or a character that cannot be there.",
                );
            }
            Ok((user, domain.to_ascii_lowercase()))
        }
        _ => refuse("The identity must look like 1001@pbx.example.com."),
    }
}

fn server(written: &str) -> Result<(String, bool), AccountError> {
    let written = written.trim();
    let url = written.split_once(':').and_then(|(scheme, rest)| {
        let rest = rest.strip_prefix("//")?;
        Some((scheme, rest))
    });
    let Some((scheme, rest)) = url else {
        return match split_port(written) {
            (host, None) if is_host(host) => Ok((["wss://", host, ":8089/ws"].concat(), true)),
            (_, Some(_)) if is_host_port(written) => {
                Ok((["wss://", written, "/ws"].concat(), true))
            }
            _ => refuse("The server must be a host name, or a URL that begins with wss://."),
        };
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority.contains('@') {
        return refuse("The server's URL must not hold a user name or a password.");
    }
    if !is_host_port(authority) {
        return refuse("The server's URL names no valid host.");
    }
    if path.contains(|c: char| c == '#' || c.is_whitespace() || c.is_control()) {
        return refuse("The server's URL must not hold blanks or a part that begins with #.");
    }
    match scheme.to_ascii_lowercase().as_str() {
        "wss" => Ok((["wss://", rest].concat(), true)),
        "ws" if is_loopback(split_port(authority).0) => Ok((["ws://", rest].concat(), false)),
        "ws" => refuse(
            "The server's URL must begin with wss://: ws:// would send the call in the clear, \
             and is accepted for this computer's own addresses alone.",
        ),
        _ => refuse("The server's URL must begin with wss://."),
    }
}

fn is_host_port(written: &str) -> bool {
    match split_port(written) {
        (host, None) => is_host(host),
        (host, Some(port)) => is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0),
    }
}

/// Header values are lines: what would end one becomes a blank.
fn one_line(text: String) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

fn refuse<T>(sentence: &str) -> Result<T, AccountError> {
    Err(AccountError(sentence.to_owned()))
}
