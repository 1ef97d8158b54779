//! A name's addresses, given by hand: curl's `--resolve HOST:PORT:ADDR[,ADDR]`.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use thiserror::Error;

use super::host::{Host, HostError};

/// Where a host is, instead of asking the system: as in curl's `--resolve HOST:PORT:ADDR`. It holds for that host at
/// that port.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resolve {
    /// The host that is looked up.
    pub host: Host,
    /// The port for which it holds.
    pub port: u16,
    /// Its addresses, at least one, in the order in which they are tried.
    pub addresses: Vec<IpAddr>,
}

/// Why a text is not `HOST:PORT:ADDR`.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum ResolveError {
    /// Not three parts.
    #[error("it is not HOST:PORT:ADDR, for example panel.example.com:2083:192.0.2.7")]
    Shape,
    /// The first part is no host.
    #[error("in HOST:PORT:ADDR, {0}")]
    Host(#[from] HostError),
    /// The second part is no port.
    #[error("in HOST:PORT:ADDR, the port is not a number from 1 to 65535")]
    Port,
    /// The third part is no address.
    #[error("in HOST:PORT:ADDR, the address is not an IP address")]
    Address,
}

impl FromStr for Resolve {
    type Err = ResolveError;

    fn from_str(text: &str) -> Result<Self, ResolveError> {
        let (host, rest) = split_host(text).ok_or(ResolveError::Shape)?;
        let (port, addresses) = rest.split_once(':').ok_or(ResolveError::Shape)?;
        let host = host.parse()?;
        let port = port.parse().ok().filter(|port| *port > 0).ok_or(ResolveError::Port)?;
        let addresses = addresses.split(',').map(address).collect::<Option<_>>().ok_or(ResolveError::Address)?;
        Ok(Self { host, port, addresses })
    }
}

fn split_host(text: &str) -> Option<(&str, &str)> {
    if text.starts_with('[') {
        let end = text.find("]:")?;
        Some((&text[..=end], &text[end + 2..]))
    } else {
        text.split_once(':')
    }
}

fn address(text: &str) -> Option<IpAddr> {
    match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => inside.parse::<Ipv6Addr>().ok().map(IpAddr::from),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curls_notation_is_read() {
        for (text, host, port, addresses) in [
            ("panel.example.com:2083:192.0.2.7", "panel.example.com", 2083, &["192.0.2.7"][..]),
            ("Panel.example.com.:443:::1", "panel.example.com", 443, &["::1"]),
            ("panel.example.com:2083:[2001:db8::1]", "panel.example.com", 2083, &["2001:db8::1"]),
            ("panel.example.com:2083:192.0.2.7,[::1]", "panel.example.com", 2083, &["192.0.2.7", "::1"]),
            ("[2001:db8::5]:2083:127.0.0.1", "[2001:db8::5]", 2083, &["127.0.0.1"]),
        ] {
            let resolve = text.parse::<Resolve>();
            let read = resolve.map(|read| {
                (read.host.to_string(), read.port, read.addresses.iter().map(ToString::to_string).collect::<Vec<_>>())
            });
            assert_eq!(read, Ok((host.to_owned(), port, addresses.iter().map(|&text| text.to_owned()).collect())));
        }
    }

    #[test]
    fn what_is_not_is_refused() {
        for (text, error) in [
            ("", ResolveError::Shape),
            ("panel.example.com", ResolveError::Shape),
            ("panel.example.com:2083", ResolveError::Shape),
            (":2083:192.0.2.7", ResolveError::Host(HostError::Missing)),
            ("panel.example.com:0:192.0.2.7", ResolveError::Port),
            ("panel.example.com:https:192.0.2.7", ResolveError::Port),
            ("panel.example.com:2083:", ResolveError::Address),
            ("panel.example.com:2083:other.example.com", ResolveError::Address),
            ("panel.example.com:2083:192.0.2.7,", ResolveError::Address),
        ] {
            assert_eq!(text.parse::<Resolve>(), Err(error), "{text}");
        }
    }
}
