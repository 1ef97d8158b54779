//! What every Rust file looks like: it says what it is, is not long, excuses no lint without a reason, is finished, and holds what its path says.

use super::rules::{ASTRAY, LONGEST_FILE, UNFINISHED};
use super::source::{Offence, Source, lines_with};

pub(super) fn check(source: &Source) -> Vec<Offence> {
    let mut offences = Vec::new();
    offences.extend(opening(source));
    offences.extend(length(source));
    offences.extend(excuses(source));
    offences.extend(unfinished(source));
    offences.extend(astray(source));
    offences.extend(tests_in_programs(source));
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
    let silencing = ["[allow(", "[expect("].into_iter().flat_map(|start| attributes(source, start));
    let unreasoned = silencing.filter(|(_, attribute)| !attribute.contains("reason =")).map(|(line, _)| line);
    unreasoned.map(|line| {
        Offence::at(
            &source.path,
            line,
            "a lint is silenced without a reason",
            "write `#[expect(lint, reason = \"…\")]`",
        )
    })
}

/// The attributes that begin so, each with its line and up to its end.
fn attributes<'a>(source: &'a Source, start: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let text = &source.without_strings;
    text.match_indices(start).map(move |(at, _)| {
        let rest = &text[at..];
        (text[..at].lines().count(), &rest[..rest.find(")]").unwrap_or(rest.len())])
    })
}

fn astray(source: &Source) -> impl Iterator<Item = Offence> {
    let plain = ASTRAY.iter().flat_map(|word| lines_with(&source.all_code, word));
    let conditional = attributes(source, "[cfg_attr(").filter(|(_, attribute)| attribute.contains(" path ="));
    plain.chain(conditional.map(|(line, _)| line)).map(|line| {
        let what = "code is taken from a file that its path does not name";
        Offence::at(&source.path, line, what, "put the file where the module's name says")
    })
}

/// Rules that are not for tests pass `mod tests` over, so it must be built for tests alone.
fn tests_in_programs(source: &Source) -> impl Iterator<Item = Offence> {
    let attributed = |line: usize| {
        let before = source.all_code.lines().take(line - 1).collect::<Vec<_>>();
        let attributes = before.rsplit(|line| line.is_empty() || line.ends_with([';', '}'])).next();
        attributes.is_some_and(|lines| lines.contains(&"#[cfg(test)]"))
    };
    let modules = ["mod tests;", "mod tests {"].into_iter().flat_map(|word| lines_with(&source.all_code, word));
    modules.filter(move |line| !attributed(*line)).map(|line| {
        Offence::at(&source.path, line, "`mod tests` is built into the program", "write `#[cfg(test)]` before it")
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
    fn a_file_that_is_taken_from_elsewhere_is_found() {
        for code in ["#[path = \"b.rs\"]\nmod a;", "#[cfg_attr(unix, path = \"b.rs\")]\nmod a;", "include!(\"b.rs\");"]
        {
            let what = "a.rs:2 code is taken from a file that its path does not name";
            assert_eq!(offences(&format!("//! A file.\n{code}\n")), [what], "{code}");
        }
    }

    #[test]
    fn tests_that_are_built_into_the_program_are_found() {
        for module in ["mod tests;", "mod tests {\n}"] {
            let text = format!("//! A file.\n\n#[cfg(test)]\n#[expect(dead_code, reason = \"b\")]\n{module}\n");
            assert_eq!(offences(&text), [""; 0]);
            let text = format!("//! A file.\n\n#[cfg(test)]\nuse a::b;\n{module}\n");
            assert_eq!(offences(&text), ["a.rs:5 `mod tests` is built into the program"]);
        }
    }

    #[test]
    fn every_word_for_unfinished_work_is_found_in_comments_too() {
        for word in UNFINISHED {
            assert_eq!(offences(&format!("//! A file.\n// {word}\n")), [format!("a.rs:2 `{word}` stands here")]);
        }
    }
}
