//! The panel's host: a name or an address.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use thiserror::Error;

/// A host, as it is looked up and as its certificate must name it: a name in lower case, as A-labels and without a dot
/// at its end, or an IP address. `Display` writes an IPv6 address in brackets.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Host {
    /// A name.
    Name(String),
    /// An address.
    Address(IpAddr),
}

/// Why a text is no host. It is not repeated: it may be a URL that holds a secret.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum HostError {
    /// There is nothing.
    #[error("the host is missing")]
    Missing,
    /// An IPv6 address with a zone.
    #[error("an IPv6 address with a zone (%…) cannot be used; use the host's name")]
    Zone,
    /// Not a host name and not an address.
    #[error("it is neither a host name nor an IP address")]
    NotAHost,
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if let Some(inside) = bare {
            return address_v6(inside);
        }
        match text.parse() {
            Ok(address) => Ok(Self::Address(address)),
            Err(_) if text.contains('%') => Err(HostError::Zone),
            Err(_) => name(text).map(Self::Name),
        }
    }
}

fn address_v6(text: &str) -> Result<Host, HostError> {
    if text.contains('%') {
        return Err(HostError::Zone);
    }
    text.parse::<Ipv6Addr>().map(|address| Host::Address(address.into())).map_err(|_| HostError::NotAHost)
}

fn name(text: &str) -> Result<String, HostError> {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.is_empty() {
        return Err(HostError::Missing);
    }
    let name = idna::domain_to_ascii(text).map_err(|_| HostError::NotAHost)?;
    if name.len() <= 253 && name.split('.').all(is_label) && !ends_in_number(&name) {
        Ok(name)
    } else {
        Err(HostError::NotAHost)
    }
}

fn is_label(label: &str) -> bool {
    let fits = (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
    fits && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// What ends in a number is an IPv4 address to URLs (WHATWG URL, "ends in a number checker"), and here it is a broken
/// one.
fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    last.bytes().all(|byte| byte.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Address(IpAddr::V4(address)) => write!(formatter, "{address}"),
            Self::Address(IpAddr::V6(address)) => write!(formatter, "[{address}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NET-36.
    #[test]
    fn hosts_are_normalised() {
        for (text, host) in [
            ("panel.example.com", "panel.example.com"),
            ("PANEL.Example.COM.", "panel.example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("my_host", "my_host"),
            ("localhost", "localhost"),
            ("192.0.2.7", "192.0.2.7"),
            ("[2001:DB8::1]", "[2001:db8::1]"),
            ("2001:db8::1", "[2001:db8::1]"),
        ] {
            assert_eq!(text.parse::<Host>().map(|host| host.to_string()), Ok(host.to_owned()), "{text}");
        }
    }

    /// NET-36.
    #[test]
    fn what_is_no_host_is_refused() {
        for (text, error) in [
            ("", HostError::Missing),
            (".", HostError::Missing),
            ("[fe80::1%eth0]", HostError::Zone),
            ("fe80::1%eth0", HostError::Zone),
            ("[192.0.2.7]", HostError::NotAHost),
            ("192.0.2", HostError::NotAHost),
            ("host.0x7f", HostError::NotAHost),
            ("192.0.2.256", HostError::NotAHost),
            ("a b", HostError::NotAHost),
            ("a..b", HostError::NotAHost),
            ("-a.example", HostError::NotAHost),
            ("a/b", HostError::NotAHost),
            ("*", HostError::NotAHost),
            ("2001:db8::zz", HostError::NotAHost),
        ] {
            assert_eq!(text.parse::<Host>(), Err(error), "{text}");
        }
    }
}
