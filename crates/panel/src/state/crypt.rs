//! SHA-512 crypt, as it stands in shadow files.

use rand::Rng as _;
use sha_crypt::{Algorithm, Params, PasswordVerifier as _, ShaCrypt};
use sha_crypt::{CustomizedPasswordHasher as _, password_hash};

/// Twelve random bytes are the sixteen characters that SHA-512 crypt reads of a salt.
const SALT_BYTES: usize = 12;

/// Makes SHA-512 crypt hashes at a fixed cost.
pub(crate) struct Hasher {
    params: Params,
}

impl Hasher {
    /// A hasher of so many rounds.
    ///
    /// # Errors
    ///
    /// When there are fewer than 1,000 rounds, or more than 999,999,999.
    pub(crate) fn new(rounds: u32) -> Result<Self, password_hash::Error> {
        let params = Params::new(rounds).map_err(|_| password_hash::Error::ParamsInvalid)?;
        Ok(Self { params })
    }

    /// The `$6$` line for `password`, with a new salt.
    ///
    /// # Errors
    ///
    /// When the crypt library refuses, which it has no reason to.
    pub(crate) fn hash(&self, password: &[u8]) -> Result<String, password_hash::Error> {
        let mut salt = [0; SALT_BYTES];
        rand::rng().fill_bytes(&mut salt);
        let crypt = ShaCrypt::new(Algorithm::Sha512Crypt, self.params);
        let hash = crypt.hash_password_customized(password, &salt, None, None, self.params)?;
        Ok(hash.as_str().to_owned())
    }
}

/// Whether `password` is the one that `hash` was made of; a hash of another kind is nobody's.
pub(crate) fn verify(password: &[u8], hash: &str) -> bool {
    ShaCrypt::default().verify_password(password, hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_alone() {
        let hash = Hasher::new(1000).and_then(|hasher| hasher.hash("ä+ %41".as_bytes())).unwrap_or_default();
        assert!(hash.starts_with("$6$rounds=1000$"), "{hash}");
        assert!(verify("ä+ %41".as_bytes(), &hash));
        assert!(!verify("ä+ A".as_bytes(), &hash));
        assert!(!verify(b"", "*"));
    }

    /// The vector is from Ulrich Drepper's specification of SHA-crypt.
    #[test]
    fn a_published_hash_is_understood() {
        let hash =
            "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
        assert!(verify(b"Hello world!", hash));
    }
}
