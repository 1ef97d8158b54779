//! Why mail servers cannot be asked at all.

use thiserror::Error;

use crate::api::https::HttpsError;

/// Why mail servers cannot be asked at all. It holds no secret.
#[derive(Debug, Error)]
pub enum MailError {
    /// What is to be trusted cannot be had; it is the same as for the panel.
    #[error(transparent)]
    Trust(#[from] HttpsError),
}
