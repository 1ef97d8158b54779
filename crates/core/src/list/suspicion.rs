//! Whether what was taken for passwords looks as if it were something else: then the user is asked before anything is sent.

use std::collections::HashSet;
use std::fmt;

use secrecy::ExposeSecret;

use super::facts::{Field, TakenColumn};
use super::names::{Heading, heading};
use crate::address::Address;
use crate::entry::{Entry, Task};
use crate::target::Target;

/// So many passwords that are all the same are no chance.
const ALIKE: usize = 3;

/// Of so many passwords half are not the same by chance.
const MANY: usize = 6;

/// Of so many passwords there are not just [`FEW`] by chance, but answers to a question: yes, no and nothing.
const ANSWERS: usize = 10;

/// So many different ones.
const FEW: usize = 3;

/// So many passwords that are domains of the list's own addresses are no chance.
const DOMAINS: usize = 3;

/// What is suspicious about the passwords of a list. It holds none of them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Suspicion {
    /// All of so many are the same.
    AllAlike {
        /// How many changes there are.
        changes: usize,
    },
    /// Half of them or more are the same.
    Alike {
        /// How many.
        count: usize,
        /// Of so many changes.
        changes: usize,
    },
    /// There are hardly any different ones.
    Few {
        /// How many different ones.
        values: usize,
        /// In so many changes.
        changes: usize,
    },
    /// Half of them or more are domains of the list's addresses.
    Domains {
        /// How many.
        count: usize,
        /// Of so many changes.
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
            Self::Alike { count, changes } => write!(formatter, "{count} of {changes} new passwords are the same"),
            Self::Few { values, changes } => {
                write!(formatter, "among {changes} new passwords there are only {values} different ones")
            }
            Self::Domains { count, changes } => {
                write!(formatter, "{count} of {changes} new passwords are domains of the list's addresses")
            }
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
    let changes = || entries.iter().filter_map(change);
    let (mut all, mut targets, mut addresses) = (0_usize, 0_usize, 0_usize);
    for (new, target) in changes() {
        all += 1;
        targets += usize::from(target.is_some_and(|target| names(target, new)));
        addresses += usize::from(Address::parse(new).is_ok());
    }
    if all == 0 {
        return Vec::new();
    }
    let in_domains = in_domains(changes, all);
    let found = [
        repeated(|| changes().map(|(new, _)| new), all),
        (in_domains >= DOMAINS && in_domains * 2 >= all)
            .then_some(Suspicion::Domains { count: in_domains, changes: all }),
        (targets * 2 >= all).then_some(Suspicion::Targets { count: targets, changes: all }),
        (addresses * 2 > all).then_some(Suspicion::Addresses { count: addresses, changes: all }),
        changes().all(|(new, _)| heading(new).is_some()).then_some(Suspicion::Headings),
        headed_otherwise(columns).map(|field| Suspicion::Headed { field }),
    ];
    found.into_iter().flatten().collect()
}

/// The password that would be sent, and to what.
fn change(entry: &Entry) -> Option<(&str, Option<&Target>)> {
    match &entry.task {
        Task::Change(passwords) => Some((passwords.new.expose_secret(), entry.target.as_ref())),
        Task::Repeat { .. } | Task::Invalid(_) | Task::Skipped(_) | Task::Settled(_) => None,
    }
}

/// Whether the same passwords come again and again.
fn repeated<'a, T: Iterator<Item = &'a str>>(passwords: impl Fn() -> T, all: usize) -> Option<Suspicion> {
    let values = different(passwords(), FEW);
    if values == Some(1) {
        return (all >= ALIKE).then_some(Suspicion::AllAlike { changes: all });
    }
    if all >= MANY {
        // What half of all are is left so often at least: no more than a third of all is struck out of it.
        let likely = frequent(passwords()).into_iter().filter(|(_, left)| left * 6 >= all);
        let times = likely.map(|(frequent, _)| passwords().filter(|new| *new == frequent).count());
        if let Some(most) = times.max().filter(|most| most * 2 >= all) {
            return Some(Suspicion::Alike { count: most, changes: all });
        }
    }
    values.filter(|_| all >= ANSWERS).map(|values| Suspicion::Few { values, changes: all })
}

/// How many different texts there are, unless there are more than `few`.
fn different<'a>(texts: impl Iterator<Item = &'a str>, few: usize) -> Option<usize> {
    let mut seen: Vec<&str> = Vec::with_capacity(few);
    for text in texts {
        if !seen.contains(&text) {
            if seen.len() == few {
                return None;
            }
            seen.push(text);
        }
    }
    Some(seen.len())
}

/// Two texts, among which is any that half of all are. (Misra and Gries, Finding repeated elements, 1982: what is more than a third outlasts all
/// that is struck out three at a time.)
fn frequent<'a>(texts: impl Iterator<Item = &'a str>) -> [(&'a str, usize); 2] {
    let mut kept = [("", 0), ("", 0)];
    for text in texts {
        if let Some((_, count)) = kept.iter_mut().find(|(own, count)| *count > 0 && *own == text) {
            *count += 1;
        } else if let Some(free) = kept.iter_mut().find(|(_, count)| *count == 0) {
            *free = (text, 1);
        } else {
            for (_, count) in &mut kept {
                *count -= 1;
            }
        }
    }
    kept
}

/// How many passwords are domains of the addresses that are to be changed; none, where hardly any could be one.
fn in_domains<'a, T: Iterator<Item = (&'a str, Option<&'a Target>)>>(changes: impl Fn() -> T, all: usize) -> usize {
    let dotted = changes().filter(|(new, _)| new.contains('.')).count();
    if dotted < DOMAINS || dotted * 2 < all {
        return 0;
    }
    let domain = |target: &'a Target| match target {
        Target::Mailbox(address) => Some(address.domain()),
        Target::Account(_) => None,
    };
    let known: HashSet<&str> = changes().filter_map(|(_, target)| target.and_then(domain)).collect();
    changes().filter(|(new, _)| known.contains(new.to_ascii_lowercase().as_str())).count()
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

    /// Changes of so many mailboxes of two domains, with the passwords that a rule gives.
    fn found_among(changes: usize, password: impl Fn(usize) -> String) -> Vec<Suspicion> {
        let domain = |number: usize| ["example.com", "example.net"][number % 2];
        let rows: Vec<_> = (0..changes).map(|n| (format!("user{n}@{}", domain(n)), password(n))).collect();
        let rows: Vec<_> = rows.iter().map(|(target, new)| (target.as_str(), new.as_str())).collect();
        found(&rows)
    }

    /// POL-04: an odd row does not hide that the others are the same.
    #[test]
    fn passwords_half_of_which_are_the_same_are_suspicious() {
        let same_but = |others: usize| move |n: usize| if n < others { format!("Tide&{n}") } else { "Orchard7".into() };
        assert_eq!(found_among(30, same_but(1)), [Suspicion::Alike { count: 29, changes: 30 }]);
        assert_eq!(found_among(6, same_but(3)), [Suspicion::Alike { count: 3, changes: 6 }]);
        assert_eq!(found_among(6, same_but(4)), []);
        assert_eq!(found_among(5, same_but(1)), []);
    }

    /// POL-04: nor are answers to a question passwords.
    #[test]
    fn passwords_of_few_values_are_suspicious() {
        let answers = |n: usize| String::from(["Yes", "No", "-"][n % 3]);
        assert_eq!(found_among(10, answers), [Suspicion::Few { values: 3, changes: 10 }]);
        assert_eq!(found_among(9, answers), []);
        let yes_and_no = |n: usize| String::from(["Yes", "No"][n % 2]);
        assert_eq!(found_among(40, yes_and_no), [Suspicion::Alike { count: 20, changes: 40 }]);
        assert_eq!(found_among(40, |n| format!("Tide&{}", n % 4)), []);
    }

    /// POL-04: nor are domains.
    #[test]
    fn passwords_that_are_domains_of_the_list_are_suspicious() {
        let domains = |n: usize| match n % 4 {
            0 => String::from("example.net"),
            1 => String::from("EXAMPLE.com"),
            _ => format!("Tide&{n}"),
        };
        assert_eq!(found_among(8, domains), [Suspicion::Domains { count: 4, changes: 8 }]);
        assert_eq!(found_among(7, |n| domains(n + 2)), [], "three of seven");
        assert_eq!(found_among(2, domains), [], "two may be");
        assert_eq!(found_among(8, |n| format!("example{n}.org")), [], "other domains");
    }

    /// POL-04: what people really give is not questioned.
    #[test]
    fn ordinary_lists_are_not_suspicious() {
        for changes in [1, 2, 3, 5, 6, 10, 11, 50, 400] {
            for form in ["Password{}!", "Orchard{}", "{}tide.example.com", "Yes{}", "example.com{}"] {
                assert_eq!(found_among(changes, |n| form.replace("{}", &n.to_string())), [], "{changes} {form}");
            }
        }
        assert_eq!(found_among(2, |_| String::from("Tide&7")), []);
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
