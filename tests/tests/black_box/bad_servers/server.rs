//! What the servers have in common: a port, and what reached them.

/// A server that listens until it is dropped.
pub(super) trait Server {
    /// Where it listens, on loopback.
    fn port(&self) -> u16;

    /// What it has got, as far as it could read it: what TLS gave out, or the bytes on the wire where there was none.
    fn got(&self) -> String;
}
