//! One argument of the call, as it is meant.

use cprekey_core::SecretString;
use cprekey_core::api::Call;
use cprekey_frontend::failure::Failure;

use crate::secrets;

/// One argument of the call.
#[derive(Debug)]
pub(crate) struct Given {
    /// Its key, decoded.
    pub(crate) key: String,
    /// Its value.
    pub(crate) value: Value,
}

/// The value of an argument.
#[derive(Debug)]
pub(crate) enum Value {
    /// May be shown.
    Plain(String),
    /// A secret, and whether it stood among the program's own arguments, where others can read it.
    Secret {
        /// The secret.
        text: SecretString,
        /// Whether it was typed.
        was_typed: bool,
    },
}

impl Given {
    /// An argument whose value came from `bytes`; a secret by its name, or because it was kept in a place of its own.
    ///
    /// # Errors
    ///
    /// Where the value is no text; never shows it.
    pub(crate) fn new(key: String, bytes: &[u8], origin: Origin) -> Result<Self, Failure> {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            Failure::bad_input(format!("the value of {key} is not UTF-8 text"))
                .with_remedy("an API's argument is text; encode it as the function wants it")
        })?;
        let is_secret = origin == Origin::Elsewhere || secrets::is_secret(&key, bytes);
        let value = if is_secret {
            Value::Secret { text: text.into(), was_typed: origin == Origin::Typed }
        } else {
            Value::Plain(text.to_owned())
        };
        Ok(Self { key, value })
    }

    /// Its secret, where it is one.
    pub(crate) fn secret(&self) -> Option<&SecretString> {
        match &self.value {
            Value::Secret { text, .. } => Some(text),
            Value::Plain(_) => None,
        }
    }

    /// Whether it is a secret that others can read in the process list.
    pub(crate) fn is_exposed(&self) -> bool {
        matches!(self.value, Value::Secret { was_typed: true, .. })
    }

    /// The call with this argument.
    pub(crate) fn add_to<'a>(&'a self, call: Call<'a>) -> Call<'a> {
        match &self.value {
            Value::Plain(text) => call.plain(&self.key, text),
            Value::Secret { text, .. } => call.secret(&self.key, text),
        }
    }
}

/// Where a value stood.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Origin {
    /// Among the program's arguments.
    Typed,
    /// On standard input, among others (`--input=json`).
    Input,
    /// In a place of its own that an `@` names.
    Elsewhere,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn given(key: &str, origin: Origin) -> Given {
        Given::new(key.to_owned(), b"S3CRET-word", origin).unwrap()
    }

    #[test]
    fn a_secret_is_masked_and_told_from_one_that_was_typed() {
        for (key, origin, is_secret, is_exposed) in [
            ("newpass", Origin::Typed, true, true),
            ("newpass", Origin::Input, true, false),
            ("newpass", Origin::Elsewhere, true, false),
            ("email", Origin::Elsewhere, true, false),
            ("email", Origin::Typed, false, false),
        ] {
            let given = given(key, origin);
            assert_eq!((given.secret().is_some(), given.is_exposed()), (is_secret, is_exposed), "{key} {origin:?}");
            assert_eq!(format!("{given:?}").contains("S3CRET"), !is_secret);
        }
    }

    #[test]
    fn what_is_no_text_is_named_and_not_shown() {
        let failure = Given::new("newpass".to_owned(), b"S3CRET\xff", Origin::Typed).unwrap_err();
        assert!(failure.what.contains("newpass") && !failure.what.contains("S3CRET"));
    }
}
