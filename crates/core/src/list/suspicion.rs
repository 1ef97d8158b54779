//! Whether what was taken for passwords looks as if it were something else: then the user is asked before anything is sent.

use std::fmt;

use secrecy::ExposeSecret;

use super::facts::{Field, TakenColumn};
use super::names::{Heading, heading};
use crate::address::Address;
use crate::entry::{Entry, Task};
use crate::target::Target;

/// So many passwords that are all the same are no chance.
const ALIKE: usize = 3;

/// What is suspicious about the passwords of a list. It holds none of them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Suspicion {
    /// All of so many are the same.
    AllAlike {
        /// How many changes there are.
        changes: usize,
    },
    /// Half of them or more are what they are for: the address, its part before the @, or the account's name.
    Targets {
        /// How many.
        count: usize,
        /// Of so many changes.
        changes: usize,
    },
    /// More than half of them are e-mail addresses.
    Addresses {
        /// How many.
        count: usize,
        /// Of so many changes.
        changes: usize,
    },
    /// Every one is a word that heads a column.
    Headings,
    /// The header of their column is a name for something else.
    Headed {
        /// For what.
        field: Field,
    },
}

impl fmt::Display for Suspicion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllAlike { changes } => write!(formatter, "all {changes} new passwords are the same"),
            Self::Targets { count, changes } => {
                write!(formatter, "{count} of {changes} new passwords are the address or the name that they are for")
            }
            Self::Addresses { count, changes } => {
                write!(formatter, "{count} of {changes} new passwords are e-mail addresses")
            }
            Self::Headings => formatter.write_str("every new password is a word that heads a column"),
            Self::Headed { field } => {
                write!(formatter, "the header of the column with the new passwords is a name for {}", field.noun())
            }
        }
    }
}

/// Everything that is suspicious about the passwords that would be sent.
pub(super) fn suspicions(entries: &[Entry], columns: &[TakenColumn]) -> Vec<Suspicion> {
    let changes: Vec<(&str, Option<&Target>)> = entries.iter().filter_map(change).collect();
    let Some((first, _)) = changes.first() else { return Vec::new() };
    let all = changes.len();
    let count = |is: &dyn Fn(&str, Option<&Target>) -> bool| changes.iter().filter(|(new, of)| is(new, *of)).count();
    let targets = count(&|new, target| target.is_some_and(|target| names(target, new)));
    let addresses = count(&|new, _| Address::parse(new).is_ok());
    let found = [
        (all >= ALIKE && changes.iter().all(|(new, _)| new == first)).then_some(Suspicion::AllAlike { changes: all }),
        (targets * 2 >= all).then_some(Suspicion::Targets { count: targets, changes: all }),
        (addresses * 2 > all).then_some(Suspicion::Addresses { count: addresses, changes: all }),
        changes.iter().all(|(new, _)| heading(new).is_some()).then_some(Suspicion::Headings),
        headed_otherwise(columns).map(|field| Suspicion::Headed { field }),
    ];
    found.into_iter().flatten().collect()
}

/// The password that would be sent, and to what.
fn change(entry: &Entry) -> Option<(&str, Option<&Target>)> {
    match &entry.task {
        Task::Change(passwords) => Some((passwords.new.expose_secret(), entry.target.as_ref())),
        Task::Repeat { .. } | Task::Invalid(_) | Task::Skipped(_) => None,
    }
}

/// Whether a text is a target's address, the part of it before the @, or its name.
fn names(target: &Target, text: &str) -> bool {
    let local = match target {
        Target::Mailbox(address) => address.local(),
        Target::Account(name) => name.as_str(),
    };
    text.eq_ignore_ascii_case(target.as_str()) || text.eq_ignore_ascii_case(local)
}

/// What the header of the passwords' column is a name for, where that is something else.
fn headed_otherwise(columns: &[TakenColumn]) -> Option<Field> {
    let header = columns.iter().find(|taken| taken.field == Field::Password)?.header.as_deref()?;
    heading(header).map(Heading::field).filter(|field| *field != Field::Password)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::account::AccountName;

    fn entries(rows: &[(&str, &str)]) -> Vec<Entry> {
        let entry = |(target, password): &(&str, &str)| Entry {
            row: 2,
            target: Some(match Address::parse(target) {
                Ok(address) => address.into(),
                Err(_) => AccountName::parse(target).unwrap().into(),
            }),
            account: None,
            task: Task::Change(SecretString::from(*password).into()),
        };
        rows.iter().map(entry).collect()
    }

    fn found(rows: &[(&str, &str)]) -> Vec<Suspicion> {
        suspicions(&entries(rows), &[])
    }

    /// POL-04: three passwords that are all the same are questioned, two are not.
    #[test]
    fn passwords_that_are_all_the_same_are_suspicious() {
        let rows = [("a@example.com", "Tide&7"), ("b@example.com", "Tide&7"), ("c@example.com", "Tide&7")];
        assert_eq!(found(&rows), [Suspicion::AllAlike { changes: 3 }]);
        assert_eq!(found(&rows[..2]), []);
        assert_eq!(found(&[rows[0], rows[1], ("c@example.com", "Tide&8")]), []);
    }

    /// POL-04: and so are names and addresses, where they are half of the passwords.
    #[test]
    fn passwords_that_are_their_own_addresses_are_suspicious() {
        for own in ["anna", "ANNA", "anna@example.com"] {
            let rows = [("anna@example.com", own), ("bob@example.com", "Tide&7")];
            assert_eq!(found(&rows), [Suspicion::Targets { count: 1, changes: 2 }], "{own}");
            let rows = [rows[0], rows[1], ("eve@example.com", "Tide&8")];
            assert_eq!(found(&rows), [], "{own}: one of three");
        }
        assert_eq!(found(&[("shop", "shop")]), [Suspicion::Targets { count: 1, changes: 1 }]);
    }

    /// POL-04: more than half of them being addresses of others, too.
    #[test]
    fn passwords_that_are_addresses_are_suspicious() {
        let rows = [("a@example.com", "x@example.net"), ("b@example.com", "y@example.net"), ("c@example.com", "Tide")];
        assert_eq!(found(&rows), [Suspicion::Addresses { count: 2, changes: 3 }]);
        assert_eq!(found(&rows[1..]), []);
    }

    /// POL-04: words that head columns, and a column that is headed as another.
    #[test]
    fn passwords_that_are_headers_are_suspicious() {
        let rows = [("a@example.com", "Mot de passe"), ("b@example.com", "MDP"), ("c@example.com", "password")];
        assert_eq!(found(&rows), [Suspicion::Headings]);
        assert_eq!(found(&[rows[0], ("b@example.com", "Tide&7")]), []);
        let column = |header: &str| TakenColumn { field: Field::Password, column: 2, header: Some(header.to_owned()) };
        let rows = entries(&[("a@example.com", "Tide&7")]);
        assert_eq!(suspicions(&rows, &[column("Domaine")]), [Suspicion::Headed { field: Field::Domain }]);
        assert_eq!(suspicions(&rows, &[column("nouveau mdp")]), []);
        assert_eq!(suspicions(&rows, &[column("secret word")]), []);
    }

    #[test]
    fn a_list_without_a_change_is_not_suspicious() {
        assert_eq!(suspicions(&[], &[]), []);
    }
}
