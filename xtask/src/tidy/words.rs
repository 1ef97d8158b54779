//! Words that may stand only in some places.

use super::rules::{WORDS, WordRule};
use super::source::{Offence, Source, lines_with};

pub(super) fn check(source: &Source) -> Vec<Offence> {
    WORDS.iter().filter(|rule| applies(rule, &source.path)).flat_map(|rule| offences(rule, source)).collect()
}

fn applies(rule: &WordRule, path: &str) -> bool {
    let under = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
    under(rule.within) && !under(rule.except)
}

fn offences(rule: &WordRule, source: &Source) -> Vec<Offence> {
    let places = rule.words.iter().flat_map(|word| lines_with(&source.code, word).map(move |line| (word, line)));
    places.map(|(word, line)| Offence::at(&source.path, line, format!("`{word}` stands here"), rule.remedy)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(path: &str, text: &str) -> Vec<String> {
        check(&Source::new(path, text)).into_iter().map(|offence| offence.place).collect()
    }

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
        let text = "//! A file.\nuse reqwest::Client;\n";
        assert_eq!(places("crates/core/src/list/xlsx.rs", text), ["crates/core/src/list/xlsx.rs:2"]);
        assert_eq!(places("crates/core/src/api/https/client.rs", text), [""; 0]);
        assert_eq!(places("crates/panel/src/tls.rs", text), [""; 0]);
        assert_eq!(places("crates/core/src/list/tests.rs", text), [""; 0]);
    }

    #[test]
    fn secrets_are_opened_in_few_places() {
        let text = "//! A file.\nlet shown = token.expose_secret();\n";
        assert_eq!(places("crates/cli/src/main.rs", text), ["crates/cli/src/main.rs:2"]);
        assert_eq!(places("crates/core/src/report/failed.rs", text), [""; 0]);
    }
}
