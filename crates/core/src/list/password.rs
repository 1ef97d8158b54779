//! From a cell to a password: exactly the cell's text, or the reason why not.

use secrecy::SecretString;

use super::facts::Field;
use super::flaw::Flaw;
use super::options::ListOptions;
use super::row::{Cell, LONGEST_TEXT};
use crate::text::is_harmless;

/// Numbers from here on may not be what was typed: a cell keeps 53 bits.
const FIRST_UNSURE: f64 = 9_007_199_254_740_992.0;

/// The pattern of braille without a dot: to Unicode it is a sign, to the eye a space.
const BLANK: char = '\u{2800}';

/// Takes the password to set from its cell; what is wrong with it is added to `flaws`.
pub(super) fn password(cell: Cell<'_>, options: &ListOptions, flaws: &mut Vec<Flaw>) -> Option<SecretString> {
    if cell == Cell::Empty {
        flaws.push(Flaw::NoPassword);
    }
    taken(cell, Field::Password, options, flaws)
}

/// Takes the password that holds now from its cell, by the same rules; but a row need not have one.
pub(super) fn old_password(cell: Cell<'_>, options: &ListOptions, flaws: &mut Vec<Flaw>) -> Option<SecretString> {
    taken(cell, Field::OldPassword, options, flaws)
}

fn taken(cell: Cell<'_>, field: Field, options: &ListOptions, flaws: &mut Vec<Flaw>) -> Option<SecretString> {
    match cell {
        Cell::Text(text) => text_password(text, field, options, flaws),
        Cell::Number(number) if options.allow_numeric && is_plain(number) => Some(format!("{number:.0}").into()),
        other => {
            flaws.extend(not_text(other, field));
            None
        }
    }
}

/// What is wrong with a cell that holds something, and no text.
pub(super) fn not_text(cell: Cell<'_>, field: Field) -> Option<Flaw> {
    match cell {
        Cell::Empty | Cell::Text(_) => None,
        Cell::Number(_) => Some(Flaw::Number(field)),
        Cell::Dressed => Some(Flaw::Dressed(field)),
        Cell::Moment => Some(Flaw::Moment(field)),
        Cell::Truth => Some(Flaw::Truth(field)),
        Cell::Error => Some(Flaw::Error(field)),
        Cell::Formula => Some(Flaw::Formula(field)),
    }
}

/// What keeps a text from being any field's value.
pub(super) fn unfit_text(text: &str, field: Field) -> Option<Flaw> {
    let is_plain = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    if is_plain && text.len() <= LONGEST_TEXT {
        return None;
    }
    if text.contains(['\n', '\r']) {
        return Some(Flaw::LineBreak(field));
    }
    if text.contains(char::is_control) {
        return Some(Flaw::Control(field));
    }
    let long = text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT;
    long.then_some(Flaw::Long(field))
}

fn text_password(text: &str, field: Field, options: &ListOptions, flaws: &mut Vec<Flaw>) -> Option<SecretString> {
    let before = flaws.len();
    flaws.extend(unfit_text(text, field));
    if !options.allow_spaces && (text.starts_with(is_space) || text.ends_with(is_space)) {
        flaws.push(Flaw::Spaces(field));
    }
    (flaws.len() == before).then(|| SecretString::from(text))
}

/// Whether a character is a space, or looks like one or like nothing: at an end of a password nobody would see it.
fn is_space(letter: char) -> bool {
    let unseen = || !is_harmless(letter) || letter == BLANK || letter.is_whitespace();
    !letter.is_ascii_graphic() && unseen() && !letter.is_control()
}

fn is_plain(number: f64) -> bool {
    (0.0..FIRST_UNSURE).contains(&number) && number.fract() == 0.0 && number.is_sign_positive()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn taken(cell: Cell<'_>, options: &ListOptions) -> Result<String, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let password = password(cell, options, &mut flaws);
        assert_eq!(password.is_some(), flaws.is_empty());
        if flaws.is_empty() { Ok(password.unwrap().expose_secret().to_owned()) } else { Err(flaws) }
    }

    #[test]
    fn a_text_is_taken_as_it_stands() {
        for text in ["p+q&r#s%41 é\"'\\;=@", "=1+1", "007", "a b", "π\u{301}", "a\u{200b}b"] {
            assert_eq!(taken(Cell::Text(text), &ListOptions::default()).unwrap(), text);
        }
    }

    #[test]
    fn what_may_be_spoiled_is_told_and_not_repaired() {
        let field = Field::Password;
        for (cell, flaws) in [
            (Cell::Empty, vec![Flaw::NoPassword]),
            (Cell::Number(12_345_678.0), vec![Flaw::Number(field)]),
            (Cell::Moment, vec![Flaw::Moment(field)]),
            (Cell::Truth, vec![Flaw::Truth(field)]),
            (Cell::Formula, vec![Flaw::Formula(field)]),
            (Cell::Error, vec![Flaw::Error(field)]),
            (Cell::Text("a "), vec![Flaw::Spaces(field)]),
            (Cell::Text("\u{a0}a"), vec![Flaw::Spaces(field)]),
            (Cell::Text("a\u{200b}"), vec![Flaw::Spaces(field)]),
            (Cell::Text("a\u{3164}"), vec![Flaw::Spaces(field)]),
            (Cell::Text("a\tb"), vec![Flaw::Control(field)]),
            (Cell::Text("a\u{0}b"), vec![Flaw::Control(field)]),
            (Cell::Text("a\n"), vec![Flaw::LineBreak(field)]),
            (Cell::Text(" a\u{7}"), vec![Flaw::Control(field), Flaw::Spaces(field)]),
        ] {
            assert_eq!(taken(cell, &ListOptions::default()).unwrap_err(), flaws, "{cell:?}");
        }
        let long = "x".repeat(LONGEST_TEXT + 1);
        assert_eq!(taken(Cell::Text(&long), &ListOptions::default()).unwrap_err(), vec![Flaw::Long(field)]);
        assert_eq!(taken(Cell::Text(&long[1..]), &ListOptions::default()).unwrap(), long[1..]);
    }

    /// INP-14: nobody sees these at an end, so that nobody would type them; within a password they may be meant.
    #[test]
    fn what_is_not_seen_ends_no_password() {
        let unseen = "\u{34f}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180c}\u{180d}\u{180f}\u{2028}\u{206a}\u{206f}\u{2800}\u{3164}\u{fe00}\u{fe0f}\u{ffa0}\
                      \u{fff9}\u{1d173}\u{e0000}\u{e0041}\u{e01ef}";
        for sign in unseen.chars() {
            for text in [format!("tide{sign}"), format!("{sign}tide")] {
                let flaws = taken(Cell::Text(&text), &ListOptions::default()).unwrap_err();
                assert_eq!(flaws, vec![Flaw::Spaces(Field::Password)], "{text:?}");
            }
            let within = format!("ti{sign}de");
            assert_eq!(taken(Cell::Text(&within), &ListOptions::default()).unwrap(), within);
        }
    }

    #[test]
    fn an_old_password_is_read_by_the_same_rules_and_may_be_missing() {
        let field = Field::OldPassword;
        for (cell, password, flaws) in [
            (Cell::Empty, None, vec![]),
            (Cell::Text("=a b\""), Some("=a b\""), vec![]),
            (Cell::Text("a "), None, vec![Flaw::Spaces(field)]),
            (Cell::Text("a\n"), None, vec![Flaw::LineBreak(field)]),
            (Cell::Number(7.0), None, vec![Flaw::Number(field)]),
            (Cell::Formula, None, vec![Flaw::Formula(field)]),
        ] {
            let mut found = Vec::new();
            let old = old_password(cell, &ListOptions::default(), &mut found);
            assert_eq!((old.as_ref().map(ExposeSecret::expose_secret), found), (password, flaws), "{cell:?}");
        }
        let options = ListOptions { allow_numeric: true, ..ListOptions::default() };
        let old = old_password(Cell::Number(7.0), &options, &mut Vec::new()).unwrap();
        assert_eq!(old.expose_secret(), "7");
    }

    #[test]
    fn spaces_and_numbers_are_taken_when_allowed() {
        let options = ListOptions { allow_spaces: true, allow_numeric: true, ..ListOptions::default() };
        assert_eq!(taken(Cell::Text(" a "), &options).unwrap(), " a ");
        assert_eq!(taken(Cell::Number(0.0), &options).unwrap(), "0");
        assert_eq!(taken(Cell::Number(FIRST_UNSURE - 1.0), &options).unwrap(), "9007199254740991");
        for number in [FIRST_UNSURE, 0.5, -1.0, -0.0, f64::NAN, f64::INFINITY] {
            assert_eq!(taken(Cell::Number(number), &options).unwrap_err(), vec![Flaw::Number(Field::Password)]);
        }
        assert_eq!(taken(Cell::Text("a\n"), &options).unwrap_err(), vec![Flaw::LineBreak(Field::Password)]);
    }
}
