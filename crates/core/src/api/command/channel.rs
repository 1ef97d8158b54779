//! How a program takes arguments that hold a secret.

/// How a program takes arguments that hold a secret, the best first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Channel {
    /// As JSON on its standard input (`--input=json`).
    Input,
    /// Each secret from a file of its own (`key=@FILE`), the rest as arguments.
    Files,
    /// As arguments, which others can read.
    Arguments,
}
