//! Who asks: the address of the client, through the proxies this installation trusts.

use crate::platform::config::Config;
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, request::Parts},
};
use ipnet::IpNet;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

/// Networks whose hosts may say for whom they forward a request; by default this machine only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl Default for TrustedProxies {
    fn default() -> Self {
        let ipv4 = IpNet::new_assert(Ipv4Addr::new(127, 0, 0, 0).into(), 8);
        Self(vec![ipv4, IpAddr::from(Ipv6Addr::LOCALHOST).into()])
    }
}

impl FromStr for TrustedProxies {
    type Err = String;

    /// Reads addresses and networks, e.g. `127.0.0.1, 10.1.0.0/16`; an empty text is the default.
    fn from_str(text: &str) -> Result<Self, String> {
        let networks = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                part.parse::<IpNet>()
                    .or_else(|_| part.parse::<IpAddr>().map(IpNet::from))
                    .map_err(|_| format!("`{part}` is neither an address nor a network"))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(if networks.is_empty() {
            Self::default()
        } else {
            Self(networks)
        })
    }
}

impl TrustedProxies {
    /// Whether `address` is one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The client's address: the peer of the connection or, if that is a trusted proxy, the right-most
/// hop of `X-Forwarded-For` that is none. What stands further left is the client's own claim.
///
/// `None` without a connection, as in tests.
pub fn client_ip(config: &Config, parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
    let trusted = &config.trusted_proxies;
    let mut client = peer.to_canonical();
    let mut hops = forwarded_hops(&parts.headers).into_iter().rev();
    while trusted.contains(client) {
        // nobody was named, or something unreadable: the last proxy known is all there is to count
        let Some(Some(hop)) = hops.next() else { break };
        client = hop;
    }
    Some(client)
}

/// The networks that bounds count the client into ([`networks`]). None for a trusted proxy or this machine, behind which anybody
/// may be.
pub fn counted_networks(config: &Config, parts: &Parts) -> Vec<String> {
    client_ip(config, parts)
        .filter(|client| !config.trusted_proxies.contains(*client))
        .map(networks)
        .unwrap_or_default()
}

/// The widest of the [`counted_networks`]: a customer with a whole /48 is one.
pub fn widest_network(config: &Config, parts: &Parts) -> Option<String> {
    counted_networks(config, parts).into_iter().next_back()
}

/// A household's network: the whole of an IPv4 address, the first 64 bits of an IPv6 one.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("{:x}", v6.to_bits() >> 64),
    }
}

/// The network of a household and, of an IPv6 address, the /48 around it, which one customer may have all of.
pub fn networks(address: IpAddr) -> Vec<String> {
    let mut networks = vec![network(address)];
    if let IpAddr::V6(v6) = address.to_canonical() {
        networks.push(format!("{:x}/48", v6.to_bits() >> 80));
    }
    networks
}

/// Hops named by `X-Forwarded-For`, from the client on; `None` for what is no address.
fn forwarded_hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(|hop| parse_hop(hop.trim()).map(|address| address.to_canonical()))
        .collect()
}

/// An address, which some proxies write with its port.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    hop.parse()
        .or_else(|_| hop.parse::<SocketAddr>().map(|address| address.ip()))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;
    use clap::Parser;
    use proptest::prelude::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    /// The address counted for a request from `peer`, on a site of TLS.
    fn seen(proxies: &str, peer: &str, forwarded: &[&str]) -> String {
        let url = ["x", "--public-url", "https://langnghe.example"];
        let proxies = ["--trusted-proxies", proxies];
        let config = Cli::parse_from(url.iter().chain(&proxies)).config;
        let mut request = Request::new(());
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        for value in forwarded {
            let headers = request.headers_mut();
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let client = client_ip(&config, &request.into_parts().0);
        client.map(|ip| ip.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_client_that_connects_directly_is_counted_by_its_own_address() {
        for forged in ["198.51.100.1", "127.0.0.1", "198.51.100.1, 127.0.0.1", "x"] {
            assert_eq!(seen("", "203.0.113.7:1234", &[forged]), "203.0.113.7");
        }
        assert_eq!(seen("", "[::ffff:203.0.113.7]:1", &[]), "203.0.113.7");
    }

    #[test]
    fn behind_a_proxy_on_this_machine_the_last_hop_is_the_client() {
        let local = |forwarded: &[&str]| seen("", "127.0.0.1:1234", forwarded);
        assert_eq!(local(&["198.51.100.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(local(&["198.51.100.1", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(local(&["203.0.113.9:5312"]), "203.0.113.9");
        assert_eq!(local(&["2001:db8::7"]), "2001:db8::7");
        assert_eq!(local(&["nonsense"]), "127.0.0.1");
        assert_eq!(local(&["198.51.100.1, nonsense"]), "127.0.0.1");
        assert_eq!(local(&[]), "127.0.0.1");
        assert_eq!(seen("", "[::1]:1", &["203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn the_client_is_the_last_hop_that_is_no_proxy_of_ours() {
        let chain = |forwarded: &[&str]| seen("10.0.0.0/8, 192.0.2.1", "10.0.0.5:1", forwarded);
        assert_eq!(
            chain(&["198.51.100.1, 203.0.113.9, 192.0.2.1, 10.2.3.4"]),
            "203.0.113.9"
        );
        assert_eq!(chain(&["10.9.9.9"]), "10.9.9.9");
        assert_eq!(
            seen("10.0.0.0/8", "127.0.0.1:1", &["203.0.113.9"]),
            "127.0.0.1",
            "what is set replaces the default"
        );
    }

    #[test]
    fn an_ipv6_customer_is_counted_whole_as_well() {
        let of = |address: &str| networks(address.parse().unwrap());
        let [one, other, stranger] =
            ["2001:db8:1:2::3", "2001:db8:1:ff::1", "2001:db8:2::1"].map(of);
        assert_ne!(one[0], other[0]);
        assert_eq!(one[1], other[1]);
        assert!(!stranger.contains(&one[0]) && !stranger.contains(&one[1]));
        assert_eq!(of("::ffff:203.0.113.7"), ["203.0.113.7"]);
    }

    #[test]
    fn what_is_no_network_is_refused_at_start() {
        assert!("10.0.0.0/33".parse::<TrustedProxies>().is_err());
        assert!("proxy.example".parse::<TrustedProxies>().is_err());
        assert_eq!(" , ".parse(), Ok(TrustedProxies::default()));
    }

    proptest! {
        #[test]
        fn no_header_hides_a_client_that_connects_directly(forged in "[ -~]{0,60}") {
            prop_assert_eq!(seen("", "203.0.113.7:1", &[&forged]), "203.0.113.7");
        }
    }
}
