//! Where the panel answers: `HOST[:PORT]`, as people write and paste it.

use std::str::FromStr;

use thiserror::Error;

use super::host::{Host, HostError};

/// The ports of cPanel, WHM and Webmail that speak without encryption (cPanel API documentation, "Guide to API
/// Authentication").
const PLAIN_PORTS: [u16; 3] = [2082, 2086, 2095];

/// A panel's host, and its port where one was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Endpoint {
    /// The host.
    pub host: Host,
    /// The port; by default the one of the panel's face, 2083 or 2087.
    pub port: Option<u16>,
}

/// Why a text is not where a panel answers. It is not repeated: it may hold a secret.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum EndpointError {
    /// The host is none.
    #[error(transparent)]
    Host(#[from] HostError),
    /// What stands behind the colon is no port.
    #[error("the port is not a number from 1 to 65535")]
    Port,
    /// The port is one that speaks without encryption.
    #[error("port {port} is not encrypted, and tokens and passwords go over HTTPS only; use port {}", .port + 1)]
    PlainPort {
        /// The port; the encrypted one is its successor.
        port: u16,
    },
    /// A URL that is not `https://`.
    #[error("tokens and passwords go over HTTPS only; give HOST[:PORT] without a scheme")]
    NotHttps,
    /// A user name, perhaps with a secret, stands before the host.
    #[error("a user does not belong to the host; give HOST[:PORT], and the user and the token by their own options")]
    HoldsUser,
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    /// Reads `HOST`, `HOST:PORT`, `[IPV6]:PORT`, and the same within an `https://` URL, whose path is passed over.
    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let authority = authority(text.trim())?;
        let (host, port) = split(authority);
        let port = port.map(parse_port).transpose()?;
        Ok(Self { host: host.parse()?, port })
    }
}

fn authority(text: &str) -> Result<&str, EndpointError> {
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => rest,
        Some(_) => return Err(EndpointError::NotHttps),
        None => text,
    };
    if rest.contains('@') {
        return Err(EndpointError::HoldsUser);
    }
    Ok(rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Splits off the port: what stands behind the last colon, where that is not part of an IPv6 address.
fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if host.ends_with(']') || !host.contains(':') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn parse_port(text: &str) -> Result<u16, EndpointError> {
    match text.parse() {
        Ok(port) if PLAIN_PORTS.contains(&port) => Err(EndpointError::PlainPort { port }),
        Ok(port) if port > 0 && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(port),
        _ => Err(EndpointError::Port),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NET-36.
    #[test]
    fn endpoints_are_read_as_people_write_them() {
        for (text, host, port) in [
            ("panel.example.com", "panel.example.com", None),
            (" panel.example.com ", "panel.example.com", None),
            ("panel.example.com:2083", "panel.example.com", Some(2083)),
            ("Panel.Example.com.:2083", "panel.example.com", Some(2083)),
            ("https://panel.example.com", "panel.example.com", None),
            ("HTTPS://panel.example.com:2087/", "panel.example.com", Some(2087)),
            ("https://panel.example.com:2083/cpsess0/frontend?x#y", "panel.example.com", Some(2083)),
            ("192.0.2.7:443", "192.0.2.7", Some(443)),
            ("[::1]:2083", "[::1]", Some(2083)),
            ("[::1]", "[::1]", None),
            ("::1", "[::1]", None),
        ] {
            let read = text.parse::<Endpoint>().map(|endpoint| (endpoint.host.to_string(), endpoint.port));
            assert_eq!(read, Ok((host.to_owned(), port)), "{text}");
        }
    }

    /// SEC-19.
    #[test]
    fn what_is_not_safe_or_not_clear_is_refused() {
        for (text, error) in [
            ("", EndpointError::Host(HostError::Missing)),
            (":2083", EndpointError::Host(HostError::Missing)),
            ("https://", EndpointError::Host(HostError::Missing)),
            ("http://panel.example.com", EndpointError::NotHttps),
            ("http://panel.example.com:2083", EndpointError::NotHttps),
            ("ftp://panel.example.com", EndpointError::NotHttps),
            ("panel.example.com:2082", EndpointError::PlainPort { port: 2082 }),
            ("panel.example.com:2086", EndpointError::PlainPort { port: 2086 }),
            ("https://panel.example.com:2095", EndpointError::PlainPort { port: 2095 }),
            ("panel.example.com:", EndpointError::Port),
            ("panel.example.com:0", EndpointError::Port),
            ("panel.example.com:+83", EndpointError::Port),
            ("panel.example.com:65536", EndpointError::Port),
            ("panel.example.com:https", EndpointError::Port),
            ("shop@panel.example.com", EndpointError::HoldsUser),
            ("https://shop:s3cret@panel.example.com:2083", EndpointError::HoldsUser),
            ("a b:2083", EndpointError::Host(HostError::NotAHost)),
        ] {
            assert_eq!(text.parse::<Endpoint>(), Err(error), "{text}");
            assert!(!error.to_string().contains("s3cret"));
        }
    }
}
