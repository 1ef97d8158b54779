//! What our own servers show of themselves: a certificate for loopback, that a client may be told to trust.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;

/// A certificate of its own.
pub(crate) struct Identity {
    /// The certificate, as `--cacert` takes it.
    pub(crate) pem: String,
    /// Its key.
    pub(crate) key_pem: String,
    /// The server's side of TLS with it.
    pub(crate) config: Arc<ServerConfig>,
}

impl Identity {
    /// A new one, self-signed.
    pub(crate) fn new() -> Self {
        Self::of(&CertificateParams::new(["localhost", "127.0.0.1"].map(str::to_owned)).unwrap())
    }

    /// A new one, self-signed, with these parameters.
    pub(crate) fn of(params: &CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let chain = vec![certificate.der().clone()];
        let config = builder.with_single_cert(chain, PrivatePkcs8KeyDer::from(key.serialize_der()).into()).unwrap();
        Self { pem: certificate.pem(), key_pem: key.serialize_pem(), config: Arc::new(config) }
    }
}
