//! Rust text with its strings or comments blanked out, line for line, so that rules look at code alone.

/// The text with a space for every character inside a string or character literal. Line breaks stay.
pub(super) fn blank_strings(text: &str) -> String {
    blank(text, Part::String)
}

/// The text with a space for every character of a comment. Line breaks stay.
pub(super) fn blank_comments(text: &str) -> String {
    blank(text, Part::Comment)
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Code,
    String,
    Comment,
}

fn blank(text: &str, unwanted: Part) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(first) = rest.chars().next() {
        let (part, length) = next_part(rest, first);
        let (piece, after) = rest.split_at(length);
        if part == unwanted {
            kept.extend(piece.chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
        } else {
            kept.push_str(piece);
        }
        rest = after;
    }
    kept
}

/// What the text begins with, and how many bytes of it.
fn next_part(text: &str, first: char) -> (Part, usize) {
    if let Some(length) = comment(text) {
        return (Part::Comment, length);
    }
    if let Some(length) = raw_string(text).or_else(|| quoted(text)).or_else(|| character(text)) {
        return (Part::String, length);
    }
    if first.is_alphanumeric() || first == '_' {
        let name = text.find(|character: char| !(character.is_alphanumeric() || character == '_'));
        return (Part::Code, name.unwrap_or(text.len()));
    }
    (Part::Code, first.len_utf8())
}

fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*").then(|| text.find("*/").map_or(text.len(), |end| end + 2))
}

fn raw_string(text: &str) -> Option<usize> {
    let after_r = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = after_r.len() - after_r.trim_start_matches('#').len();
    let opening = text.len() - after_r.len() + hashes + 1;
    after_r[hashes..].starts_with('"').then_some(())?;
    let closing = format!("\"{}", "#".repeat(hashes));
    Some(text[opening..].find(&closing).map_or(text.len(), |end| opening + end + closing.len()))
}

fn quoted(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('"').or_else(|| text.strip_prefix("b\""))?;
    let opening = text.len() - inside.len();
    let mut escaped = false;
    for (at, character) in inside.char_indices() {
        match character {
            '"' if !escaped => return Some(opening + at + 1),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    Some(text.len())
}

/// A character literal, which a lifetime is not: `'a'`, `'\''`, `'\u{1b}'`.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        return inside[2..].find('\'').map(|end| end + 4);
    }
    inside[first.len_utf8()..].starts_with('\'').then(|| first.len_utf8() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_blanked_and_lines_stay() {
        for (text, blanked) in [
            ("a(\"b\\\"c\");", "a(      );"),
            ("r#\"x\"y\"#;", "        ;"),
            ("b'\"'; '\\''; fn f<'a>(x: &'a str)", "b   ;     ; fn f<'a>(x: &'a str)"),
            ("\"a\nb\" c", "  \n   c"),
            ("// it's\nd", "// it's\nd"),
        ] {
            assert_eq!(blank_strings(text), blanked);
        }
    }

    #[test]
    fn comments_are_blanked_and_strings_with_slashes_are_not() {
        assert_eq!(blank_comments("a // b\n\"http://c\" /* d */ e"), "a     \n\"http://c\"         e");
    }
}
