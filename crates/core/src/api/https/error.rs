//! Why calls over HTTPS cannot even begin.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why there is no way to a panel over HTTPS. No variant holds a secret.
#[derive(Debug, Error)]
pub enum HttpsError {
    /// The system knows no certificate authority, as is usual in a bare container.
    #[error("this system has no trusted certificates; install ca-certificates, or use --cacert or --pin")]
    NoSystemRoots,
    /// The file with the trusted certificates cannot be read.
    #[error("the certificates in {} cannot be read: {source}", .path.display())]
    UnreadableRoots {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file with the trusted certificates holds none, or a broken one.
    #[error("{} holds no usable certificate; it must be PEM, with BEGIN CERTIFICATE lines", .path.display())]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
    /// The user cannot stand in a header.
    #[error("the user is not the name of a cPanel or WHM user: letters, digits, no blanks, no colon")]
    BadUser,
    /// The token cannot stand in a header.
    #[error("the token is empty or holds blanks or other characters that no token has; was it copied whole?")]
    BadToken,
    /// The host cannot stand in a URL.
    #[error("the host cannot stand in a URL; give its name or its IP address")]
    BadHost,
    /// The TLS library refused its settings.
    #[error("HTTPS cannot be set up: {detail}")]
    Setup {
        /// What the library said.
        detail: String,
    },
}

impl HttpsError {
    /// The library refused its settings.
    pub(super) fn setup(error: &(dyn std::error::Error + 'static)) -> Self {
        Self::Setup { detail: error.to_string() }
    }
}
