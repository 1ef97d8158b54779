//! Foreign words made safe for a terminal, a log and a report.

use std::borrow::Cow;

use super::harmless::is_harmless;

/// How many characters [`safe`] gives at most.
pub const SAFE_LENGTH: usize = 500;

/// One harmless line of what a panel, a list or a file's name says.
///
/// Line breaks and tabs become one space, and none stand at an end. Whatever else steers a terminal or hides in a text is shown
/// as what it is (`\u{1b}`, `\u{202e}`): control characters, direction marks, characters of no width. What is longer than
/// [`SAFE_LENGTH`] characters ends with `…`. A safe text stays as it is.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    shown(text, SAFE_LENGTH)
}

/// The same, however long: for a message of our own with such words in it, whose end is to be read too.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    shown(text, usize::MAX)
}

fn shown(text: &str, most: usize) -> Cow<'_, str> {
    let trimmed = text.trim_matches(breaks_the_line);
    if trimmed.chars().all(is_harmless) && trimmed.chars().take(most.saturating_add(1)).count() <= most {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(rewrite(trimmed, most))
}

fn rewrite(text: &str, most: usize) -> String {
    let mut line = Line { most, text: String::new(), characters: 0, room_for_ellipsis: 0 };
    let mut after_break = false;
    for character in text.chars() {
        let breaks = breaks_the_line(character);
        let fits = match character {
            _ if breaks && after_break => true,
            _ if breaks => line.push(" "),
            _ if is_harmless(character) => line.push(character.encode_utf8(&mut [0; 4])),
            _ => line.push(&character.escape_unicode().to_string()),
        };
        if !fits {
            break;
        }
        after_break = breaks;
    }
    line.text
}

/// A line that grows up to so many characters and never ends in half an escape.
struct Line {
    most: usize,
    text: String,
    characters: usize,
    /// The length in bytes up to which an `…` still fits behind.
    room_for_ellipsis: usize,
}

impl Line {
    /// Adds a piece, or ends the line with `…` where it does not fit, and says so.
    fn push(&mut self, piece: &str) -> bool {
        let characters = self.characters + piece.chars().count();
        if characters > self.most {
            self.text.truncate(self.room_for_ellipsis);
            self.text.push('…');
            return false;
        }
        self.text.push_str(piece);
        self.characters = characters;
        if characters < self.most {
            self.room_for_ellipsis = self.text.len();
        }
        true
    }
}

pub(super) const fn breaks_the_line(character: char) -> bool {
    matches!(character, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn harmless_words_stay_as_they_are() {
        for text in ["", "Sorry, the password “é” is too weak.", "日本語 – ✓", &"x".repeat(SAFE_LENGTH)] {
            assert!(matches!(safe(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        for (text, shown) in [
            ("\u{1b}]0;owned\u{7}", r"\u{1b}]0;owned\u{7}"),
            ("\u{9b}31m", r"\u{9b}31m"),
            ("moc.elpmaxe\u{202e}@anna", r"moc.elpmaxe\u{202e}@anna"),
            ("an\u{200b}na\u{7f}\0", r"an\u{200b}na\u{7f}\u{0}"),
            ("\u{2066}a\u{2069}\u{feff}\u{e0041}", r"\u{2066}a\u{2069}\u{feff}\u{e0041}"),
        ] {
            assert_eq!(safe(text), shown);
        }
    }

    #[test]
    fn lines_become_one_line() {
        assert_eq!(safe("first\r\n\tsecond\u{2028}third\u{85}\n"), "first second third");
        assert_eq!(safe("\n\t\r\n"), "");
    }

    #[test]
    fn what_is_too_long_ends_with_an_ellipsis_and_with_a_whole_escape() {
        let long = safe(&"é".repeat(SAFE_LENGTH + 1)).into_owned();
        assert_eq!(long.chars().count(), SAFE_LENGTH);
        assert!(long.ends_with("é…"));

        let escapes = "\u{1b}".repeat(SAFE_LENGTH);
        assert!(safe(&escapes).ends_with(r"\u{1b}…"));
    }

    #[test]
    fn a_message_of_our_own_is_told_to_its_end() {
        assert_eq!(one_line("a\u{1b}\r\nb\n"), r"a\u{1b} b");
        assert_eq!(one_line(&"\u{7}é".repeat(SAFE_LENGTH)), r"\u{7}é".repeat(SAFE_LENGTH));
    }

    proptest! {
        #[test]
        fn nothing_but_a_short_harmless_line_comes_out(text in any::<String>(), more in "[\\x00-\\x20\\u{80}-\\u{9f}\\u{2000}-\\u{2070}a]{0,600}") {
            let text = text + &more;
            let shown = safe(&text);
            prop_assert!(shown.chars().all(is_harmless));
            prop_assert!(!shown.chars().any(breaks_the_line));
            prop_assert!(shown.chars().count() <= SAFE_LENGTH);
            prop_assert_eq!(safe(&shown), shown.as_ref());
        }
    }
}
