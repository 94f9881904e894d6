//! What the host page says about the agent's line.

use super::Dialling;

/// An extension on a PBX. Lives in memory only; `Debug` is left out so that the password reaches no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The address of record, `1001@pbx.example.com`.
    pub identity: String,
    /// The user name to register with; the user part of `identity` if it is left out.
    pub username: Option<String>,
    /// The password to register with.
    pub password: String,
    /// Each a host name, which means `wss://host:8089/ws`, or a whole `wss:` URL (`ws:` for loopback alone). One is
    /// tried when those before it cannot be reached.
    pub servers: Vec<String>,
    /// The name that callees see.
    pub display_name: Option<String>,
    /// The country (ISO 3166-1, two letters) of numbers that are written without one.
    pub default_country: Option<String>,
    /// How external numbers are dialled.
    pub dialling: Dialling,
    /// Tones go by SIP INFO instead of RFC 4733.
    pub info_digits: bool,
    /// The keys that pass calls on, for a PBX without REFER.
    pub transfer_codes: Option<TransferCodes>,
    /// `stun:` URLs, for phones outside of the PBX's network.
    pub stun_servers: Vec<String>,
}

/// Feature codes: keys that the PBX takes as orders during a call. `{number}` stands for the number that is
/// called, `,` for a pause of two seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferCodes {
    /// Passes the call on at once: `*11{number}#`.
    pub blind: String,
    /// Holds the other side and calls a colleague: `*22{number}#`. The agent's hanging up connects the two.
    pub attended: String,
    /// Ends the call to the colleague and returns to the other side: `*0`.
    pub back: String,
}

impl TransferCodes {
    /// The keys that pass the call on to this number.
    pub fn blind(&self, number: &str) -> String {
        fill(&self.blind, number)
    }

    /// The keys that call a colleague at this number.
    pub fn attended(&self, number: &str) -> String {
        fill(&self.attended, number)
    }
}

/// A `+` is no key.
fn fill(code: &str, number: &str) -> String {
    let number = number.trim_start_matches('+');
    let parts: Vec<&str> = code.split(['{', '}']).collect();
    parts.iter().map(|part| if *part == "number" { number } else { part }).collect()
}

impl Account {
    /// The extension: the user part of the identity.
    pub fn extension(&self) -> &str {
        let identity = self.identity.strip_prefix("sip:").unwrap_or(&self.identity);
        identity.split_once('@').map_or(identity, |(user, _)| user)
    }

    /// The host names of the servers, as a sentence names them.
    pub fn server_hosts(&self) -> String {
        let mut hosts: Vec<&str> = self.servers.iter().map(|server| host(server)).collect();
        hosts.dedup();
        hosts.join(" or ")
    }
}

fn host(server: &str) -> &str {
    let server = server.trim();
    let server = match server.split_once(':') {
        Some((_, rest)) => rest.strip_prefix("//").unwrap_or(server),
        None => server,
    };
    let host = server.split(['/', '?']).next().unwrap_or(server);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(identity: &str, servers: &[&str]) -> Account {
        Account {
            identity: identity.into(),
            username: None,
            password: String::new(),
            servers: servers.iter().map(|server| (*server).to_owned()).collect(),
            display_name: None,
            default_country: None,
            dialling: Dialling::default(),
            info_digits: false,
            transfer_codes: None,
            stun_servers: Vec::new(),
        }
    }

    #[test]
    fn an_account_is_called_by_its_extension() {
        assert_eq!(account("1001@pbx.example.com", &[]).extension(), "1001");
        assert_eq!(account("sip:1001@pbx.example.com", &[]).extension(), "1001");
        assert_eq!(account("1001", &[]).extension(), "1001");
    }

    #[test]
    fn a_feature_code_takes_the_number_as_keys() {
        let codes = TransferCodes {
            blind: "*11{number}#".into(),
            attended: "*22,{number}#".into(),
            back: "*0".into(),
        };
        assert_eq!(codes.blind("1002"), "*111002#");
        assert_eq!(codes.attended("+442079460958"), "*22,442079460958#");
    }

    #[test]
    fn a_server_is_called_by_its_host_name() {
        for (server, host) in [
            ("pbx.example.com", "pbx.example.com"),
            ("pbx.example.com:7443", "pbx.example.com"),
            ("wss://pbx.example.com:8089/ws", "pbx.example.com"),
            ("ws://127.0.0.1:8088/ws?x=1", "127.0.0.1"),
            ("wss://[2001:db8::1]:8089/ws", "[2001:db8::1]"),
            ("wss://[2001:db8::1]/ws", "[2001:db8::1]"),
        ] {
            assert_eq!(account("1001@x", &[server]).server_hosts(), host);
        }
    }

    #[test]
    fn several_servers_are_called_by_all_their_names() {
        let servers = ["wss://a.example.com/ws", "a.example.com:7443", "b.example.com"];
        assert_eq!(account("1001@x", &servers).server_hosts(), "a.example.com or b.example.com");
    }
}
