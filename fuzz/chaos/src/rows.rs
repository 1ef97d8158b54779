//! A list drawn by lot, as it was understood: changes, repeats, rows that never were a change, and what the panel will refuse.

use cprekey_core::SecretString;
use cprekey_core::account::AccountName;
use cprekey_core::address::Address;
use cprekey_core::change::Passwords;
use cprekey_core::entry::{Entry, Task};
use cprekey_core::place::Place;
use cprekey_core::problem::Problem;
use cprekey_core::reason::Reason;
use cprekey_core::target::Target;
use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::server::OLD;
use crate::world::{STRONG, World};

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The number that the user sees.
    pub(crate) row: u32,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Change(Wanted),
    /// The same as the row of this index.
    Repeat(usize, Wanted),
    Invalid,
    Skipped,
}

/// What a row wants.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) target: String,
    /// The account that the row names.
    pub(crate) named: Option<String>,
    pub(crate) new: String,
    pub(crate) old: Option<String>,
}

impl Wanted {
    /// Whether the panel finds the password too weak.
    pub(crate) fn is_weak(&self) -> bool {
        self.new.chars().count() < STRONG
    }
}

impl Row {
    /// What the row wants, where it wants something.
    pub(crate) fn wanted(&self) -> Option<&Wanted> {
        match &self.kind {
            Kind::Change(wanted) | Kind::Repeat(_, wanted) => Some(wanted),
            Kind::Invalid | Kind::Skipped => None,
        }
    }

    /// The row as the run takes it.
    pub(crate) fn entry(&self) -> Entry {
        let wanted = self.wanted();
        let account = wanted.and_then(|wanted| wanted.named.as_deref());
        let task = match &self.kind {
            Kind::Change(wanted) => Task::Change(Passwords {
                new: SecretString::from(wanted.new.as_str()),
                old: wanted.old.as_deref().map(SecretString::from),
            }),
            Kind::Repeat(first, _) => Task::Repeat { first: *first },
            Kind::Invalid => Task::Invalid(vec![no_password(self.row)]),
            Kind::Skipped => Task::Skipped(Reason::Filtered),
        };
        Entry {
            row: self.row,
            target: wanted.map(|wanted| target(&wanted.target)),
            account: account.map(|name| AccountName::parse(name).expect("the name of an account")),
            task,
        }
    }
}

fn target(text: &str) -> Target {
    if text.contains('@') {
        Address::parse(text).expect("an address").into()
    } else {
        AccountName::parse(text).expect("the name of an account").into()
    }
}

fn no_password(row: u32) -> Problem {
    let place = Place { file: "list.csv".to_owned(), sheet: None, row, column: Some(1) };
    Problem {
        place,
        reason: Reason::NoPassword,
        what: "the password is empty".to_owned(),
        remedy: "fill it in".to_owned(),
    }
}

/// A list of 1 to 60 rows.
pub(crate) fn rows(world: &World, whm: bool, dice: &mut StdRng) -> Vec<Row> {
    let mut drawer = Drawer {
        mailboxes: world.mailboxes.keys().cloned().collect(),
        accounts: world.accounts.keys().cloned().collect(),
        all_weak: dice.random_bool(0.06),
        world,
        whm,
        dice,
    };
    let most = if drawer.dice.random_bool(0.5) { 12 } else { 60 };
    let count = drawer.dice.random_range(1..=most);
    let mut rows: Vec<Row> = Vec::new();
    for index in 0..count {
        let kind = drawer.kind(&rows);
        rows.push(Row { row: index + 2, kind });
    }
    rows
}

struct Drawer<'a> {
    /// Those that no row names yet.
    mailboxes: Vec<String>,
    accounts: Vec<String>,
    /// Whether every password is too weak.
    all_weak: bool,
    world: &'a World,
    whm: bool,
    dice: &'a mut StdRng,
}

impl Drawer<'_> {
    fn kind(&mut self, before: &[Row]) -> Kind {
        match self.dice.random_range(0..100) {
            0..12 => self.repeat(before),
            12..16 => Kind::Invalid,
            16..19 => Kind::Skipped,
            19..24 => self.account(),
            24..30 => self.stranger(),
            _ => self.mailbox(),
        }
    }

    fn repeat(&mut self, before: &[Row]) -> Kind {
        let changes: Vec<(usize, &Wanted)> = before
            .iter()
            .enumerate()
            .filter_map(|(index, row)| match &row.kind {
                Kind::Change(wanted) => Some((index, wanted)),
                _ => None,
            })
            .collect();
        if changes.is_empty() {
            return Kind::Invalid;
        }
        let (first, wanted) = changes[self.dice.random_range(0..changes.len())];
        Kind::Repeat(first, wanted.clone())
    }

    fn mailbox(&mut self) -> Kind {
        let target = self.mailboxes.swap_remove(self.dice.random_range(0..self.mailboxes.len()));
        let owner = &self.world.mailboxes[&target].account;
        let named = (self.whm && self.dice.random_bool(0.3)).then(|| owner.clone());
        let new = self.new_password();
        Kind::Change(Wanted { target, named, new, old: None })
    }

    /// A mailbox that is not there, in a domain that is or is not, or of an account that it is not of.
    fn stranger(&mut self) -> Kind {
        let new = self.new_password();
        let number = self.dice.random_range(0..1_000_000);
        let accounts: Vec<_> = self.world.accounts.iter().collect();
        let (name, account) = accounts[self.dice.random_range(0..accounts.len())];
        let (domain, named) = match self.dice.random_range(0..4) {
            0 => ("nobody.example", None),
            1 => ("nobody.example", Some(name.clone())),
            2 => (account.domains[0].as_str(), Some("stranger".to_owned())),
            _ => (account.domains[0].as_str(), None),
        };
        Kind::Change(Wanted { target: format!("nobody{number}@{domain}"), named, new, old: None })
    }

    fn account(&mut self) -> Kind {
        if self.accounts.is_empty() {
            return self.mailbox();
        }
        let target = self.accounts.swap_remove(self.dice.random_range(0..self.accounts.len()));
        let old = match self.dice.random_range(0..4) {
            0 => None,
            1 => Some("wr0ng-Canary#old".to_owned()),
            _ => Some(OLD.to_owned()),
        };
        Kind::Change(Wanted { target, named: None, new: self.new_password(), old })
    }

    /// A password unlike all others; some are too weak, and some hold what has to be escaped.
    fn new_password(&mut self) -> String {
        let number: u32 = self.dice.random_range(0..1_000_000);
        if self.all_weak || self.dice.random_bool(0.08) {
            return if self.dice.random_bool(0.5) {
                format!("q#{}", number % 10)
            } else {
                format!("w#{}", number % 10_000)
            };
        }
        let tail = ["", "\"\\&%+=", "é€ ß", "<ß> 'x'"][self.dice.random_range(0..4)];
        if self.dice.random_bool(0.05) { OLD.to_owned() } else { format!("C4nary#{number:06}{tail}") }
    }
}
