//! The accounts of the panel, and who owns what.

use std::cell::Cell;
use std::collections::HashMap;

use super::token::Token;
use crate::config::AccountConfig;
use crate::text::Language;

/// Every account of the panel, by name.
pub(crate) struct Hosting {
    accounts: HashMap<String, Account>,
}

/// One cPanel account.
pub(crate) struct Account {
    /// Its user name.
    pub(crate) name: String,
    /// Its main domain.
    pub(crate) domain: String,
    /// Its addon domains.
    pub(crate) domains: Vec<String>,
    /// Its tokens, the first of them the one to try things with.
    pub(crate) tokens: Vec<Token>,
    /// The user of WHM who owns it.
    pub(crate) owner: String,
    /// The system's users that it is to local programs.
    pub(crate) uids: Vec<u32>,
    /// Whether two-factor authentication is on.
    pub(crate) two_factor: bool,
    /// Whether it is suspended.
    pub(crate) suspended: bool,
    /// The language it is spoken to in.
    pub(crate) locale: Language,
    features_off: Vec<String>,
    mailboxes: HashMap<String, Mailbox>,
}

/// One mailbox.
pub(crate) struct Mailbox {
    /// Its full address, in lower case.
    pub(crate) address: String,
    /// Whether its logins are suspended.
    pub(crate) suspended_login: Cell<bool>,
    /// Whether its incoming mail is suspended.
    pub(crate) suspended_incoming: Cell<bool>,
}

impl Hosting {
    /// The accounts that the configuration describes.
    pub(crate) fn new(accounts: Vec<AccountConfig>) -> Self {
        let accounts = accounts.into_iter().map(Account::new);
        Self { accounts: accounts.map(|account| (account.name.clone(), account)).collect() }
    }

    /// The account of that name.
    pub(crate) fn account(&self, name: &str) -> Option<&Account> {
        self.accounts.get(name)
    }

    /// The account that the system's user of that number is.
    pub(crate) fn account_of_user(&self, uid: u32) -> Option<&Account> {
        self.accounts().find(|account| account.uids.contains(&uid))
    }

    /// All accounts, in no order.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// The mailbox of that address, with the account it belongs to.
    pub(crate) fn mailbox(&self, address: &str) -> Option<(&Account, &Mailbox)> {
        self.accounts().find_map(|account| Some((account, account.mailbox(address)?)))
    }
}

impl Account {
    fn new(config: AccountConfig) -> Self {
        let mut tokens: Vec<_> = config.tokens.into_iter().map(Token::new).collect();
        if tokens.is_empty() {
            tokens.push(Token::full_access());
        }
        let mailboxes = config.mailboxes.into_iter().map(|mailbox| {
            let address = mailbox.address;
            let suspended_login = Cell::new(mailbox.suspended_login);
            let suspended_incoming = Cell::new(mailbox.suspended_incoming);
            (address.clone(), Mailbox { address, suspended_login, suspended_incoming })
        });
        Self {
            mailboxes: mailboxes.collect(),
            name: config.name,
            domain: config.domain,
            domains: config.domains,
            tokens,
            owner: config.owner,
            uids: config.uids,
            two_factor: config.two_factor,
            suspended: config.suspended,
            locale: config.locale,
            features_off: config.features_off,
        }
    }

    /// The mailbox of that address, ignoring case.
    pub(crate) fn mailbox(&self, address: &str) -> Option<&Mailbox> {
        self.mailboxes.get(address).or_else(|| self.mailboxes.get(&address.to_lowercase()))
    }

    /// All mailboxes, by address.
    pub(crate) fn mailboxes(&self) -> Vec<&Mailbox> {
        let mut all: Vec<_> = self.mailboxes.values().collect();
        all.sort_unstable_by(|one, other| one.address.cmp(&other.address));
        all
    }

    /// How many mailboxes there are.
    pub(crate) fn mailbox_count(&self) -> usize {
        self.mailboxes.len()
    }

    /// The main domain, and then the others.
    pub(crate) fn all_domains(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.domain).chain(&self.domains).map(String::as_str)
    }

    /// Whether the domain is one of the account's.
    pub(crate) fn has_domain(&self, domain: &str) -> bool {
        self.all_domains().any(|ours| ours.eq_ignore_ascii_case(domain))
    }

    /// Whether the account may use the feature.
    pub(crate) fn has_feature(&self, feature: &str) -> bool {
        !self.features_off.iter().any(|off| off == feature)
    }
}

impl Mailbox {
    /// The part before the `@`, and the one behind it.
    pub(crate) fn parts(&self) -> (&str, &str) {
        self.address.split_once('@').unwrap_or((&self.address, ""))
    }
}
