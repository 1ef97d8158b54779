//! Reads a configuration file and says what is wrong with it.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::accounts::AccountConfig;
use super::operators::OperatorConfig;
use super::uids::misused;
use crate::behaviour::Behaviour;
use crate::rules::Rule;
use crate::strength::APPS;

/// Who owns what nobody else does.
const ROOT: &str = "root";

const EXAMPLE: &str = include_str!("example.toml");

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("read the configuration {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not TOML of the expected form.
    #[error("the configuration is not right at line {line}: {message}")]
    Malformed {
        /// The line, counted from 1; 0 when it is not known.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// Two accounts have one name.
    #[error("the account {0:?} stands twice in the configuration")]
    AccountTwice(String),
    /// A domain belongs to two accounts.
    #[error("the domain {0:?} stands twice in the configuration")]
    DomainTwice(String),
    /// Two users of WHM have one name.
    #[error("the WHM user {0:?} stands twice in the configuration")]
    OperatorTwice(String),
    /// A user number is that of two, or root's.
    #[error("the uid {0} cannot stand here: it is root's, or stands twice in the configuration")]
    BadUid(u32),
    /// An account is owned by nobody.
    #[error("the owner of the account {0:?} is no user of WHM")]
    NoOwner(String),
    /// A mailbox is listed twice.
    #[error("the mailbox {0:?} stands twice in the configuration")]
    MailboxTwice(String),
    /// A name cannot be used as the name of a folder.
    #[error("{0:?} is no name for an account, a domain or a mailbox")]
    BadName(String),
    /// A strength is set for something that has none.
    #[error("no application is called {0:?}; those with a strength of their own are {list}", list = APPS.join(", "))]
    NoApplication(String),
    /// A mailbox lies outside the domains of its account.
    #[error("the mailbox {address:?} is in none of the domains of the account {account:?}")]
    Stray {
        /// The mailbox.
        address: String,
        /// The account that lists it.
        account: String,
    },
}

/// A configuration that holds together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// How the panel behaves at first.
    #[serde(default)]
    pub(crate) behaviour: Behaviour,
    /// The strength that single applications require, by the names of `PasswdStrength::get_required_strength`.
    #[serde(default)]
    pub(crate) strength: BTreeMap<String, u8>,
    /// The rounds of SHA-512 crypt, from 1,000 on.
    #[serde(default = "default_rounds")]
    pub(crate) rounds: u32,
    /// The accounts.
    #[serde(default, rename = "account")]
    pub(crate) accounts: Vec<AccountConfig>,
    /// The users of WHM; root is always one of them.
    #[serde(default, rename = "whm")]
    pub(crate) operators: Vec<OperatorConfig>,
    /// The rules that hold from the start.
    #[serde(default, rename = "rule")]
    pub(crate) rules: Vec<Rule>,
}

fn default_rounds() -> u32 {
    5000
}

impl Config {
    /// Reads `path`, or the built-in example without one.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or what it says cannot be.
    pub(crate) fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else { return Self::parse(EXAMPLE) };
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_path_buf(), source })?;
        Self::parse(&text)
    }

    /// Reads a configuration from its text.
    ///
    /// # Errors
    ///
    /// When the text is no configuration, or contradicts itself.
    pub(crate) fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text).map_err(|error| malformed(text, &error))?;
        for account in &mut config.accounts {
            complete(account);
        }
        if !config.operators.iter().any(|operator| operator.user == ROOT) {
            config.operators.insert(0, OperatorConfig { user: ROOT.to_owned(), tokens: Vec::new(), uids: Vec::new() });
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        if let Some(app) = self.strength.keys().find(|app| !APPS.contains(&app.as_str())) {
            return Err(ConfigError::NoApplication(app.clone()));
        }
        let owners = self.check_operators()?;
        let mut names = HashSet::new();
        let mut domains = HashSet::new();
        for account in &self.accounts {
            if !names.insert(&account.name) {
                return Err(ConfigError::AccountTwice(account.name.clone()));
            }
            for domain in std::iter::once(&account.domain).chain(&account.domains) {
                if !domains.insert(domain) {
                    return Err(ConfigError::DomainTwice(domain.clone()));
                }
            }
            if !owners.contains(account.owner.as_str()) {
                return Err(ConfigError::NoOwner(account.name.clone()));
            }
            check_account(account)?;
        }
        self.check_uids()
    }

    fn check_uids(&self) -> Result<(), ConfigError> {
        let accounts = self.accounts.iter().map(|account| (account.name.as_str(), account.uids.as_slice()));
        let operators = self.operators.iter().map(|operator| (operator.user.as_str(), operator.uids.as_slice()));
        misused(accounts.chain(operators)).map_or(Ok(()), |uid| Err(ConfigError::BadUid(uid)))
    }

    fn check_operators(&self) -> Result<HashSet<&str>, ConfigError> {
        let mut names = HashSet::new();
        for operator in &self.operators {
            if !names.insert(operator.user.as_str()) {
                return Err(ConfigError::OperatorTwice(operator.user.clone()));
            }
        }
        Ok(names)
    }
}

/// Turns the generated mailboxes into listed ones, and every name to lower case.
fn complete(account: &mut AccountConfig) {
    account.domain = account.domain.to_lowercase();
    for domain in &mut account.domains {
        *domain = domain.to_lowercase();
    }
    for group in std::mem::take(&mut account.generate) {
        account.mailboxes.extend(group.mailboxes());
    }
    for mailbox in &mut account.mailboxes {
        mailbox.address = mailbox.address.to_lowercase();
    }
}

fn check_account(account: &AccountConfig) -> Result<(), ConfigError> {
    let domains = || std::iter::once(&account.domain).chain(&account.domains);
    for name in domains().chain([&account.name]) {
        check_name(name)?;
    }
    let mut addresses = HashSet::new();
    for mailbox in &account.mailboxes {
        if !addresses.insert(&mailbox.address) {
            return Err(ConfigError::MailboxTwice(mailbox.address.clone()));
        }
        let (local, domain) = mailbox.address.split_once('@').unwrap_or((&mailbox.address, ""));
        check_name(local)?;
        if !domains().any(|ours| ours == domain) {
            let (address, account) = (mailbox.address.clone(), account.name.clone());
            return Err(ConfigError::Stray { address, account });
        }
    }
    Ok(())
}

/// Refuses what would leave its folder, or its line in a passwd file.
fn check_name(name: &str) -> Result<(), ConfigError> {
    let bad = |character: char| character.is_control() || matches!(character, '/' | ':' | ' ' | '@');
    if name.is_empty() || name.starts_with('.') || name.contains(bad) {
        return Err(ConfigError::BadName(name.to_owned()));
    }
    Ok(())
}

fn malformed(text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error.span().map_or(0, |span| 1 + text[..span.start].matches('\n').count());
    ConfigError::Malformed { line, message: error.message().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_example_holds_together() {
        assert_eq!(Config::load(None).map(|config| config.accounts.len()).ok(), Some(2));
    }

    #[test]
    fn mailboxes_are_generated_by_their_pattern() {
        let text = "[[account]]\nname='a'\ndomain='Example.com'\n\
                    generate=[{count=3, pattern='User{n}', domain='example.com'}]";
        let config = Config::parse(text).ok();
        let addresses: Vec<_> = config.iter().flat_map(|c| &c.accounts[0].mailboxes).map(|m| &m.address).collect();
        assert_eq!(addresses, ["user1@example.com", "user2@example.com", "user3@example.com"]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let account = |rest: &str| format!("[[account]]\nname='a'\ndomain='example.com'\n{rest}");
        for (rest, expected) in [
            ("[[account]]\nname='a'\ndomain='b.com'", "stands twice"),
            ("[[account]]\nname='b'\ndomain='example.com'", "stands twice"),
            ("mailboxes=[{address='x@example.com'}, {address='X@Example.com'}]", "stands twice"),
            (
                "mailboxes=[{address='u2@example.com'}]\ngenerate=[{count=2, pattern='u{n}', domain='example.com'}]",
                "stands twice",
            ),
            ("mailboxes=[{address='x@other.com'}]", "none of the domains"),
            ("mailboxes=[{address='../x@example.com'}]", "no name for"),
            ("owner='nobody'", "no user of WHM"),
            ("[[whm]]\nuser='a'\n[[whm]]\nuser='a'", "stands twice"),
            ("[strength]\npopp=40", "no application is called \"popp\""),
            ("colour='red'", "line 4"),
            ("rounds=3", "line 4"),
            ("uid=0", "the uid 0"),
            ("uid=7\n[[whm]]\nuser='b'\nuid=[6,7]", "the uid 7"),
        ] {
            let error = Config::parse(&account(rest)).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(expected), "{rest}: {error}");
        }
    }
}
