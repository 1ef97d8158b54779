//! The accounts' own passwords, which lie beside those of the mailboxes.

use std::collections::HashSet;

use super::accounts::Account;
use super::memory::MemoryTable;
use super::shadow::{Book, Place, ShadowFiles, StoreError};
use super::shadow_text::NO_PASSWORD;
use crate::config::AccountConfig;

/// A place where accounts' passwords are kept.
pub(super) enum Store<'a> {
    /// In `etc/shadow`; the hash of a suspended account is locked.
    Files(&'a ShadowFiles),
    /// In memory, by the account's name.
    Memory(&'a MemoryTable),
}

impl Store<'_> {
    /// Gives the account a new password.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn set(&self, account: &Account, password: &[u8]) -> Result<(), StoreError> {
        match self {
            Self::Files(files) => files.set(place(&account.name), password, account.suspended),
            Self::Memory(table) => {
                table.set(&account.name, password);
                Ok(())
            }
        }
    }

    /// Whether the password is the account's.
    ///
    /// # Errors
    ///
    /// When the stored one cannot be read.
    pub(super) fn verify(&self, account: &Account, password: &[u8]) -> Result<bool, StoreError> {
        match self {
            Self::Files(files) => files.verify(place(&account.name), password),
            Self::Memory(table) => Ok(table.verify(&account.name, password)),
        }
    }

    /// Stores the passwords that the configuration gives; what lies in the file from an earlier run stays.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(super) fn seed(&self, accounts: &[AccountConfig]) -> Result<(), StoreError> {
        match self {
            Self::Files(files) => seed_file(files, accounts),
            Self::Memory(table) => {
                let known = accounts.iter().filter_map(|account| Some((&account.name, account.password.as_ref()?)));
                known.for_each(|(name, password)| table.set(name, password.as_bytes()));
                Ok(())
            }
        }
    }
}

fn place(name: &str) -> Place<'_> {
    Place { book: Book::System, user: name }
}

fn seed_file(files: &ShadowFiles, accounts: &[AccountConfig]) -> Result<(), StoreError> {
    let there: HashSet<String> = files.text(place(""))?.users().map(str::to_owned).collect();
    let mut lines = Vec::new();
    for account in accounts.iter().filter(|account| !there.contains(&account.name)) {
        let hash = match &account.password {
            Some(password) => files.hash(password.as_bytes())?,
            None => NO_PASSWORD.to_owned(),
        };
        lines.push((&account.name, hash, account.suspended));
    }
    if lines.is_empty() {
        return Ok(());
    }
    files.edit(place(""), |text| {
        for (name, hash, locked) in &lines {
            text.append(name, hash, *locked);
        }
    })
}
