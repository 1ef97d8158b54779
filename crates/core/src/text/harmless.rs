//! Which characters show themselves and nothing else, and JSON of them alone.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character neither steers a terminal nor hides in a text or changes how its neighbours are shown.
#[must_use]
pub fn is_harmless(character: char) -> bool {
    !character.is_control() && !is_invisible(character)
}

/// The same JSON, with every character that is not harmless written as an escape (`\u202e`): it reads back as it was.
///
/// The text must be JSON. There such characters stand within strings alone, but for the line breaks of a layout, which stay.
#[must_use]
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    let stays = |character: char| character == '\n' || is_harmless(character);
    if json.chars().all(stays) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if stays(character) {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing into a text cannot fail.
            let _written = write!(escaped, "\\u{unit:04x}");
        }
    }
    Cow::Owned(escaped)
}

/// The characters that change how others are shown and show nothing themselves (Unicode, `Default_Ignorable_Code_Point`,
/// `Bidi_Control` and the general category `Cf`), the two separators that end a line, and the two that are no characters, which XML cannot
/// have (XML 1.0, 2.2): what a workbook writes instead may be read as part of what stands before it.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'..='\u{891}'
            | '\u{8e2}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;
    use regex_automata::meta::Regex;

    use super::*;

    #[test]
    fn json_keeps_its_layout_and_what_it_says() {
        assert!(matches!(harmless_json("{\n  \"a\": \"é\"\n}"), Cow::Borrowed(_)));
        assert_eq!(harmless_json("\"a\u{202e}b\u{7f}\u{9b}\u{e0041}\""), r#""a\u202eb\u007f\u009b\udb40\udc41""#);
    }

    /// INP-40, NET-26: nothing that Unicode knows to steer or to hide is left out, by the tables of another library.
    #[test]
    fn whatever_unicode_calls_control_format_or_ignorable_is_harmful() {
        let tables =
            Regex::new(r"^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]$").unwrap();
        let every = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        let harmful: Vec<char> = every.filter(|letter| tables.is_match(&letter.to_string())).collect();
        assert!(harmful.len() > 4000, "{}", harmful.len());
        let missed: Vec<char> = harmful.into_iter().filter(|letter| is_harmless(*letter)).collect();
        assert_eq!(missed, Vec::<char>::new());
    }

    proptest! {
        #[test]
        fn json_of_any_text_is_harmless_and_reads_back(text in any::<String>(), more in "[\\x00-\\x20\\u{7f}-\\u{9f}\\u{2000}-\\u{2070}\\u{e0000}-\\u{e0100}\"]{0,40}") {
            let text = text + &more;
            let json = serde_json::to_string(&text).unwrap();
            let escaped = harmless_json(&json);
            prop_assert!(escaped.chars().all(is_harmless));
            prop_assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
        }
    }
}
