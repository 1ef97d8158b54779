//! An API token, of an account or of a user of WHM.

use std::iter::repeat_with;

use jiff::Timestamp;
use rand::RngExt as _;

use crate::config::TokenConfig;

/// How long a made-up token is, and of what: as in the examples of cPanel's guide to API tokens.
const LENGTH: usize = 32;
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// One API token.
pub(crate) struct Token {
    /// What its owner calls it.
    pub(crate) name: String,
    /// The features, or for WHM the privileges, that it is limited to; `None` is full access.
    pub(crate) features: Option<Vec<String>>,
    /// When it was made, in seconds of Unix time.
    pub(crate) created: i64,
    /// When it ends, in seconds of Unix time.
    pub(crate) expires: Option<i64>,
    secret: String,
    revoked: bool,
}

impl Token {
    /// The token that the configuration describes.
    pub(crate) fn new(config: TokenConfig) -> Self {
        Self {
            name: config.name,
            features: config.features,
            created: Timestamp::now().as_second(),
            expires: config.expires,
            secret: config.secret.unwrap_or_else(made_up),
            revoked: config.revoked,
        }
    }

    /// A new token without limits.
    pub(crate) fn full_access() -> Self {
        Self::new(TokenConfig { name: "rehearsal".to_owned(), ..TokenConfig::default() })
    }

    /// Whether its limits leave room for the feature or privilege; `all` stands for every one.
    pub(crate) fn grants(&self, wanted: &str) -> bool {
        self.features.as_ref().is_none_or(|granted| granted.iter().any(|one| one == wanted || one == "all"))
    }

    /// Whether it still opens the door at `now`, in seconds of Unix time.
    pub(crate) fn is_live(&self, now: i64) -> bool {
        !self.revoked && self.expires.is_none_or(|end| now < end)
    }

    /// Whether it was revoked, and so is listed no more.
    pub(crate) fn is_revoked(&self) -> bool {
        self.revoked
    }

    /// Whether `offered` is this token.
    pub(crate) fn matches(&self, offered: &str) -> bool {
        self.secret == offered
    }

    /// The token itself, for the ready line alone.
    pub(crate) fn reveal(&self) -> &str {
        &self.secret
    }
}

fn made_up() -> String {
    let mut random = rand::rng();
    repeat_with(|| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(revoked: bool, expires: Option<i64>) -> Token {
        Token::new(TokenConfig { revoked, expires, ..TokenConfig::default() })
    }

    #[test]
    fn a_token_lives_until_it_expires_or_is_revoked() {
        assert!(token(false, None).is_live(5));
        assert!(token(false, Some(6)).is_live(5));
        assert!(!token(false, Some(5)).is_live(5));
        assert!(!token(true, None).is_live(5));
    }

    #[test]
    fn a_made_up_token_looks_like_the_documented_ones_and_is_new_each_time() {
        let one = token(false, None);
        assert_eq!(one.reveal().len(), 32);
        assert!(one.reveal().bytes().all(|byte| ALPHABET.contains(&byte)));
        assert!(!token(false, None).matches(one.reveal()));
    }
}
