//! Where a request comes from, also through a proxy.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::{extract::ConnectInfo, http::Extensions, http::HeaderMap};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of a proxy whose word is taken on whom it speaks for, or a network of such (`10.0.0.0/8`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proxy {
    address: IpAddr,
    /// So many of the upper bits count.
    bits: u32,
}

impl FromStr for Proxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("{text} is no address, such as 127.0.0.1, and no network, such as 10.0.0.0/8.")
        };
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| wrong())?;
        if bits > most {
            return Err(wrong());
        }
        Ok(Self { address, bits })
    }
}

impl Proxy {
    fn is(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                (own.to_bits() ^ other.to_bits()).checked_shr(32 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                (own.to_bits() ^ other.to_bits()).checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// The address of who makes a request: who is connected or, if that is one of `proxies`, who it says it speaks for. None
/// if nobody is connected, as in tests.
pub fn address(extensions: &Extensions, headers: &HeaderMap, proxies: &[Proxy]) -> Option<IpAddr> {
    let connected = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    Some(behind(connected, headers, proxies))
}

/// Each proxy has written whom it spoke for at the end of the header; what is before the first whom we do not know, anybody
/// may have written.
fn behind(connected: IpAddr, headers: &HeaderMap, proxies: &[Proxy]) -> IpAddr {
    let lines = headers.get_all(FORWARDED_FOR).iter().map(|line| line.to_str().unwrap_or_default());
    let named: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let mut address = connected;
    for name in named.iter().rev() {
        if !proxies.iter().any(|proxy| proxy.is(address)) {
            break;
        }
        let Some(next) = parse(name) else { break };
        address = next;
    }
    address
}

/// Some proxies write the port as well.
fn parse(name: &str) -> Option<IpAddr> {
    let with_port = || name.parse::<SocketAddr>().map(|address| address.ip());
    name.parse().or_else(|_| with_port()).ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn proxies(texts: &[&str]) -> Vec<Proxy> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn client(connected: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        behind(connected.parse().unwrap(), &headers, &proxies(trusted)).to_string()
    }

    #[test]
    fn only_a_proxy_we_know_is_believed() {
        let line = ["192.0.2.7"];
        assert_eq!(client("127.0.0.1", &line, &[]), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &line, &["127.0.0.1"]), "192.0.2.7");
        assert_eq!(client("203.0.113.5", &line, &["127.0.0.1"]), "203.0.113.5");
        assert_eq!(client("10.1.2.3", &line, &["10.0.0.0/8"]), "192.0.2.7");
        assert_eq!(client("11.1.2.3", &line, &["10.0.0.0/8"]), "11.1.2.3");
        assert_eq!(client("11.1.2.3", &line, &["0.0.0.0/0"]), "192.0.2.7");
        assert_eq!(client("::1", &["2001:db8::1"], &["::1"]), "2001:db8::1");
        assert_eq!(client("127.0.0.1", &["[2001:db8::1]:443"], &["127.0.0.1"]), "2001:db8::1");
    }

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        let trusted = ["127.0.0.1", "10.0.0.0/8"];
        assert_eq!(client("127.0.0.1", &["198.51.100.9, 192.0.2.7"], &trusted), "192.0.2.7");
        assert_eq!(
            client("127.0.0.1", &["198.51.100.9", "192.0.2.7, 10.0.0.2"], &trusted),
            "192.0.2.7"
        );
        assert_eq!(client("127.0.0.1", &["unknown"], &trusted), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &[], &trusted), "127.0.0.1");
    }

    #[test]
    fn what_is_no_proxy_is_refused() {
        for wrong in ["", "proxy", "10.0.0.0/33", "10.0.0.0/", "::1/129", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Proxy>().is_err(), "{wrong}");
        }
    }
}
