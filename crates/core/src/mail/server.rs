//! Where a mail server answers: `HOST[:PORT]`.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::api::https::{Host, HostError};

/// The port of IMAP within TLS (RFC 8314, section 3.2).
pub(super) const IMAPS: u16 = 993;

/// The port of IMAP that begins without encryption.
const PLAIN: u16 = 143;

/// Where a mail server answers over IMAPS.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MailServer {
    /// The host, which its certificate must name.
    pub host: Host,
    /// The port, 993 where none was given.
    pub port: u16,
}

/// Why a text is no mail server.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum MailServerError {
    /// The host is none.
    #[error("{0}; give HOST[:PORT]")]
    Host(#[from] HostError),
    /// What stands behind the colon is no port.
    #[error("the port is not a number from 1 to 65535")]
    Port,
    /// The port begins without encryption.
    #[error("port 143 begins without encryption, and passwords go over IMAPS only; its port is 993")]
    Plain,
}

impl MailServer {
    /// The host at the usual port.
    #[must_use]
    pub const fn at(host: Host) -> Self {
        Self { host, port: IMAPS }
    }
}

impl FromStr for MailServer {
    type Err = MailServerError;

    fn from_str(text: &str) -> Result<Self, MailServerError> {
        let (host, port) = match text.trim().rsplit_once(':') {
            Some((host, port)) if host.ends_with(']') || !host.contains(':') => (host, Some(port)),
            _ => (text.trim(), None),
        };
        let port = port.map_or(Ok(IMAPS), |port| port.parse().map_err(|_| MailServerError::Port))?;
        match port {
            0 => Err(MailServerError::Port),
            PLAIN => Err(MailServerError::Plain),
            _ => Ok(Self { host: host.parse()?, port }),
        }
    }
}

impl fmt::Display for MailServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_has_the_usual_port_unless_another_is_named() {
        for (text, shown) in [
            ("mail.example.com", "mail.example.com:993"),
            ("Mail.Example.com:9993", "mail.example.com:9993"),
            ("192.0.2.7", "192.0.2.7:993"),
            ("[::1]:10993", "[::1]:10993"),
            ("::1", "[::1]:993"),
            ("bücher.example", "xn--bcher-kva.example:993"),
        ] {
            assert_eq!(text.parse::<MailServer>().map(|server| server.to_string()), Ok(shown.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for (text, error) in [
            ("", MailServerError::Host(HostError::Missing)),
            ("imaps://mail.example.com", MailServerError::Port),
            ("mail.example.com:imaps", MailServerError::Port),
            ("mail.example.com:0", MailServerError::Port),
            ("mail.example.com:143", MailServerError::Plain),
            ("a b", MailServerError::Host(HostError::NotAHost)),
        ] {
            assert_eq!(text.parse::<MailServer>(), Err(error), "{text}");
        }
    }
}
