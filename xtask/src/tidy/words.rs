//! Words that may stand only in some places.

use std::collections::BTreeSet;

use super::rules::{WORDS, WordRule};
use super::source::{Offence, Source, has_word, lines_with};

pub(super) fn check(source: &Source) -> Vec<Offence> {
    WORDS.iter().filter(|rule| applies(rule, &source.path)).flat_map(|rule| offences(rule, source)).collect()
}

fn applies(rule: &WordRule, path: &str) -> bool {
    let under = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
    under(rule.within) && !under(rule.except)
}

fn offences(rule: &WordRule, source: &Source) -> Vec<Offence> {
    let places = rule.words.iter().flat_map(|word| lines(source, word).into_iter().map(move |line| (word, line)));
    places.map(|(word, line)| Offence::at(&source.path, line, format!("`{word}` stands here"), rule.remedy)).collect()
}

/// The lines with the word, be it written out or put together from a group.
fn lines(source: &Source, word: &str) -> BTreeSet<usize> {
    let paths = source.paths.iter().filter(|(_, path)| has_word(path, word)).map(|(line, _)| *line);
    lines_with(&source.code, word).chain(paths).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(path: &str, text: &str) -> Vec<String> {
        check(&Source::new(path, text)).into_iter().map(|offence| offence.place).collect()
    }

    /// NET-34.
    #[test]
    fn every_rule_finds_every_word_that_it_forbids() {
        for rule in WORDS {
            for word in rule.words {
                let path = format!("{}planted.rs", rule.within[0]);
                let found = offences(rule, &Source::new(path, format!("//! A file.\nlet x = {word};\n")));
                assert_eq!(found.len(), 1, "{word}");
            }
        }
    }

    #[test]
    fn a_word_is_forbidden_only_where_the_rule_says() {
        let text = "//! A file.\nuse hyper::Client;\n";
        assert_eq!(places("crates/core/src/list/xlsx.rs", text), ["crates/core/src/list/xlsx.rs:2"]);
        assert_eq!(places("crates/core/src/api/https/client.rs", text), [""; 0]);
        assert_eq!(places("crates/panel/src/tls.rs", text), [""; 0]);
        assert_eq!(places("crates/core/src/list/tests.rs", text), [""; 0]);
    }

    #[test]
    fn a_word_in_a_group_is_found() {
        for (path, group) in [
            ("list/a.rs", "std::io::{stdout}"),
            ("list/a.rs", "std::{env, fmt}"),
            ("api/a.rs", "crate::{list::Row}"),
            ("api/a.rs", "crate as all"),
        ] {
            let text = format!("//! A file.\nuse {group};\n");
            let path = format!("crates/core/src/{path}");
            assert_eq!(places(&path, &text), [format!("{path}:2")], "{group}");
        }
    }

    #[test]
    fn secrets_are_opened_in_few_places() {
        let text = "//! A file.\nlet shown = token.expose_secret();\n";
        assert_eq!(places("crates/cli/src/main.rs", text), ["crates/cli/src/main.rs:2"]);
        assert_eq!(places("crates/core/src/report/failed.rs", text), [""; 0]);
    }
}
