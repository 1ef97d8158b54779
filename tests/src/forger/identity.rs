//! What the forger shows of itself: a certificate for loopback, that a client may be told to trust.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;

/// A certificate of its own.
pub(super) struct Identity {
    /// The certificate, as `--cacert` takes it.
    pub(super) pem: String,
    /// The server's side of TLS with it.
    pub(super) config: Arc<ServerConfig>,
}

impl Identity {
    /// A new one, self-signed.
    pub(super) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let names = ["localhost", "127.0.0.1"].map(str::to_owned);
        let certificate = CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let chain = vec![certificate.der().clone()];
        let config = builder.with_single_cert(chain, PrivatePkcs8KeyDer::from(key.serialize_der()).into()).unwrap();
        Self { pem: certificate.pem(), config: Arc::new(config) }
    }
}
