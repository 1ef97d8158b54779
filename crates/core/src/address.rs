//! The address of a mailbox, as it is sent and as it is compared.

use std::fmt;

/// A mailbox's full address.
///
/// The domain is in lower case and an A-label (`xn--…`), the local part as listed. Two addresses are equal when they are so
/// ignoring case.
#[derive(Clone, Debug)]
pub struct Address {
    text: Box<str>,
    at: usize,
}

impl Address {
    /// The part before the `@`, as listed.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// The part after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The whole address, as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.text)
    }
}
