//! The truth: which mailbox and which account has which password, and what was done to them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::work::Work;

/// What panels say of a weak password begins with; the password is one of fewer characters than these.
pub(crate) const STRONG: usize = 8;

/// The strength that the panel demands.
const REQUIRED: u8 = 65;

#[derive(Clone, Debug)]
pub(crate) struct Mailbox {
    pub(crate) password: String,
    pub(crate) account: String,
    pub(crate) login_suspended: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) password: String,
    pub(crate) domains: Vec<String>,
    pub(crate) suspended: bool,
}

/// The panel's accounts and mailboxes, by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) mailboxes: BTreeMap<String, Mailbox>,
    pub(crate) accounts: BTreeMap<String, Account>,
    /// Every password that a target was given, and when, whether or not it was another one.
    given: BTreeMap<String, Vec<(Duration, String)>>,
    /// When the panel works.
    pub(crate) now: Duration,
    /// Whether refusals repeat the password.
    pub(crate) echoes: bool,
}

/// What the panel truly says to one command.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) yes: bool,
    pub(crate) data: Value,
    pub(crate) words: Vec<String>,
}

impl Said {
    pub(crate) fn yes(data: Value) -> Self {
        Self { yes: true, data, words: Vec::new() }
    }

    pub(crate) fn no(words: impl Into<String>) -> Self {
        Self { yes: false, data: Value::Null, words: vec![words.into()] }
    }
}

impl World {
    /// Whether the target has this password.
    pub(crate) fn holds(&self, target: &str, password: &str) -> bool {
        let mailbox = self.mailboxes.get(target).map(|mailbox| &mailbox.password);
        let account = self.accounts.get(target).map(|account| &account.password);
        mailbox.or(account).is_some_and(|held| held == password)
    }

    /// Whether the target was given a password by this time.
    pub(crate) fn was_given(&self, target: &str, by: Duration) -> bool {
        self.given.get(target).is_some_and(|given| given.iter().any(|(at, _)| *at <= by))
    }

    /// Whether the target had this password at this time; `before` is the world before the run.
    pub(crate) fn held(&self, before: &Self, target: &str, password: &str, at: Duration) -> bool {
        let last = self.given.get(target).and_then(|given| given.iter().rev().find(|(when, _)| *when <= at));
        last.map_or_else(|| before.holds(target, password), |(_, given)| given == password)
    }

    fn give(&mut self, target: &str, password: &str) {
        self.given.entry(target.to_owned()).or_default().push((self.now, password.to_owned()));
    }

    /// What the panel says to a command, which it carries out where `does` is true.
    pub(crate) fn perform(&mut self, work: &Work, does: bool) -> Said {
        match work {
            Work::WhoAmI => Said::yes(json!({"user": self.accounts.keys().next()})),
            Work::Strength => Said::yes(json!({"strength": REQUIRED})),
            Work::Mailboxes { account } => self.list(account),
            Work::Accounts => self.list_accounts(),
            Work::OwnerOf { domain } => Said::yes(json!({"user": self.owner(domain)})),
            Work::Set { account, address, password } => self.set(account, address, password, does),
            Work::Verify { account, address, password } => self.verify(account, address, password),
            Work::SetAccount { user, password } => self.set_account(user, password, does),
            Work::ChangeOwn { user, old, new } => self.change_own(user, old, new, does),
        }
    }

    /// The account itself, or the only one there is.
    fn account(&self, name: &str) -> Option<(&String, &Account)> {
        if name.is_empty() { self.accounts.iter().next() } else { self.accounts.get_key_value(name) }
    }

    fn owner(&self, domain: &str) -> Option<&String> {
        self.accounts.iter().find(|(_, account)| account.domains.iter().any(|own| own == domain)).map(|(name, _)| name)
    }

    fn list(&self, account: &str) -> Said {
        match self.account(account) {
            None => Said::no(format!("You do not have a user named “{account}”.")),
            Some((_, account)) if account.suspended => Said::no("The account is suspended."),
            Some((name, _)) => {
                let own = self.mailboxes.iter().filter(|(_, mailbox)| mailbox.account == *name);
                let row = |(address, mailbox): (&String, &Mailbox)| json!({"email": address, "login": address, "suspended_login": u8::from(mailbox.login_suspended)});
                Said::yes(own.map(row).collect())
            }
        }
    }

    fn list_accounts(&self) -> Said {
        let row = |(name, account): (&String, &Account)| json!({"user": name, "domain": account.domains.first(), "suspended": u8::from(account.suspended)});
        Said::yes(json!({"acct": self.accounts.iter().map(row).collect::<Value>()}))
    }

    /// The address that the panel understands: a local part alone is one of the account's main domain.
    fn resolve(&self, account: &str, address: &str) -> Result<String, Said> {
        let Some((name, account)) = self.account(account) else {
            return Err(Said::no(format!("You do not have a user named “{account}”.")));
        };
        let main = account.domains.first().map_or("", String::as_str);
        let full = if address.contains('@') { address.to_owned() } else { format!("{address}@{main}") };
        match self.mailboxes.get(&full) {
            Some(mailbox) if mailbox.account == *name => Ok(full),
            _ => Err(Said::no(format!("You do not have an email account named “{full}”."))),
        }
    }

    fn set(&mut self, account: &str, address: &str, password: &str, does: bool) -> Said {
        let address = match self.resolve(account, address) {
            Ok(address) => address,
            Err(no) => return no,
        };
        if let Some(no) = self.too_weak(password) {
            return no;
        }
        if let Some(mailbox) = self.mailboxes.get_mut(&address).filter(|_| does) {
            password.clone_into(&mut mailbox.password);
            self.give(&address, password);
        }
        Said::yes(Value::Null)
    }

    fn verify(&self, account: &str, address: &str, password: &str) -> Said {
        match self.resolve(account, address) {
            Ok(address) => Said::yes(json!(u8::from(self.holds(&address, password)))),
            Err(no) => no,
        }
    }

    fn set_account(&mut self, user: &str, password: &str, does: bool) -> Said {
        if let Some(no) = self.too_weak(password) {
            return no;
        }
        match self.accounts.get_mut(user) {
            None => Said::no(format!("You do not have access to an account named “{user}”.")),
            Some(account) if account.suspended => Said::no("The account is suspended, so its password stays."),
            Some(account) => {
                if does {
                    password.clone_into(&mut account.password);
                    self.give(user, password);
                }
                Said::yes(json!({"app": ["system", "ftp", "mail"]}))
            }
        }
    }

    fn change_own(&mut self, user: &str, old: &str, new: &str, does: bool) -> Said {
        if !self.holds(user, old) {
            return Said::no("The old password is not the right one.");
        }
        match self.set_account(user, new, does) {
            Said { yes: true, .. } => Said::yes(json!([{"status": 1, "statustxt": "Changed."}])),
            no => no,
        }
    }

    fn too_weak(&self, password: &str) -> Option<Said> {
        let which = if self.echoes { format!("“{password}”") } else { "you selected".to_owned() };
        let words =
            format!("Sorry, the password {which} has a strength rating of “10”, and needs “{REQUIRED}” or higher.");
        (password.chars().count() < STRONG).then(|| Said::no(words))
    }
}
