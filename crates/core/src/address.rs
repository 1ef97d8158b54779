//! The address of a mailbox, as it is sent and as it is compared.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use memchr::memchr;
use thiserror::Error;

/// The longest label of a domain, in bytes (RFC 1035, 2.3.4).
const LONGEST_LABEL: usize = 63;

/// A mailbox's full address.
///
/// The domain is in lower case and an A-label (`xn--…`), the local part as listed. Two addresses are equal when they are so
/// ignoring case. A clone shares the text.
#[derive(Clone, Debug)]
pub struct Address {
    text: Arc<str>,
    at: usize,
}

/// Why a text is not a mailbox's address. It never holds the text: where columns are swapped, that is a password.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum AddressError {
    /// There is nothing before the `@`.
    #[error("nothing stands before the @")]
    NoLocalPart,
    /// There is no `@`, or nothing after it.
    #[error("it has no domain")]
    NoDomain,
    /// There is more than one `@`.
    #[error("it has more than one @")]
    SecondAt,
    /// The local part is longer than 64 characters.
    #[error("the part before the @ is longer than 64 characters")]
    LongLocalPart,
    /// A dot at an end, or two side by side.
    #[error("a dot stands at an end of the part before the @, or beside another dot")]
    StrayDot,
    /// A character that a mailbox cannot have.
    #[error("the part before the @ holds {0}")]
    BadCharacter(Character),
    /// The domain is not a name that the DNS can have.
    #[error("the domain is not a valid domain name")]
    BadDomain,
    /// The domain is one label, or a number where a top-level domain should be.
    #[error("the domain is not complete")]
    ShortDomain,
}

/// A kind of character, named without showing it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Character {
    /// White space, or a character that is as invisible.
    Space,
    /// A control character.
    Control,
    /// A letter or another character outside ASCII.
    NotAscii,
    /// An ASCII sign that mailboxes do not use.
    Sign,
}

impl Address {
    /// The longest local part, in characters (RFC 5321, 4.5.3.1.1).
    pub const LONGEST_LOCAL_PART: usize = 64;

    /// Reads a full address.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, without showing it.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let at = memchr(b'@', text.as_bytes()).ok_or(AddressError::NoDomain)?;
        let (local, domain) = (&text[..at], &text[at + 1..]);
        if memchr(b'@', domain.as_bytes()).is_some() {
            return Err(AddressError::SecondAt);
        }
        check_local_part(local)?;
        Ok(match normal(domain)? {
            Cow::Borrowed(_) => Self { text: text.into(), at: local.len() },
            Cow::Owned(domain) => Self::of(local, &domain),
        })
    }

    /// Puts a local part and a domain together.
    ///
    /// # Errors
    ///
    /// Says what is wrong with them, without showing them.
    pub fn new(local: &str, domain: &str) -> Result<Self, AddressError> {
        check_local_part(local)?;
        Ok(Self::of(local, &normal(domain)?))
    }

    /// What is known to fit together.
    fn of(local: &str, domain: &str) -> Self {
        Self { text: format!("{local}@{domain}").into(), at: local.len() }
    }

    /// The part before the `@`, as listed.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// The part after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The whole address, as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A domain as it is sent: lower case, A-labels, at least two of them.
///
/// # Errors
///
/// Says what is wrong with it, without showing it.
pub fn normal_domain(domain: &str) -> Result<String, AddressError> {
    normal(domain).map(Cow::into_owned)
}

/// The same; borrowed where it is normal already.
fn normal(domain: &str) -> Result<Cow<'_, str>, AddressError> {
    if domain.is_empty() {
        return Err(AddressError::NoDomain);
    }
    let normal = if is_plain(domain) { Cow::Borrowed(domain) } else { mapped(domain)? };
    match normal.rsplit_once('.') {
        Some((_, last)) if !last.bytes().all(|byte| byte.is_ascii_digit()) => Ok(normal),
        _ => Err(AddressError::ShortDomain),
    }
}

/// A domain as the rules for names in any language have it (Unicode Technical Standard 46).
fn mapped(domain: &str) -> Result<Cow<'_, str>, AddressError> {
    Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .map_err(|_| AddressError::BadDomain)
}

/// Whether a domain is one that those rules leave as it is, as nearly all are: small letters and digits, with single dots and hyphens
/// between them.
fn is_plain(domain: &str) -> bool {
    let is_between = |byte: u8| matches!(byte, b'.' | b'-');
    let mut before = b'.';
    let mut fits = |byte: u8| {
        let alone = !is_between(std::mem::replace(&mut before, byte));
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || is_between(byte) && alone
    };
    domain.len() <= LONGEST_LABEL && domain.bytes().all(&mut fits) && !is_between(before)
}

fn check_local_part(local: &str) -> Result<(), AddressError> {
    if local.is_empty() {
        return Err(AddressError::NoLocalPart);
    }
    // Nearly all are of these, which are looked at as bytes.
    let is_common = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if !local.bytes().all(is_common)
        && let Some(character) = local.chars().find_map(unfit)
    {
        return Err(AddressError::BadCharacter(character));
    }
    if local.len() > Address::LONGEST_LOCAL_PART {
        return Err(AddressError::LongLocalPart);
    }
    if local.starts_with('.') || local.ends_with('.') || local.as_bytes().windows(2).any(|pair| pair == b"..") {
        return Err(AddressError::StrayDot);
    }
    Ok(())
}

/// The atoms of RFC 5322 without those that a mail system's delivery takes for its own: `%`, `` ` ``.
fn unfit(character: char) -> Option<Character> {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => None,
        '!' | '#' | '$' | '&' | '\'' | '*' | '+' | '/' | '=' | '?' | '^' | '_' | '{' | '|' | '}' | '~' | '.' | '-' => {
            None
        }
        other if other.is_whitespace() => Some(Character::Space),
        other if other.is_control() => Some(Character::Control),
        other if other.is_ascii() => Some(Character::Sign),
        _ => Some(Character::NotAscii),
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.text.eq_ignore_ascii_case(&other.text)
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for chunk in self.text.as_bytes().chunks(64) {
            let mut lower = [0; 64];
            let lower = &mut lower[..chunk.len()];
            lower.copy_from_slice(chunk);
            lower.make_ascii_lowercase();
            state.write(lower);
        }
        state.write_u8(0xff);
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.text)
    }
}

impl fmt::Display for Character {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Space => "a space",
            Self::Control => "a control character",
            Self::NotAscii => "a letter or sign outside ASCII",
            Self::Sign => "a sign that mailboxes do not use",
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_domain_is_normal_and_the_local_part_as_listed() {
        for (text, sent) in [
            ("Anna@Example.COM", "Anna@example.com"),
            ("zoé@example.com".replace('é', "e").as_str(), "zoe@example.com"),
            ("anna@bücher.example", "anna@xn--bcher-kva.example"),
            ("anna@XN--BCHER-KVA.example", "anna@xn--bcher-kva.example"),
            ("o'neil+tag@a--b.example", "o'neil+tag@a--b.example"),
            ("anna@example。com", "anna@example.com"),
        ] {
            assert_eq!(Address::parse(text).unwrap().as_str(), sent);
        }
    }

    #[test]
    fn what_is_no_mailbox_is_refused_with_its_reason() {
        use AddressError as E;
        for (text, error) in [
            ("", E::NoDomain),
            ("anna", E::NoDomain),
            ("anna@", E::NoDomain),
            ("@example.com", E::NoLocalPart),
            ("a@b@example.com", E::SecondAt),
            (".a@example.com", E::StrayDot),
            ("a.@example.com", E::StrayDot),
            ("a..b@example.com", E::StrayDot),
            ("a b@example.com", E::BadCharacter(Character::Space)),
            ("a\u{a0}b@example.com", E::BadCharacter(Character::Space)),
            ("a\u{7}b@example.com", E::BadCharacter(Character::Control)),
            ("\"a\"@example.com", E::BadCharacter(Character::Sign)),
            ("a%b@example.com", E::BadCharacter(Character::Sign)),
            ("zoé@example.com", E::BadCharacter(Character::NotAscii)),
            ("a\u{200b}b@example.com", E::BadCharacter(Character::NotAscii)),
            ("anna@localhost", E::ShortDomain),
            ("anna@192.0.2.1", E::ShortDomain),
            ("anna@example.com.", E::BadDomain),
            ("anna@-a.example", E::BadDomain),
            ("anna@exa mple.com", E::BadDomain),
            ("anna@exa_mple.com", E::BadDomain),
        ] {
            assert_eq!(Address::parse(text).unwrap_err(), error, "{text:?}");
        }
        assert_eq!(Address::new(&"a".repeat(65), "example.com").unwrap_err(), E::LongLocalPart);
        assert_eq!(Address::new("a", &format!("{}.com", "a.".repeat(125))).unwrap_err(), E::BadDomain);
    }

    #[test]
    fn addresses_are_equal_ignoring_case() {
        let seen: HashSet<_> = ["anna@example.com", "ANNA@Example.com", "bob@example.com"]
            .map(|text| Address::parse(text).unwrap())
            .into();
        assert_eq!(seen.len(), 2);
    }

    proptest! {
        #[test]
        fn an_address_that_was_read_is_read_again_as_itself(text in r"[A-Za-z0-9.+_-]{1,20}@[A-Za-zà-ü-]{1,12}\.[a-z]{2,6}") {
            if let Ok(address) = Address::parse(&text) {
                let again = Address::parse(address.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), address.as_str());
                prop_assert_eq!(format!("{}@{}", address.local(), address.domain()), address.as_str());
                prop_assert!(address.as_str().is_ascii());
            }
        }

        #[test]
        fn a_plain_domain_is_what_the_library_leaves_as_it_is(text in r"([a-z0-9.-]|xn--|A|é|_){0,24}(\.[a-z0-9-]{60,66}){0,4}(\.[a-z]{2,3})?") {
            if is_plain(&text) {
                prop_assert!(matches!(mapped(&text), Ok(Cow::Borrowed(same)) if same == text), "{}", text);
            }
        }

        #[test]
        fn no_error_shows_what_it_was_given(text in "[^ -~]{3,20}|[0-9%]{6,20}") {
            if let Err(error) = Address::parse(&text) {
                prop_assert!(!error.to_string().contains(&text));
            }
        }
    }
}
