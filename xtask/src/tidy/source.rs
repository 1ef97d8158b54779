//! One file of the project, and the views of it that rules look at.

use super::blank::{blank_comments, blank_strings};
use super::paths::paths;

/// A Rust file.
pub(super) struct Source {
    /// Its path from the project's root, with slashes.
    pub(super) path: String,
    /// Everything in it.
    pub(super) text: String,
    /// The same without the contents of strings.
    pub(super) without_strings: String,
    /// The same without comments too.
    pub(super) all_code: String,
    /// The same without its tests too.
    pub(super) code: String,
    /// Every path in that code, with its line.
    pub(super) paths: Vec<(usize, String)>,
}

impl Source {
    pub(super) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let without_strings = blank_strings(&text);
        let all_code = blank_comments(&without_strings);
        let code = if is_test(&path) { String::new() } else { without_tests(&all_code) };
        let paths = paths(&code);
        Self { path, text, without_strings, all_code, code, paths }
    }
}

/// What breaks a rule: where, what, and what to do.
#[derive(Debug, PartialEq)]
pub(super) struct Offence {
    /// `path:line`, or a path.
    pub(super) place: String,
    /// What is there.
    pub(super) what: String,
    /// What to do about it.
    pub(super) remedy: String,
}

impl Offence {
    /// An offence at a line, counted from 1.
    pub(super) fn at(path: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place: format!("{path}:{line}"), what: what.into(), remedy: remedy.into() }
    }
}

/// Every line, counted from 1, in which the word stands as a whole word.
pub(super) fn lines_with<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    (1..).zip(text.lines()).filter(move |(_, line)| has_word(line, word)).map(|(number, _)| number)
}

/// Whether the word stands in the line as a whole word.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let in_a_name = |character: char| character.is_alphanumeric() || character == '_';
    let ends_in_a_name = word.ends_with(in_a_name);
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(in_a_name);
        let after = line[at + word.len()..].chars().next().is_some_and(in_a_name);
        !(before || after && ends_in_a_name)
    })
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.starts_with("tests/") || path.contains("/tests/")
}

/// The code with the module `tests` blanked out, line for line; what stands behind it is code again.
fn without_tests(code: &str) -> String {
    let Some(start) = code.find("\nmod tests {") else { return code.to_owned() };
    let module = &code[start..];
    let mut depth = 0;
    let end = module.find(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == '}' && depth == 0
    });
    let (module, behind) = module.split_at(end.map_or(module.len(), |end| end + 1));
    format!("{}{}{behind}", &code[..start], "\n".repeat(module.matches('\n').count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_with_their_lines() {
        let text = "a\nuse hyper::Client;\nlet my_hyper = hypering;\nprintln!(x)\neprintln!(x)";
        assert_eq!(lines_with(text, "hyper").collect::<Vec<_>>(), [2]);
        assert_eq!(lines_with(text, "println!").collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn tests_comments_and_strings_are_no_code() {
        let text = "use a; // hyper\nlet b = \"hyper\";\n#[cfg(test)]\nmod tests {\n    use hyper;\n}\n";
        let source = Source::new("crates/core/src/a.rs", text);
        assert_eq!(lines_with(&source.code, "hyper").count(), 0);
        assert_eq!(lines_with(&source.without_strings, "hyper").count(), 2);
        let behind = Source::new("crates/core/src/a.rs", format!("{text}use hyper;\n"));
        assert_eq!(lines_with(&behind.code, "hyper").collect::<Vec<_>>(), [7]);
        assert_eq!(Source::new("crates/core/src/a/tests.rs", "use hyper;").code, "");
    }
}
