//! Why the server's own programs cannot be used.

use std::path::PathBuf;

use thiserror::Error;

use super::program::Program;

/// Why the server's own programs cannot be used. Nothing was changed.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The folder is not named by an absolute path.
    #[error("{} is not an absolute path", .0.display())]
    NotAbsolute(PathBuf),
    /// The program is not there, or is no file that can be looked at.
    #[error("{} cannot be used: {why}", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Somebody else than root and the caller could have put something else into its place.
    #[error("{} is not safe to start: {why}", .path.display())]
    Unsafe {
        /// The file or the folder.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// It takes secrets only as arguments, where others can read them.
    #[error("{0} takes secrets only as arguments here, where other users of the server may read them")]
    ArgumentsOnly(Program),
    /// It gives no usable answer to a harmless call, in no way of giving it arguments.
    #[error("{program} does not do what it is asked: {why}")]
    NoAnswer {
        /// The program.
        program: Program,
        /// What came of the last call.
        why: String,
    },
}

impl CommandError {
    /// What the user can do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NotAbsolute(_) => "name the whole path: --bin-dir /usr/local/cpanel/bin",
            Self::Missing { .. } => {
                "--local is for the cPanel server itself; say where its programs are by --bin-dir DIR, or go over HTTPS with --host"
            }
            Self::Unsafe { .. } => "it must belong to root or to you, and nobody else may write to it",
            Self::NoAnswer { program: Program::Uapi, .. } => {
                "nothing was sent; try it by hand, as the same user; a reseller says --as whm"
            }
            Self::NoAnswer { .. } => "nothing was sent; try it by hand, as the same user",
            Self::ArgumentsOnly(_) => {
                "go over HTTPS with an API token (--host localhost), or accept it with --allow-argv"
            }
        }
    }
}
