//! The three programs (cPanel API documentation, "Introduction to UAPI", "Introduction to WHM API 1" and "cPanel API 2").

use std::fmt;

/// One of the server's own programs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Program {
    /// `uapi`: UAPI, as the account that starts it.
    Uapi,
    /// `cpapi2`: cPanel API 2, as the account that starts it.
    Cpapi2,
    /// `whmapi1`: WHM API 1, as root or a reseller.
    Whmapi1,
}

impl Program {
    /// The file's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uapi => "uapi",
            Self::Cpapi2 => "cpapi2",
            Self::Whmapi1 => "whmapi1",
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}
