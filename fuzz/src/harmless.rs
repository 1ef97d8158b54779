//! What may reach a terminal, a log or a report.

/// Panics unless a terminal shows the text as it is, on one line: it has no control character, and none that turns text around (Unicode,
/// `Bidi_Control`) or ends a line.
#[track_caller]
pub(crate) fn assert_harmless(text: &str) {
    let harmful = text.chars().find(|letter| letter.is_control() || turns_text_around(*letter));
    assert_eq!(harmful, None, "in {text:?}");
}

const fn turns_text_around(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
