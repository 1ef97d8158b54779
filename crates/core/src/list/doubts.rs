//! What is taken exactly as it stands, and is worth a second look all the same: passwords with signs that another program may have put in
//! place of plain ones, and domains whose letters come from several scripts.

use std::collections::BTreeMap;

use idna::AsciiDenyList;
use idna::uts46::{Hyphens, Uts46};
use memchr::memchr;
use secrecy::ExposeSecret;

use super::facts::{Field, ListFacts};
use super::layout::Layout;
use crate::change::Passwords;
use crate::entry::{Entry, Task};
use crate::place::column_letters;
use crate::target::Target;
use crate::text::{is_harmless, safe};

/// How many places a warning names.
const NAMED: usize = 5;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    passwords: Rows,
    /// For each domain of mixed scripts, as it is sent, where it stands.
    domains: BTreeMap<String, Rows>,
}

/// Some rows: how many, and the first of them with the column that is meant.
#[derive(Debug, Default)]
struct Rows {
    count: usize,
    first: Vec<(u32, Option<u32>)>,
}

impl Doubts {
    /// Looks at a row that would be sent.
    pub(super) fn look_at(&mut self, entry: &Entry, layout: &Layout) {
        let Task::Change(Passwords { new, old }) = &entry.task else { return };
        if has_doubtful_sign(new.expose_secret()) {
            self.passwords.add(entry.row, layout.column(Field::Password));
        } else if old.as_ref().is_some_and(|old| has_doubtful_sign(old.expose_secret())) {
            self.passwords.add(entry.row, layout.column(Field::OldPassword));
        }
        if let Some(Target::Mailbox(address)) = &entry.target
            && has_coded_label(address.domain())
            && is_mixed(address.domain())
        {
            let column = layout.column(Field::Domain).or(layout.column(Field::Email));
            self.domains.entry(address.domain().to_owned()).or_default().add(entry.row, column);
        }
    }

    /// Tells of what was found.
    pub(super) fn tell(&self, facts: &mut ListFacts) {
        if self.passwords.count > 0 {
            let warning = format!(
                "{} password(s) hold signs that a word processor or a spreadsheet may have put in place of what was typed, such as curly \
                 quotation marks, long dashes, ligatures, wide letters, spaces that are none, or signs that nobody sees: {}; they are taken exactly as they stand",
                self.passwords.count,
                self.passwords.places(facts)
            );
            facts.warnings.push(warning);
        }
        for (domain, rows) in self.domains.iter().take(NAMED) {
            let warning = format!(
                "the domain {} ({domain}) mixes letters of several scripts, which may look like another name: {}",
                safe(&readable(domain)),
                rows.places(facts)
            );
            facts.warnings.push(warning);
        }
        if self.domains.len() > NAMED {
            facts.warnings.push(format!("{} more domains mix letters of several scripts", self.domains.len() - NAMED));
        }
    }
}

impl Rows {
    fn add(&mut self, row: u32, column: Option<u32>) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push((row, column));
        }
    }

    fn places(&self, facts: &ListFacts) -> String {
        let place = |(row, column): &(u32, Option<u32>)| match (&facts.sheet, column) {
            (Some(_), Some(column)) => format!("{}{row}", column_letters(*column)),
            _ => format!("row {row}"),
        };
        let named = self.first.iter().map(place).collect::<Vec<_>>().join(", ");
        match self.count.saturating_sub(self.first.len()) {
            0 => named,
            more => format!("{named} and {more} more"),
        }
    }
}

/// Whether a text holds what word processors and spreadsheets put in place of plain signs, or what is not seen.
fn has_doubtful_sign(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|letter| {
            let stands_for_another = matches!(letter,
                '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{2800}' | '\u{3000}'
                | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{2024}'..='\u{2026}' | '\u{2032}'..='\u{2037}' | '\u{2212}'
                | '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}');
            stands_for_another || !is_harmless(letter)
        })
}

/// Whether a domain may have a label that stands for one with letters outside ASCII.
fn has_coded_label(domain: &str) -> bool {
    memchr(b'-', domain.as_bytes()).is_some() && domain.contains("xn--")
}

/// A domain as it is read.
fn readable(domain: &str) -> String {
    Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow).0.into_owned()
}

/// Whether a label of the domain has letters of more than one of the scripts whose letters look alike.
fn is_mixed(domain: &str) -> bool {
    readable(domain).split('.').any(|label| {
        let mut scripts = label.chars().filter_map(script);
        scripts.next().is_some_and(|first| scripts.any(|other| other != first))
    })
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
}

/// The script of a letter, where its letters look like those of others. (The blocks are those of the Unicode Standard.)
fn script(letter: char) -> Option<Script> {
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => {
            Some(Script::Latin)
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Script::Greek),
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}' => {
            Some(Script::Cyrillic)
        }
        '\u{530}'..='\u{58f}' => Some(Script::Armenian),
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Some(Script::Cherokee),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::address::normal_domain;

    /// INP-14, INP-15, INP-16: what another program may have put there is told; letters of any language are not.
    #[test]
    fn signs_that_may_stand_for_plain_ones_are_doubtful() {
        for text in [
            "\u{201c}a\u{201d}",
            "a\u{2019}s",
            "a\u{2013}b",
            "a\u{2026}",
            "\u{ff21}1",
            "o\u{fb03}ce",
            "a\u{a0}b",
            "a\u{200b}b",
            "a\u{2212}1",
            "a\u{34f}b",
            "a\u{3164}b",
            "a\u{fe0f}b",
            "a\u{180b}b",
            "a\u{206a}b",
            "a\u{2800}b",
            "a\u{e0041}b",
        ] {
            assert!(has_doubtful_sign(text), "{text:?}");
        }
        for text in ["", "a-b'c\"...", "été €", "пароль", "密码", "pa\u{301}ss", "ß«»"] {
            assert!(!has_doubtful_sign(text), "{text:?}");
        }
    }

    /// INP-29: letters of two scripts within one label, in whichever form the list has them.
    #[test]
    fn a_label_of_several_scripts_is_told() {
        for (domain, mixed) in [
            ("p\u{430}ypal.example", true),
            ("xn--pypal-4ve.example", true),
            ("www.\u{3b1}pple.example", true),
            ("bücher.example", false),
            ("пример.example", false),
            ("παράδειγμα.example", false),
            ("例え.example", false),
            ("straße-пример.example", true),
        ] {
            assert_eq!(is_mixed(&normal_domain(domain).unwrap()), mixed, "{domain}");
        }
    }
}
