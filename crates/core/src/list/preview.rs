//! The columns as they were taken, each with a sample of what stands in it. Of passwords it shows no more than which kinds of signs there are.

use secrecy::{ExposeSecret, SecretString};

use super::facts::{Field, TakenColumn};
use super::read::List;
use super::suspicion::Suspicion;
use crate::change::Passwords;
use crate::entry::{Entry, Task};
use crate::target::Target;
use crate::text;

/// What stands for a password, however long.
const MASK: &str = "••••••••";

/// A kind of signs, and what is one of them.
type Kind = (&'static str, fn(char) -> bool);

const KINDS: [Kind; 4] = [
    ("letters", char::is_alphabetic),
    ("digits", char::is_numeric),
    ("spaces", char::is_whitespace),
    ("signs", |sign| !sign.is_alphanumeric() && !sign.is_whitespace()),
];

/// So many samples of a column.
const SAMPLES: usize = 2;

/// A column as it was taken.
#[derive(Clone, Debug)]
pub struct Preview<'a> {
    /// Which one, for what.
    pub taken: &'a TakenColumn,
    /// What stands in it in the first changes; a mask and the kinds of signs of all changes where that is secret. Safe to show; empty where no
    /// change has anything there.
    pub sample: String,
}

impl List {
    /// The columns, each with a sample.
    #[must_use]
    pub fn previews(&self) -> Vec<Preview<'_>> {
        // Where passwords are addresses, what was taken for addresses may be passwords.
        let swapped = self.suspicions.iter().any(|found| matches!(found, Suspicion::Addresses { .. }));
        let sample = |field| match field {
            Field::Email if swapped => MASK.to_owned(),
            Field::Email => first(&self.entries, |entry| Some(entry.target.as_ref()?.as_str())),
            Field::Domain => first(&self.entries, domain),
            Field::Kind => first(&self.entries, |entry| Some(entry.target.as_ref()?.kind().word())),
            Field::Account => first(&self.entries, |entry| Some(entry.account.as_ref()?.as_str())),
            Field::Password => masked(passwords(&self.entries).map(|passwords| &passwords.new)),
            Field::OldPassword => masked(passwords(&self.entries).filter_map(|passwords| passwords.old.as_ref())),
        };
        self.facts.columns.iter().map(|taken| Preview { taken, sample: sample(taken.field) }).collect()
    }
}

fn domain(entry: &Entry) -> Option<&str> {
    match entry.target.as_ref()? {
        Target::Mailbox(address) => Some(address.domain()),
        Target::Account(_) => None,
    }
}

fn passwords(entries: &[Entry]) -> impl Iterator<Item = &Passwords> {
    entries.iter().filter_map(|entry| match &entry.task {
        Task::Change(passwords) => Some(passwords),
        Task::Repeat { .. } | Task::Invalid(_) | Task::Skipped(_) => None,
    })
}

/// The first different texts of changes.
fn first<'a>(entries: &'a [Entry], of: impl Fn(&'a Entry) -> Option<&'a str>) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for text in entries.iter().filter(|entry| matches!(entry.task, Task::Change(_))).filter_map(of) {
        if shown.contains(&text) {
            continue;
        }
        if shown.len() == SAMPLES {
            return format!("{} …", text::safe(&shown.join(", ")));
        }
        shown.push(text);
    }
    text::safe(&shown.join(", ")).into_owned()
}

/// Which kinds of signs stand in secrets, all of them together.
fn masked<'a>(secrets: impl Iterator<Item = &'a SecretString>) -> String {
    let mut seen = [false; KINDS.len()];
    for secret in secrets {
        for (seen, (_, is)) in seen.iter_mut().zip(KINDS) {
            *seen |= secret.expose_secret().contains(is);
        }
    }
    let words: Vec<&str> = KINDS.iter().zip(seen).filter(|(_, seen)| *seen).map(|((word, _), _)| *word).collect();
    if words.is_empty() { String::new() } else { format!("{MASK} ({})", words.join(", ")) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::{ListOptions, Source, read};
    use super::*;

    /// Each column's field and sample.
    fn samples(list: &str, options: &ListOptions) -> Vec<(Field, String)> {
        let list = read(&Source::Bytes { name: "-".into(), bytes: list.as_bytes().to_vec().into() }, options).unwrap();
        list.previews().into_iter().map(|preview| (preview.taken.field, preview.sample)).collect()
    }

    /// POL-04: addresses may be seen; of passwords neither a letter nor how many there are.
    #[test]
    fn samples_are_of_the_first_changes_and_passwords_are_masked() {
        let list = "email,password,account\nno address,x9,\nanna@example.com,Tide&7,shop\nbob@example.com,Reef,\n\
                    eve@example.com,A-very-long-one,shop\n";
        let expected = [
            (Field::Email, "anna@example.com, bob@example.com …".to_owned()),
            (Field::Password, "•••••••• (letters, digits, signs)".to_owned()),
            (Field::Account, "shop".to_owned()),
        ];
        assert_eq!(samples(list, &ListOptions::default()), expected);
    }

    #[test]
    fn the_kinds_of_signs_are_those_of_all_changes_and_no_more() {
        for (one, other, kinds) in [
            ("1234", "98", "digits"),
            ("tide", "été", "letters"),
            ("tide", "98", "letters, digits"),
            ("tide orchard", "x", "letters, spaces"),
            ("&&", "x", "letters, signs"),
        ] {
            let list = format!("email,password\na@example.com,{one}\nb@example.com,{other}\n");
            assert_eq!(samples(&list, &ListOptions::default())[1].1, format!("•••••••• ({kinds})"));
        }
    }

    /// POL-04: what was taken for addresses may be passwords, where what was taken for passwords is addresses.
    #[test]
    fn where_passwords_are_addresses_addresses_are_not_shown() {
        let columns = "email=B,password=A".parse().unwrap();
        let options = ListOptions { columns, domain: Some("example.com".into()), ..ListOptions::default() };
        let list = "a,b\nanna@example.com,Tide7\nbob@example.com,Reef8\n";
        assert_eq!(samples(list, &options)[0], (Field::Email, "••••••••".to_owned()));
    }
}
