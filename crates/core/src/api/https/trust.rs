//! Which certificates are accepted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use rustls::{ClientConfig, RootCertStore};

use super::error::HttpsError;
use super::pin::Pin;
use super::verifier::{Explaining, Pinned, Unchecked};

/// Which certificates are accepted.
#[derive(Clone, Debug)]
pub enum Trust {
    /// Those that an authority which this system trusts gave out, for the panel's name and for today.
    System,
    /// Those that an authority in this PEM file gave out, and no other; otherwise as [`Trust::System`].
    CaFile(PathBuf),
    /// Whichever has one of these keys. Nothing else is asked of it, neither authority nor name nor date, because
    /// panels make their own certificates without any of these; that the other side holds the key is proved by its
    /// signature in every handshake.
    Pin(Pin),
    /// Every certificate: whoever stands in between reads everything.
    Insecure,
}

impl Trust {
    /// The TLS settings; `port` goes into the advice that a refused certificate comes with.
    pub(crate) fn client_config(&self, port: u16) -> Result<ClientConfig, HttpsError> {
        let provider = Arc::new(ring::default_provider());
        let verifier = self.verifier(port, &provider)?;
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| HttpsError::setup(&error))?;
        Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
    }

    fn verifier(&self, port: u16, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, HttpsError> {
        let algorithms = provider.signature_verification_algorithms;
        Ok(match self {
            Self::System => Arc::new(Explaining::new(system(provider)?, algorithms, port)),
            Self::CaFile(path) => Arc::new(Explaining::new(ca_file(path, provider)?, algorithms, port)),
            Self::Pin(pin) => Arc::new(Pinned::new(pin.clone(), algorithms, port)),
            Self::Insecure => Arc::new(Unchecked::new(algorithms)),
        })
    }
}

fn system(provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, HttpsError> {
    match rustls_platform_verifier::Verifier::new(Arc::clone(provider)) {
        Ok(verifier) => Ok(Arc::new(verifier)),
        // The verifier has no other name for an empty root store.
        Err(rustls::Error::General(_)) => Err(HttpsError::NoSystemRoots),
        Err(error) => Err(HttpsError::setup(&error)),
    }
}

fn ca_file(path: &Path, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, HttpsError> {
    let roots = Arc::new(read_roots(path)?);
    let verifier = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(provider)).build();
    Ok(verifier.map_err(|error| HttpsError::setup(&error))?)
}

fn read_roots(path: &Path) -> Result<RootCertStore, HttpsError> {
    let no_certificate = || HttpsError::NoCertificate { path: path.to_owned() };
    let unreadable = |error| match error {
        pem::Error::Io(source) => HttpsError::UnreadableRoots { path: path.to_owned(), source },
        _ => no_certificate(),
    };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(unreadable)? {
        roots.add(certificate.map_err(unreadable)?).map_err(|_| no_certificate())?;
    }
    if roots.is_empty() { Err(no_certificate()) } else { Ok(roots) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn roots_of(content: &[u8]) -> Result<RootCertStore, HttpsError> {
        let mut file = tempfile::NamedTempFile::new().map_err(|error| HttpsError::setup(&error))?;
        file.write_all(content).map_err(|error| HttpsError::setup(&error))?;
        read_roots(file.path())
    }

    #[test]
    fn a_file_without_a_certificate_is_named() {
        for content in [
            &b""[..],
            b"no PEM at all",
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            b"-----BEGIN CERTIFICATE-----\nAAAA\n",
            b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        ] {
            assert!(matches!(roots_of(content), Err(HttpsError::NoCertificate { .. })));
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read_roots(Path::new("/nonexistent/ca.pem")).err();
        assert!(matches!(error, Some(HttpsError::UnreadableRoots { path, .. }) if path.ends_with("ca.pem")));
    }
}
