//! One argument of the call, as it is meant.

use cprekey_core::SecretString;
use cprekey_core::api::Call;
use cprekey_core::failpoint::remember;
use cprekey_core::text::safe;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::memory;

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
    /// Must not be shown before it is sent, nor stand in arguments.
    Hidden {
        /// The value.
        text: SecretString,
        /// Where it stood.
        origin: Origin,
        /// Whether its key's name says that it is a secret, so that an answer must not show it either.
        is_secret: bool,
    },
}

impl Given {
    /// An argument whose value came from `bytes`; hidden for its key's name, or because it was kept in a place of its own.
    ///
    /// # Errors
    ///
    /// Where the value is no text; never shows it.
    pub(crate) fn new(key: String, bytes: &[u8], origin: Origin) -> Result<Self, Failure> {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            Failure::bad_input(format!("the value of {} is not UTF-8 text", safe(&key)))
                .with_remedy("an API's argument is text; encode it as the function wants it")
        })?;
        let is_secret = secrets::is_secret(&key, bytes);
        let value = if is_secret || origin == Origin::Elsewhere {
            let text = text.into();
            memory::lock([&text]);
            remember(&text);
            Value::Hidden { text, origin, is_secret }
        } else {
            Value::Plain(text.to_owned())
        };
        Ok(Self { key, value })
    }

    /// Its secret, where its key's name says that it is one. What was merely kept in a place of its own may stand in an answer.
    pub(crate) fn secret(&self) -> Option<&SecretString> {
        match &self.value {
            Value::Hidden { text, is_secret: true, .. } => Some(text),
            Value::Hidden { .. } | Value::Plain(_) => None,
        }
    }

    /// Whether it is a secret that others can read in the process list.
    pub(crate) fn is_exposed(&self) -> bool {
        matches!(self.value, Value::Hidden { origin: Origin::Typed, .. })
    }

    /// Whether it is hidden, and others cannot read it in the process list.
    pub(crate) fn is_kept_out(&self) -> bool {
        matches!(self.value, Value::Hidden { .. }) && !self.is_exposed()
    }

    /// The call with this argument.
    pub(crate) fn add_to<'a>(&'a self, call: Call<'a>) -> Call<'a> {
        match &self.value {
            Value::Plain(text) => call.plain(&self.key, text),
            Value::Hidden { text, .. } => call.secret(&self.key, text),
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
    fn what_is_hidden_is_told_from_what_an_answer_may_show() {
        for (key, origin, [is_secret, is_exposed, is_kept_out]) in [
            ("newpass", Origin::Typed, [true, true, false]),
            ("newpass", Origin::Input, [true, false, true]),
            ("newpass", Origin::Elsewhere, [true, false, true]),
            ("domain", Origin::Elsewhere, [false, false, true]),
            ("domain", Origin::Input, [false, false, false]),
            ("domain", Origin::Typed, [false, false, false]),
        ] {
            let given = given(key, origin);
            let found = [given.secret().is_some(), given.is_exposed(), given.is_kept_out()];
            assert_eq!(found, [is_secret, is_exposed, is_kept_out], "{key} {origin:?}");
            assert_eq!(format!("{given:?}").contains("S3CRET"), !(is_exposed || is_kept_out));
        }
    }

    #[test]
    fn what_is_no_text_is_named_and_not_shown() {
        let failure = Given::new("newpass".to_owned(), b"S3CRET\xff", Origin::Typed).unwrap_err();
        assert!(failure.what.contains("newpass") && !failure.what.contains("S3CRET"));
    }
}
