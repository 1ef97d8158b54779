//! Which door of the panel is called at.

/// Which door of the panel is called at, and so whose tokens it takes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Face {
    /// The cPanel face: UAPI and cPanel API 2, with an account's token, for that account.
    #[default]
    Cpanel,
    /// The WHM face: WHM API 1, with a token of root's or a reseller's, and the other APIs through it, for the accounts that these control.
    Whm,
}

impl Face {
    /// The port where it is by default (cPanel API documentation, "Guide to API Authentication").
    #[must_use]
    pub const fn default_port(self) -> u16 {
        match self {
            Self::Cpanel => 2083,
            Self::Whm => 2087,
        }
    }

    /// The word before `USER:TOKEN` in the header (cPanel and WHM API documentation, "API Tokens").
    pub(super) const fn scheme(self) -> &'static str {
        match self {
            Self::Cpanel => "cpanel",
            Self::Whm => "whm",
        }
    }
}
