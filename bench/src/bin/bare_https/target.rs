//! Where the requests go, and as whom.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use serde::Deserialize;

/// What the target file says.
#[derive(Deserialize)]
pub(crate) struct Target {
    /// The name that the panel's certificate is for.
    pub(crate) host: String,
    /// The port of its cPanel face.
    pub(crate) port: u16,
    ca_file: PathBuf,
    user: String,
    token: String,
}

impl Target {
    /// Reads the target file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no target.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} is no target", path.display()))
    }

    /// The value of the header `Authorization`.
    pub(crate) fn authorization(&self) -> String {
        format!("cpanel {}:{}", self.user, self.token)
    }

    /// TLS as cprekey sets it up with `--cacert`: ring, the library's own versions, the authority of the file and no other.
    ///
    /// # Errors
    ///
    /// When the authority's certificate cannot be had.
    pub(crate) fn tls(&self) -> Result<ClientConfig> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(&self.ca_file)? {
            roots.add(certificate?)?;
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        Ok(builder.with_safe_default_protocol_versions()?.with_root_certificates(roots).with_no_client_auth())
    }
}
