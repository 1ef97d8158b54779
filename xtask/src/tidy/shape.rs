//! What every Rust file looks like: it says what it is, is not long, excuses no lint without a reason, and is finished.

use super::rules::{LONGEST_FILE, UNFINISHED};
use super::source::{Offence, Source, lines_with};

pub(super) fn check(source: &Source) -> Vec<Offence> {
    let mut offences = Vec::new();
    offences.extend(opening(source));
    offences.extend(length(source));
    offences.extend(excuses(source));
    offences.extend(unfinished(source));
    offences
}

fn opening(source: &Source) -> Option<Offence> {
    let opens = source.text.starts_with("//! ");
    (!opens).then(|| Offence::at(&source.path, 1, "the file does not say what it is", "open it with a line `//! …`"))
}

fn length(source: &Source) -> Option<Offence> {
    let lines = source.text.lines().count();
    let what = format!("the file has {lines} lines, over {LONGEST_FILE}");
    (lines > LONGEST_FILE).then(|| Offence::at(&source.path, lines, what, "make it two files of one idea each"))
}

fn excuses(source: &Source) -> impl Iterator<Item = Offence> {
    let attribute = |start: &str| source.without_strings.match_indices(start).map(|found| found.0).collect::<Vec<_>>();
    let starts = ["[allow(", "[expect("].into_iter().flat_map(attribute);
    let unreasoned = starts.filter(|&start| {
        let rest = &source.without_strings[start..];
        !rest[..rest.find(")]").unwrap_or(rest.len())].contains("reason =")
    });
    unreasoned.map(|start| {
        let line = source.without_strings[..start].lines().count();
        Offence::at(
            &source.path,
            line,
            "a lint is silenced without a reason",
            "write `#[expect(lint, reason = \"…\")]`",
        )
    })
}

fn unfinished(source: &Source) -> impl Iterator<Item = Offence> {
    let found =
        UNFINISHED.iter().flat_map(|word| lines_with(&source.without_strings, word).map(move |line| (word, line)));
    found.map(|(word, line)| {
        Offence::at(&source.path, line, format!("`{word}` stands here"), "finish it, or leave it out")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offences(text: &str) -> Vec<String> {
        check(&Source::new("a.rs", text))
            .into_iter()
            .map(|offence| format!("{} {}", offence.place, offence.what))
            .collect()
    }

    #[test]
    fn a_file_that_keeps_the_rules_is_left_alone() {
        let text = "//! A file.\n#[expect(dead_code, reason = \"it is (only) an example\")]\nfn f() { g(\"TODO\") }\n";
        assert_eq!(offences(text), [""; 0]);
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_is_found() {
        assert_eq!(offences("fn f() {}\n"), ["a.rs:1 the file does not say what it is"]);
    }

    #[test]
    fn a_long_file_is_found() {
        let text = format!("//! A file.\n{}", "fn f() {}\n".repeat(LONGEST_FILE));
        assert_eq!(offences(&text), ["a.rs:401 the file has 401 lines, over 400"]);
    }

    #[test]
    fn a_silenced_lint_without_a_reason_is_found() {
        for attribute in ["#[allow(dead_code)]", "#![expect(dead_code)]", "#[expect(\n    dead_code\n)]"] {
            let text = format!("//! A file.\n{attribute}\n");
            assert_eq!(offences(&text), ["a.rs:2 a lint is silenced without a reason"]);
        }
    }

    #[test]
    fn every_word_for_unfinished_work_is_found_in_comments_too() {
        for word in UNFINISHED {
            assert_eq!(offences(&format!("//! A file.\n// {word}\n")), [format!("a.rs:2 `{word}` stands here")]);
        }
    }
}
