//! Why a program cannot do what it is started for.

use std::io;
use std::path::PathBuf;

/// What is in the way.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// Neither beside the program nor behind its link is a notice of a panel.
    #[error("no rehearsal panel: there is no panel.json beside this program")]
    NoNotice,
    /// The notice does not say where the panel is.
    #[error("no rehearsal panel: {0} does not say where it is")]
    BadNotice(PathBuf),
    /// The panel that the notice tells of does not listen.
    #[error("no rehearsal panel listens at {socket}: {error}; start one")]
    NoPanel {
        /// Where it should.
        socket: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The panel went away, or is one of another version.
    #[error("the rehearsal panel broke off: {0}")]
    BrokenOff(io::Error),
    /// The system does not tell who runs the program.
    #[error("cannot tell who runs this program: {0}")]
    Nobody(io::Error),
}
