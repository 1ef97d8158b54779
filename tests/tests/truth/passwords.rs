//! Passwords of every kind that people write, each another.

use crate::size::{Draws, Size};

/// What is put together: letters, digits, every special of ASCII, and what lies beyond it.
const PIECES: [&str; 20] = [
    "Tide",
    "orchard",
    "7",
    "42",
    "+",
    "&",
    "#",
    "%41",
    "\"",
    "'",
    "\\",
    "{3}",
    "$6$",
    ":",
    "=",
    " ",
    "é",
    "Ö",
    "пароль",
    "🔑",
];

/// One for each mailbox: strong enough, with no blank at either end.
pub(crate) fn passwords(size: Size) -> Vec<String> {
    let mut draws = Draws(size.seed);
    let password = |number: usize| {
        let pieces = (0..6).map(|_| PIECES[usize::try_from(draws.next_number()).unwrap() % PIECES.len()]);
        format!("Aq{}-{number}x", pieces.collect::<String>())
    };
    (1..=size.mailboxes).map(password).collect()
}
