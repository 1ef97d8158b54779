//! Text that no spreadsheet takes for a formula when it opens a CSV file.
//!
//! A cell is a formula when it begins with one of a few characters (OWASP, "CSV Injection"). Where a spreadsheet splits at
//! semicolons, as it does in most of Europe, a new cell also begins behind a semicolon in the middle of ours.

use std::borrow::Cow;

/// The cell's text, with a `'` before whatever would begin a formula. Spaces and quotation marks before it change nothing.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let mut harmless = String::new();
    let mut taken = 0;
    let mut cell_begins = true;
    for (place, character) in text.char_indices() {
        if cell_begins && begins_a_formula(character) {
            harmless.push_str(&text[taken..place]);
            harmless.push('\'');
            taken = place;
        }
        cell_begins = matches!(character, ';' | '\t') || cell_begins && matches!(character, ' ' | '\u{a0}' | '"');
    }
    if harmless.is_empty() {
        return Cow::Borrowed(text);
    }
    harmless.push_str(&text[taken..]);
    Cow::Owned(harmless)
}

/// The characters that begin a formula, and their full-width forms, which some spreadsheets take for them.
const fn begins_a_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "anna@example.com", "a+b=c; d", "it's too weak - try again", "12-34"] {
            assert!(matches!(harmless(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn formulas_are_disarmed_wherever_a_cell_may_begin() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("  =1+1", "  '=1+1"),
            ("no;=1+1", "no;'=1+1"),
            ("no; \"@SUM(A1)", "no; \"'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("＝1+1", "'＝1+1"),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }
}
