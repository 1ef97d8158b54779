//! The shapes of certificates that real panels show.

use clap::ValueEnum;

/// What kind of certificate the panel shows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Shape {
    /// Signed by the panel's own authority, for its names
    #[default]
    CaSigned,
    /// Self-signed and marked as an authority, as `openssl req -x509` makes them
    SelfSignedCa,
    /// Self-signed, for its names
    SelfSignedLeaf,
    /// Self-signed, with a common name and no further names
    CnOnly,
    /// Signed by the panel's own authority, for another name
    WrongName,
    /// Signed by the panel's own authority, and expired
    Expired,
}
