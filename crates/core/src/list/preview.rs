//! The columns as they were taken, each with a sample of what stands in it. Of passwords it shows no more than which kinds of signs there are,
//! and no more of what may be passwords: a column is what it was taken for where a known header says so, or full addresses do.

use secrecy::ExposeSecret;

use super::facts::{Field, TakenColumn};
use super::names::{Heading, heading};
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
    /// What stands in it in the first changes; a mask and the kinds of signs of all changes where that is secret, or may be. Safe to show; empty
    /// where no change has anything there.
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
            Field::Email => self.shown(self.has_sure_addresses(), address, local),
            Field::Domain => self.shown(self.is_sure(Field::Domain), domain, domain),
            // One of two words of ours, whatever the cell says.
            Field::Kind => first(&self.entries, |entry| Some(entry.target.as_ref()?.kind().word())),
            Field::Account => self.shown(self.is_sure(Field::Account), account, account),
            Field::Password => masked(passwords(&self.entries).map(|passwords| passwords.new.expose_secret())),
            Field::OldPassword => {
                masked(passwords(&self.entries).filter_map(|passwords| Some(passwords.old.as_ref()?.expose_secret())))
            }
        };
        self.facts.columns.iter().map(|taken| Preview { taken, sample: sample(taken.field) }).collect()
    }

    /// The first texts of a column that surely is what it was taken for; of another the kinds of signs in what `cell` gives of it.
    fn shown<'a>(
        &'a self,
        sure: bool,
        text: fn(&'a Entry) -> Option<&'a str>,
        cell: fn(&'a Entry) -> Option<&'a str>,
    ) -> String {
        if sure { first(&self.entries, text) } else { masked(changes(&self.entries).filter_map(cell)) }
    }

    /// Whether what is shown of the addresses is from no other column: a domain may be from its own.
    fn has_sure_addresses(&self) -> bool {
        let mut columns = self.facts.columns.iter();
        self.is_sure(Field::Email) && columns.all(|taken| taken.field != Field::Domain || self.is_sure(Field::Domain))
    }

    /// Whether a column surely is what it was taken for. What only looks like a domain or a name may be a password.
    fn is_sure(&self, field: Field) -> bool {
        let mut headers = self.facts.columns.iter().filter(|taken| taken.field == field).map(|taken| &taken.header);
        let named = headers.any(|header| header.as_deref().and_then(heading).is_some_and(|known| is_for(known, field)));
        named || self.facts.full_addresses && matches!(field, Field::Email | Field::Domain)
    }
}

/// Whether a column so headed holds a field. In a list of accounts their names stand where addresses do elsewhere.
fn is_for(heading: Heading, field: Field) -> bool {
    heading.field() == field || heading == Heading::Account && field == Field::Email
}

fn address(entry: &Entry) -> Option<&str> {
    Some(entry.target.as_ref()?.as_str())
}

fn local(entry: &Entry) -> Option<&str> {
    match entry.target.as_ref()? {
        Target::Mailbox(address) => Some(address.local()),
        Target::Account(name) => Some(name.as_str()),
    }
}

fn domain(entry: &Entry) -> Option<&str> {
    match entry.target.as_ref()? {
        Target::Mailbox(address) => Some(address.domain()),
        Target::Account(_) => None,
    }
}

fn account(entry: &Entry) -> Option<&str> {
    Some(entry.account.as_ref()?.as_str())
}

fn changes(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(|entry| matches!(entry.task, Task::Change(_)))
}

fn passwords(entries: &[Entry]) -> impl Iterator<Item = &Passwords> {
    entries.iter().filter_map(|entry| match &entry.task {
        Task::Change(passwords) => Some(passwords),
        Task::Repeat { .. } | Task::Invalid(_) | Task::Skipped(_) | Task::Settled(_) => None,
    })
}

/// The first different texts of changes.
fn first<'a>(entries: &'a [Entry], of: impl Fn(&'a Entry) -> Option<&'a str>) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for text in changes(entries).filter_map(of) {
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
fn masked<'a>(secrets: impl Iterator<Item = &'a str>) -> String {
    let mut seen = [false; KINDS.len()];
    for secret in secrets {
        for (seen, (_, is)) in seen.iter_mut().zip(KINDS) {
            *seen = *seen || secret.contains(is);
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

    fn without_header(columns: &str, domain: Option<&str>) -> ListOptions {
        let columns = columns.parse().unwrap();
        ListOptions { columns, domain: domain.map(Into::into), header: false, ..ListOptions::default() }
    }

    /// POL-04: what the user takes for names of users, domains or accounts may be passwords.
    #[test]
    fn what_neither_a_header_nor_an_at_sign_tells_is_masked() {
        let shown = |list: &str, columns, domain, field| {
            let samples = samples(list, &without_header(columns, domain));
            samples.into_iter().find(|(own, _)| *own == field).unwrap().1
        };
        let list = "anna,tide7,123a\nbob,reef8,456b\n";
        let at = Some("example.com");
        assert_eq!(shown(list, "email=B,password=C", at, Field::Email), "•••••••• (letters, digits)");
        let list = "anna,tide.reef,x7\n";
        assert_eq!(shown(list, "email=A,domain=B,password=C", None, Field::Domain), "•••••••• (letters, signs)");
        assert_eq!(shown(list, "email=A,domain=B,password=C", None, Field::Email), "•••••••• (letters)");
        let list = "anna@example.com,tide,x7\n";
        assert_eq!(shown(list, "email=A,account=B,password=C", None, Field::Account), "•••••••• (letters)");
        assert_eq!(shown(list, "email=A,account=B,password=C", None, Field::Email), "anna@example.com");
        let mixed = "anna@example.com,x7\ntide,x8\n";
        assert_eq!(shown(mixed, "email=A,password=B", at, Field::Email), "•••••••• (letters)");
        assert_eq!(shown("anna@example.com,a\n", "email=A,password=B", None, Field::Email), "anna@example.com");
    }

    /// POL-04: a header that names another column does not name this one, nor does one that only the user knows.
    #[test]
    fn what_another_header_says_is_masked() {
        let domain = Some("example.com".to_owned());
        for (header, columns, sample) in [
            ("user,x,secret", "password=C", "anna@example.com"),
            ("password,x,secret", "email=A,password=C", "•••••••• (letters)"),
            ("Heslo,x,secret", "email=Heslo,password=C", "•••••••• (letters)"),
        ] {
            let columns = columns.parse().unwrap();
            let options = ListOptions { columns, domain: domain.clone(), ..ListOptions::default() };
            assert_eq!(samples(&format!("{header}\nanna,x,Tide7\n"), &options)[0].1, sample, "{header}");
        }
        let domain_of_another = "email,x,password\nanna,tide.reef,Tide7\n";
        let options = ListOptions { columns: "domain=B".parse().unwrap(), ..ListOptions::default() };
        assert_eq!(samples(domain_of_another, &options)[0].1, "•••••••• (letters)");
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
