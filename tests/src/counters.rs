//! What the panel has counted.

use serde_json::Value;

/// The panel's counters at one moment.
#[derive(Debug)]
pub struct Counters(pub(crate) Value);

impl Counters {
    /// Requests that were read to their end.
    pub fn requests(&self) -> u64 {
        self.count("requests")
    }

    /// Requests that were denied for their credential.
    pub fn failed_authentications(&self) -> u64 {
        self.count("failed_authentications")
    }

    /// TLS handshakes that came to nothing.
    pub fn handshakes_failed(&self) -> u64 {
        self.count("handshakes_failed")
    }

    /// TLS handshakes that went on with an earlier one's.
    pub fn handshakes_resumed(&self) -> u64 {
        self.count("handshakes_resumed")
    }

    /// Connections opened.
    pub fn connections_opened(&self) -> u64 {
        self.count("connections_opened")
    }

    /// The most connections open at once.
    pub fn connections_most(&self) -> u64 {
        self.count("connections_most")
    }

    /// The most requests under way at once.
    pub fn in_flight_most(&self) -> u64 {
        self.count("in_flight_most")
    }

    /// Local programs that were started.
    pub fn local_calls(&self) -> u64 {
        self.count("local_calls")
    }

    /// Local programs that run now.
    pub fn local_calls_now(&self) -> u64 {
        self.count("local_calls_now")
    }

    /// The most local programs that ran at once.
    pub fn local_calls_most(&self) -> u64 {
        self.count("local_calls_most")
    }

    /// Requests and local calls for a function, as in `Email::passwd_pop`.
    pub fn calls(&self, function: &str) -> u64 {
        self.0["functions"][function].as_u64().unwrap_or(0)
    }

    fn count(&self, name: &str) -> u64 {
        self.0[name].as_u64().unwrap_or_else(|| panic!("the panel counts no {name}"))
    }
}
