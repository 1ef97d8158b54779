//! TLS 1.2 and 1.3 with session resumption.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring::{Ticketer, default_provider};
use rustls::version::{TLS12, TLS13};
use tokio_rustls::TlsAcceptor;

use super::identity::{Identity, TlsError};

/// What turns a socket into TLS.
///
/// # Errors
///
/// When the TLS library does not take the key or the certificate.
pub(crate) fn acceptor(identity: Identity) -> Result<TlsAcceptor, TlsError> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_no_client_auth()
        .with_single_cert(identity.chain, identity.key)?;
    config.ticketer = Ticketer::new()?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
