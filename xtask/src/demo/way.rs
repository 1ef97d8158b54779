//! The ways in which the demo reaches the panel: from a desk, through WHM, and on the server itself.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::sample::{self, Accounts};
use crate::panel::Ready;

/// A way to reach the panel.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Way {
    /// Over HTTPS, with a token of one cPanel account.
    Desk,
    /// Over HTTPS, with a token of root, for three accounts.
    Whm,
    /// By the local programs, as root for three accounts.
    LocalRoot,
    /// By the local programs, as the one account that this user is.
    LocalUser(u32),
}

impl Way {
    /// The way that was asked for; on the server itself it depends on who asks.
    pub(crate) fn chosen(whm: bool, local: bool) -> Self {
        match (whm, local) {
            (true, _) => Self::Whm,
            (false, false) => Self::Desk,
            // The folder of this very process belongs to whoever runs it.
            (false, true) => match fs::metadata("/proc/self").map_or(0, |own| own.uid()) {
                0 => Self::LocalRoot,
                uid => Self::LocalUser(uid),
            },
        }
    }

    /// Whose the mailboxes are.
    pub(super) const fn accounts(self) -> Accounts {
        match self {
            Self::Desk => Accounts::One { uid: None },
            Self::LocalUser(uid) => Accounts::One { uid: Some(uid) },
            Self::Whm | Self::LocalRoot => Accounts::Three,
        }
    }

    /// Whether the accounts themselves get new passwords too.
    pub(super) const fn has_accounts(self) -> bool {
        matches!(self.accounts(), Accounts::Three)
    }

    /// How many rows the list has.
    pub(super) const fn rows(self) -> usize {
        sample::COUNT + if self.has_accounts() { sample::NAMES.len() } else { 0 }
    }

    /// How many targets the list names, in words.
    pub(super) fn targets(self) -> String {
        let accounts = if self.has_accounts() { " and 3 accounts" } else { "" };
        format!("{} mailboxes{accounts}", sample::COUNT)
    }

    /// The token that it takes.
    pub(super) fn token(self, ready: &Ready) -> Result<Option<&String>> {
        let token = match self {
            Self::Desk => ready.tokens.get(sample::ACCOUNT),
            Self::Whm => ready.whm_tokens.get("root"),
            Self::LocalRoot | Self::LocalUser(_) => return Ok(None),
        };
        token.map(Some).context("the panel has no token for the demo")
    }

    /// The options that say how to reach the panel.
    pub(super) fn options(self, ready: &Ready, folder: &Path) -> Vec<String> {
        let within = |path: &Path| path.strip_prefix(folder).unwrap_or(path).display().to_string();
        let remote = |face: &str, user: &str| {
            let authority = within(&ready.ca_file);
            let host = face.replace("127.0.0.1", "localhost");
            ["--host", &host, "--user", user, "--token-file", "token", "--cacert", &authority]
                .map(str::to_owned)
                .to_vec()
        };
        match self {
            Self::Desk => remote(&ready.cpanel, sample::ACCOUNT),
            Self::Whm => [remote(&ready.whm, "root"), vec!["--as".to_owned(), "whm".to_owned()]].concat(),
            Self::LocalRoot | Self::LocalUser(_) => {
                let programs = ready.bin_dir.as_deref().map(|folder| folder.display().to_string());
                vec!["--local".to_owned(), "--bin-dir".to_owned(), programs.unwrap_or_default()]
            }
        }
    }
}
