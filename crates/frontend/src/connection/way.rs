//! A panel that is ready to be called.

use std::path::PathBuf;

use cprekey_core::account::AccountName;
use cprekey_core::api::command::{CommandError, CommandPanel};
use cprekey_core::api::https::HttpsPanel;
use cprekey_core::api::{Call, Panel, Scope};
use cprekey_core::brake::Brake;

use crate::exit::Exit;
use crate::failure::Failure;

/// The way to a panel.
#[derive(Debug)]
pub(super) enum Way {
    Https(Box<HttpsPanel>),
    Local(CommandPanel),
}

/// A panel that is ready to be called.
#[derive(Debug)]
pub struct Connection {
    pub(super) way: Way,
    /// For whom calls act.
    pub scope: Scope,
    /// The panel's name and port, as the user gave them, or this server's name.
    pub host: String,
    /// Whose token it is, or who drives the local programs.
    pub user: String,
    /// Whether the panel's certificate is not checked.
    pub insecure: bool,
}

impl Connection {
    /// The panel.
    #[must_use]
    pub fn panel(&self) -> &dyn Panel {
        match &self.way {
            Way::Https(panel) => &**panel,
            Way::Local(panel) => panel,
        }
    }

    /// Whether it is reached over HTTPS.
    #[must_use]
    pub const fn is_remote(&self) -> bool {
        matches!(self.way, Way::Https(_))
    }

    /// The program of this server's own that a call would start; none over HTTPS, and for a call that starts none.
    #[must_use]
    pub fn program(&self, call: &Call<'_>) -> Option<PathBuf> {
        match &self.way {
            Way::Https(_) => None,
            Way::Local(panel) => panel.explain(call).ok().map(|run| run.program),
        }
    }

    /// Finds out, by harmless calls, whether passwords can be sent safely, so that none is needed to learn that.
    ///
    /// # Errors
    ///
    /// Where a local program takes them only as arguments, and those are not allowed to hold any; where it gives no usable answer; and where
    /// the user interrupts.
    pub async fn prepare(&self, brake: &Brake) -> Result<(), Failure> {
        let Way::Local(panel) = &self.way else { return Ok(()) };
        tokio::select! {
            biased;
            () = brake.interrupted() => Err(Failure::new(Exit::Interrupted, "interrupted; nothing was changed")),
            prepared = panel.prepare() => {
                prepared.map_err(|error| Failure::new(exit_of(&error), &error).with_remedy(error.remedy()))
            }
        }
    }

    /// Refuses an account that is to be acted for, where calls act for the caller's own alone.
    ///
    /// # Errors
    ///
    /// Says so, and what to do.
    pub fn check_account(&self, account: Option<&AccountName>) -> Result<(), Failure> {
        match account {
            Some(_) if self.scope == Scope::Account => Err(Failure::bad_input(
                "--account names whom root or a reseller acts for, and here calls act for your own account alone",
            )
            .with_remedy("leave it away, or give --as whm, or run as root with --local")),
            _ => Ok(()),
        }
    }
}

/// Whether what was given is not right, or the programs are not.
const fn exit_of(error: &CommandError) -> Exit {
    match error {
        CommandError::NoAnswer { .. } => Exit::Failed,
        CommandError::NotAbsolute(_)
        | CommandError::Missing { .. }
        | CommandError::Unsafe { .. }
        | CommandError::ArgumentsOnly(_) => Exit::BadInput,
    }
}
