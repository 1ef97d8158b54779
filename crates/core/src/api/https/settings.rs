//! What calls over HTTPS depend on.

use std::num::NonZeroUsize;
use std::time::Duration;

use super::credential::Credential;
use super::face::Face;
use super::host::Host;
use super::resolve::Resolve;
use super::trust::Trust;

/// What calls over HTTPS depend on. Proxies are never used, whatever the environment says.
#[derive(Clone, Debug)]
pub struct HttpsSettings {
    /// The panel.
    pub host: Host,
    /// Which of its doors is called at.
    pub face: Face,
    /// The port of that door, usually its [default](Face::default_port).
    pub port: u16,
    /// Who calls.
    pub credential: Credential,
    /// Which certificates are accepted.
    pub trust: Trust,
    /// Addresses that are not asked of the system; those of other hosts or ports are passed over, as with curl.
    pub resolve: Vec<Resolve>,
    /// How long a connection may take, TLS included.
    pub connect_timeout: Duration,
    /// How long a call may take as a whole, its connection included.
    pub timeout: Duration,
    /// How many connections there are at most; further calls wait.
    pub connections: NonZeroUsize,
}
