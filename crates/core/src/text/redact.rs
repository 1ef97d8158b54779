//! Secrets taken out of a panel's words.

use std::borrow::Cow;
use std::ops::Range;

use secrecy::{ExposeSecret, SecretString};

use super::echo;
use crate::failpoint::failpoint;

/// What stands where a secret stood.
const MARK: &str = "[password]";

/// What stands instead of words that hold a secret too short to be taken out of them.
const WITHHELD: &str = "(the panel's words are left out: they may hold the password)";

/// A secret of fewer characters is not told apart from ordinary words.
const TELLING_LENGTH: usize = 4;

/// A secret of as many characters is no part of ordinary words.
const SURE_LENGTH: usize = 8;

/// The text with `[password]` wherever one of the secrets stood: as it is, escaped as URLs, HTML, JSON and other languages or quoted-printable do
/// it, up to three times in one way, with doubled quotation marks, in base64. What was cut, wrapped or put in another normal form is not found.
///
/// A secret of less than four characters may be part of any word, and taking it out of known sentences would spell it, so that
/// a text in which it stands is left out as a whole. An empty secret is none.
#[must_use]
pub fn redact<'a>(text: &'a str, secrets: &[&SecretString]) -> Cow<'a, str> {
    failpoint("redact", text.as_bytes());
    let mut places = Vec::new();
    for secret in secrets {
        let found = echo::places(text, secret.expose_secret());
        if !found.is_empty() && secret.expose_secret().chars().count() < TELLING_LENGTH {
            return Cow::Borrowed(WITHHELD);
        }
        places.extend(found);
    }
    if places.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(replaced(text, &merged(places))) }
}

/// A value of an answer's data, in which a secret stands by accident more often than in words: a telling one is taken out as [`redact`] does
/// it, a shorter one where it is the value as a whole. All else stays.
#[must_use]
pub fn redact_value<'a>(value: &'a str, secrets: &[&SecretString]) -> Cow<'a, str> {
    if !value.is_empty() && secrets.iter().any(|secret| secret.expose_secret() == value) {
        return Cow::Borrowed(MARK);
    }
    let telling: Vec<_> = secrets.iter().copied().filter(|secret| is_telling(secret)).collect();
    redact(value, &telling)
}

/// Whether a secret is long enough that it stands in a text by no accident.
#[must_use]
pub fn is_telling(secret: &SecretString) -> bool {
    secret.expose_secret().chars().count() >= SURE_LENGTH
}

fn merged(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_unstable_by_key(|place| place.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

fn replaced(text: &str, places: &[Range<usize>]) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for place in places {
        clean.push_str(&text[from..place.start]);
        clean.push_str(MARK);
        from = place.end;
    }
    clean.push_str(&text[from..]);
    clean
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
    use proptest::prelude::*;

    use super::*;

    fn redacted(text: &str, secret: &str) -> String {
        redact(text, &[&SecretString::from(secret)]).into_owned()
    }

    fn percent_encoded(text: &str) -> String {
        text.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"))
    }

    fn escaped_for_html(text: &str) -> String {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('"', "&quot;").replace('\'', "&#39;")
    }

    fn named_references(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt").replace('ü', "&uuml;").replace('é', "&eacute;")
    }

    /// Every byte as a language writes it that does so by `before` and a number.
    fn bytes(text: &str, before: &str, octal: bool) -> String {
        let number = |byte| if octal { format!("{byte:03o}") } else { format!("{byte:02X}") };
        text.bytes().fold(String::new(), |all, byte| all + before + &number(byte))
    }

    fn numeric_references(text: &str) -> String {
        text.chars().fold(String::new(), |all, character| all + &format!("&#x{:x};", u32::from(character)))
    }

    fn escaped_for_json(text: &str) -> String {
        text.encode_utf16().fold(String::new(), |all, unit| all + &format!("\\u{unit:04x}"))
    }

    /// Every form in which a panel may give a secret back.
    fn forms(secret: &str) -> Vec<String> {
        let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let json = serde_json::Value::from(secret).to_string();
        vec![
            secret.to_owned(),
            form,
            percent_encoded(secret),
            percent_encoded(secret).to_lowercase(),
            json[1..json.len() - 1].to_owned(),
            escaped_for_json(secret),
            escaped_for_json(secret).to_uppercase().replace("\\U", "\\u"),
            escaped_for_html(secret),
            escaped_for_html(&escaped_for_html(secret)),
            escaped_for_html(&escaped_for_html(&escaped_for_html(secret))),
            named_references(secret),
            numeric_references(secret),
            numeric_references(secret).replace(';', ""),
            percent_encoded(&percent_encoded(secret)),
            percent_encoded(secret).replace('%', "%2525"),
            percent_encoded(&escaped_for_html(secret)),
            bytes(secret, "\\x", false),
            bytes(secret, "\\\\x", false),
            bytes(secret, "\\", true),
            bytes(secret, "=", false),
            secret.replace('"', "\"\""),
            secret.replace('\'', "''"),
            STANDARD.encode(secret),
            STANDARD_NO_PAD.encode(secret),
            URL_SAFE.encode(secret),
            STANDARD.encode(format!("shop:{secret}")),
            STANDARD.encode(format!("anna:{secret}!!")),
        ]
    }

    /// A text of a mebibyte is looked through once for each letter of a secret, not once for each of its own.
    #[test]
    fn line_breaks_without_end_are_soon_looked_through() {
        let breaks = "\n".repeat(1 << 20);
        for secret in ["Tide&Orchard#1", " Tide"] {
            assert_eq!(redacted(&breaks, secret), breaks, "{secret:?}");
        }
        assert_eq!(redacted(&format!("a{breaks}Tide&Orchard#1"), " Tide&Orchard#1"), "a[password]");
    }

    #[test]
    fn every_form_of_a_secret_is_taken_out() {
        let secret = "Lüg+gage \"<&'>\\/% 😀?>";
        for form in forms(secret) {
            let said = redacted(&format!("bad password ({form}), try again"), secret);
            assert_eq!(said, "bad password ([password]), try again", "{form}");
        }
    }

    #[test]
    fn a_mixture_of_escapes_is_taken_out() {
        assert_eq!(redacted("p=a%20b&amp;c%25d.", "a b&c%d"), "p=[password].");
        assert_eq!(redacted("a%2525b", "a%25b"), "[password]");
    }

    #[test]
    fn a_secret_that_begins_with_a_space_is_found_wherever_it_stands() {
        for said in ["say luggage1", "say\nluggage1", "say+luggage1", "say\r\n\nluggage1"] {
            assert_eq!(redacted(said, " luggage1"), "say[password]", "{said:?}");
        }
    }

    #[test]
    fn what_was_escaped_more_than_three_times_in_one_way_is_not_followed() {
        assert_eq!(redacted("a&amp;amp;amp;b1", "a&b1"), "[password]");
        assert_eq!(redacted("a&amp;amp;amp;amp;b1", "a&b1"), "a&amp;amp;amp;amp;b1");
    }

    /// SEC-23: such a text would be shown as one line, and the secret with it.
    #[test]
    fn a_secret_that_is_broken_over_lines_is_taken_out() {
        assert_eq!(redacted("no: red\r\nluggage \u{85}12345.", "red luggage  12345"), "no: [password].");
        assert_eq!(redacted("red\nluggage", "redluggage"), "red\nluggage");
        assert_eq!(redacted("redluggage", "red luggage"), "redluggage");
    }

    #[test]
    fn secrets_that_overlap_leave_nothing_between_them() {
        let secrets = [SecretString::from("luggage1"), SecretString::from("age12345")];
        assert_eq!(redact("(luggage12345)", &[&secrets[0], &secrets[1]]), "([password])");
    }

    #[test]
    fn words_without_a_secret_stay_as_they_are() {
        let words = "Sorry, the password has a strength rating of 20.";
        assert!(matches!(redact(words, &[&SecretString::from("luggage12345")]), Cow::Borrowed(same) if same == words));
        assert_eq!(redacted(words, ""), words);
    }

    #[test]
    fn a_short_secret_is_not_spelled_by_its_absence() {
        assert_eq!(redacted("the password is too weak", "is"), WITHHELD);
        assert_eq!(redacted("the password is too weak", "xyz"), "the password is too weak");
    }

    #[test]
    fn a_value_loses_a_short_secret_only_where_it_is_all_of_it() {
        for (value, secret, expected) in [
            ("is luggage1", "luggage1", "is [password]"),
            ("is luggage", "luggage", "is luggage"),
            ("luggage", "luggage", "[password]"),
            ("s", "s", "[password]"),
            ("status", "s", "status"),
            ("", "", ""),
        ] {
            assert_eq!(redact_value(value, &[&SecretString::from(secret)]), expected, "{value} {secret}");
        }
    }

    proptest! {
        #[test]
        fn no_form_of_the_secret_survives(before in "\\PC{0,12}", secret in "\\PC{4,20}", after in "\\PC{0,12}") {
            for form in forms(&secret) {
                let said = redacted(&format!("{before} {form} {after}"), &secret);
                prop_assert!(said.split(MARK).all(|rest| !rest.contains(&form)), "{}", said);
                prop_assert!(said.contains(MARK));
            }
        }
    }
}
