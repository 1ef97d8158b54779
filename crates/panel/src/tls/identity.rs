//! The keys of a panel and its certificate. Keys are kept in the state folder, so that a panel which is started again
//! there is trusted by those who trusted it before.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{KeyPair, PublicKeyData as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest as _, Sha256};

use super::issue::issue;
use super::shape::Shape;

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    /// A key or certificate cannot be read or written.
    #[error("use {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A certificate cannot be made, most likely because of a `--name`.
    #[error("make a certificate")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library does not take them.
    #[error("set TLS up")]
    Library(#[from] rustls::Error),
}

/// What the panel shows of itself.
pub(crate) struct Identity {
    /// The file with what a client has to trust.
    pub(crate) ca_file: PathBuf,
    /// The SHA-256 of the server's public key, as in `sha256//BASE64`.
    pub(crate) pin: String,
    /// The certificates shown, the server's own first.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// The server's key.
    pub(super) key: PrivateKeyDer<'static>,
}

impl Identity {
    /// Makes a certificate of that shape, for `localhost`, the loopback addresses and the further names.
    ///
    /// # Errors
    ///
    /// When the folder cannot be used, or a name cannot stand in a certificate.
    pub(crate) fn prepare(folder: &Path, shape: Shape, further: &[String]) -> Result<Self, TlsError> {
        fs::create_dir_all(folder).map_err(|source| TlsError::File { path: folder.to_path_buf(), source })?;
        let server = key(&folder.join("server-key.pem"))?;
        let authority = key(&folder.join("ca-key.pem"))?;
        let names: Vec<_> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into_iter().collect();
        let issued = issue(shape, &[&names[..], further].concat(), &server, &authority)?;
        let ca_file = folder.join("ca.pem");
        let trusted = issued.authority.as_ref().unwrap_or(&issued.leaf);
        write(&ca_file, &trusted.pem(), 0o644)?;
        let digest = Sha256::digest(server.subject_public_key_info());
        Ok(Self {
            ca_file,
            pin: format!("sha256//{}", STANDARD.encode(digest)),
            chain: vec![issued.leaf.der().clone()],
            key: PrivatePkcs8KeyDer::from(server.serialize_der()).into(),
        })
    }
}

/// The key in that file; a new one when there is none.
fn key(path: &Path) -> Result<KeyPair, TlsError> {
    match fs::read_to_string(path) {
        Ok(pem) => Ok(KeyPair::from_pem(&pem)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = KeyPair::generate()?;
            write(path, &key.serialize_pem(), 0o600)?;
            Ok(key)
        }
        Err(source) => Err(TlsError::File { path: path.to_path_buf(), source }),
    }
}

fn write(path: &Path, text: &str, mode: u32) -> Result<(), TlsError> {
    let open = || fs::File::options().write(true).create(true).truncate(true).mode(mode).open(path);
    let written = open().and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| TlsError::File { path: path.to_path_buf(), source })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn every_shape_can_be_made_and_keys_outlive_a_start() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["panel.example.com".to_owned()];
        let pins: Vec<_> = Shape::value_variants()
            .iter()
            .map(|shape| Identity::prepare(folder.path(), *shape, &names).unwrap().pin)
            .collect();
        assert!(pins.iter().all(|pin| *pin == pins[0] && pin.starts_with("sha256//") && pin.ends_with('=')));
    }

    #[test]
    fn a_name_that_cannot_be_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Identity::prepare(folder.path(), Shape::CaSigned, &["ä".to_owned()]).is_err());
    }
}
