//! Where the passwords of mailboxes and accounts are: in shadow files, or in memory.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;

use super::account_passwords::Store;
use super::accounts::{Account, Hosting, Mailbox};
use super::crypt::Hasher;
use super::layout::Layout;
use super::memory::MemoryTable;
use super::shadow::{Book, Place, ShadowFiles, StoreError};
use super::shadow_text::NO_PASSWORD;
use crate::config::{AccountConfig, MailboxConfig};

/// The passwords of all mailboxes and accounts.
pub(crate) enum Passwords {
    /// In `home/ACCOUNT/etc/DOMAIN/shadow` and in `etc/shadow`.
    Files(ShadowFiles),
    /// In memory only.
    Memory(MemoryTable),
}

impl Passwords {
    /// Passwords in shadow files below `layout`, hashed with so many rounds.
    ///
    /// # Errors
    ///
    /// When the number of rounds is out of bounds.
    pub(crate) fn in_files(layout: Layout, rounds: u32) -> Result<Self, StoreError> {
        Ok(Self::Files(ShadowFiles::new(layout, Hasher::new(rounds)?)))
    }

    /// Passwords in memory.
    pub(crate) fn in_memory() -> Self {
        Self::Memory(MemoryTable::default())
    }

    /// Gives a mailbox a new password; a suspension of its logins stays.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn set(&self, account: &Account, mailbox: &Mailbox, password: &[u8]) -> Result<(), StoreError> {
        match self {
            Self::Files(files) => files.set(place(account, mailbox), password, mailbox.suspended_login.get()),
            Self::Memory(table) => {
                table.set(&mailbox.address, password);
                Ok(())
            }
        }
    }

    /// Whether the password is the mailbox's.
    ///
    /// # Errors
    ///
    /// When the stored one cannot be read.
    pub(crate) fn verify(&self, account: &Account, mailbox: &Mailbox, password: &[u8]) -> Result<bool, StoreError> {
        match self {
            Self::Files(files) => files.verify(place(account, mailbox), password),
            Self::Memory(table) => Ok(table.verify(&mailbox.address, password)),
        }
    }

    /// Suspends or restores the logins of a mailbox.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn suspend(&self, account: &Account, mailbox: &Mailbox, suspended: bool) -> Result<(), StoreError> {
        if let Self::Files(files) = self {
            files.lock(place(account, mailbox), suspended)?;
        }
        mailbox.suspended_login.set(suspended);
        Ok(())
    }

    /// Gives an account a new password of its own.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn set_own(&self, account: &Account, password: &[u8]) -> Result<(), StoreError> {
        self.of_accounts().set(account, password)
    }

    /// Whether the password is the account's own.
    ///
    /// # Errors
    ///
    /// When the stored one cannot be read.
    pub(crate) fn verify_own(&self, account: &Account, password: &[u8]) -> Result<bool, StoreError> {
        self.of_accounts().verify(account, password)
    }

    fn of_accounts(&self) -> Store<'_> {
        match self {
            Self::Files(files) => Store::Files(files),
            Self::Memory(table) => Store::Memory(table),
        }
    }

    /// Stores the passwords that the configuration gives; what lies in a shadow file from an earlier run stays.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub(crate) fn seed(&self, layout: &Layout, accounts: &[AccountConfig]) -> Result<(), StoreError> {
        for account in accounts {
            for (domain, mailboxes) in by_domain(account) {
                write_passwd(layout, &account.name, domain, &mailboxes)?;
                self.seed_domain(&account.name, domain, &mailboxes)?;
            }
        }
        self.of_accounts().seed(accounts)
    }

    /// Takes over the suspensions that lie in shadow files from an earlier run.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub(crate) fn recall(&self, hosting: &Hosting) -> Result<(), StoreError> {
        let Self::Files(files) = self else { return Ok(()) };
        for account in hosting.accounts() {
            for domain in account.all_domains() {
                let book = Book::Mail { account: &account.name, domain };
                let text = files.text(Place { book, user: "" })?;
                let locked: HashSet<_> = text.locked().collect();
                for mailbox in account.mailboxes().iter().filter(|mailbox| mailbox.parts().1 == domain) {
                    mailbox.suspended_login.set(locked.contains(mailbox.parts().0));
                }
            }
        }
        Ok(())
    }

    fn seed_domain(&self, account: &str, domain: &str, mailboxes: &[Listed<'_>]) -> Result<(), StoreError> {
        match self {
            Self::Files(files) => seed_file(files, account, domain, mailboxes),
            Self::Memory(table) => {
                for (_, mailbox) in mailboxes {
                    if let Some(password) = &mailbox.password {
                        table.set(&mailbox.address, password.as_bytes());
                    }
                }
                Ok(())
            }
        }
    }
}

/// A mailbox's local part with what the configuration says about it.
type Listed<'a> = (&'a str, &'a MailboxConfig);

fn place<'a>(account: &'a Account, mailbox: &'a Mailbox) -> Place<'a> {
    let (user, domain) = mailbox.parts();
    Place { book: Book::Mail { account: &account.name, domain }, user }
}

fn by_domain(account: &AccountConfig) -> BTreeMap<&str, Vec<Listed<'_>>> {
    let mut domains: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for mailbox in &account.mailboxes {
        if let Some((user, domain)) = mailbox.address.split_once('@') {
            domains.entry(domain).or_default().push((user, mailbox));
        }
    }
    domains
}

/// Equal passwords share one hash, so that thousands of generated mailboxes cost one.
fn seed_file(files: &ShadowFiles, account: &str, domain: &str, mailboxes: &[Listed<'_>]) -> Result<(), StoreError> {
    let mut hashes: HashMap<&str, String> = HashMap::new();
    for password in mailboxes.iter().filter_map(|(_, mailbox)| mailbox.password.as_deref()) {
        if !hashes.contains_key(password) {
            hashes.insert(password, files.hash(password.as_bytes())?);
        }
    }
    files.edit(Place { book: Book::Mail { account, domain }, user: "" }, |text| {
        let there: HashSet<String> = text.users().map(str::to_owned).collect();
        for (user, mailbox) in mailboxes {
            let hash = mailbox.password.as_deref().and_then(|password| hashes.get(password));
            let hash = hash.map_or(NO_PASSWORD, String::as_str);
            if !there.contains(*user) {
                text.append(user, hash, mailbox.suspended_login);
            }
        }
    })
}

fn write_passwd(layout: &Layout, account: &str, domain: &str, mailboxes: &[Listed<'_>]) -> Result<(), StoreError> {
    let folder = layout.etc(account, domain);
    let path = folder.join("passwd");
    let write = || {
        fs::create_dir_all(&folder)?;
        let owner = fs::metadata(&folder)?;
        let (uid, gid, home) = (owner.uid(), owner.gid(), layout.home(account));
        let home = home.display();
        let lines =
            mailboxes.iter().map(|(user, _)| format!("{user}:x:{uid}:{gid}::{home}/mail/{domain}/{user}:/bin/false\n"));
        fs::write(&path, lines.collect::<String>())
    };
    write().map_err(|source| StoreError::File { path, source })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::config::Config;

    const LIST: &str = "[[account]]\nname='shop'\ndomain='example.com'\npassword='own'\n\
        mailboxes=[{address='anna@example.com', password='old', suspended_login=true}]\n\
        generate=[{count=500, pattern='user{n}', domain='example.com', password='same'}]";

    #[test]
    fn what_is_seeded_can_be_verified_and_a_second_start_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let layout = || Layout::new(folder.path().to_path_buf());
        let passwords = Passwords::in_files(layout(), 1000).unwrap();
        let accounts = || Config::parse(LIST).unwrap().accounts;
        passwords.seed(&layout(), &accounts()).unwrap();
        let hosting = Hosting::new(accounts());
        let (shop, anna) = hosting.mailbox("anna@example.com").unwrap();
        passwords.set(shop, anna, b"new").unwrap();
        passwords.suspend(shop, shop.mailbox("user7@example.com").unwrap(), true).unwrap();
        passwords.seed(&layout(), &accounts()).unwrap();
        assert!(passwords.verify(shop, anna, b"new").unwrap());
        assert!(passwords.verify(shop, shop.mailbox("user499@example.com").unwrap(), b"same").unwrap());
        let shadow = fs::read_to_string(layout().etc("shop", "example.com").join("shadow")).unwrap();
        assert!(shadow.starts_with("anna:!$6$"), "a reset keeps the suspension");
        let again = Hosting::new(accounts());
        passwords.recall(&again).unwrap();
        let suspended = |address: &str| again.mailbox(address).unwrap().1.suspended_login.get();
        assert!(suspended("anna@example.com") && suspended("user7@example.com") && !suspended("user8@example.com"));
        let passwd = fs::read_to_string(layout().etc("shop", "example.com").join("passwd")).unwrap();
        assert_eq!(passwd.lines().count(), 501);
        let system = || fs::read_to_string(folder.path().join("etc/shadow")).unwrap();
        assert!(system().starts_with("shop:$6$") && passwords.verify_own(shop, b"own").unwrap());
        passwords.set_own(shop, b"other").unwrap();
        passwords.seed(&layout(), &accounts()).unwrap();
        assert!(passwords.verify_own(shop, b"other").unwrap() && system().lines().count() == 1);
        assert!(passwd.starts_with("anna:x:") && passwd.contains("/mail/example.com/anna:/bin/false"));
    }
}
