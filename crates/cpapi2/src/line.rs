//! The words of the call: which function, and with what.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;

use cprekey_core::api::Api;
use cprekey_core::failpoint::failpoint;
use cprekey_core::text::safe;
use cprekey_frontend::failure::Failure;

use crate::decode::decode;
use crate::given::{Given, Origin};
use crate::secrets;
use crate::sources::Source;

/// What the help says of where to look on.
const HELP: &str = "see cprekey-cpapi2 --help for examples";

/// The function that is called, and the words behind it.
#[derive(Debug)]
pub(crate) struct Line {
    /// The module; empty for WHM API 1.
    pub(crate) module: String,
    /// The function.
    pub(crate) function: String,
    /// The words `key=value`, as typed.
    pub(crate) words: Vec<OsString>,
}

impl Line {
    /// Splits what was typed behind the options.
    ///
    /// # Errors
    ///
    /// Where the module or the function is missing.
    pub(crate) fn split(api: Api, words: Vec<OsString>) -> Result<Self, Failure> {
        let mut words = words.into_iter();
        let mut name = |what: &str| {
            let word = words.next().and_then(|word| word.into_string().ok());
            word.filter(|word| !word.contains('=')).ok_or_else(|| missing(api, what))
        };
        let module = if api == Api::Whm1 { String::new() } else { name("module")? };
        Ok(Self { module, function: name("function")?, words: words.collect() })
    }
}

fn missing(api: Api, what: &str) -> Failure {
    let order = match api {
        Api::Whm1 => "a line of whmapi1 is: function key=value …",
        Api::Uapi | Api::Api2 => {
            "a line of uapi and cpapi2 is: Module function key=value …, and one of whmapi1 needs --api=whmapi1"
        }
    };
    Failure::bad_input(format!("the {what} is missing")).with_remedy(format!("{order}; {HELP}"))
}

/// The arguments that the words stand for; values behind an `@` come from `source`.
///
/// # Errors
///
/// Where a word is no `key=value`, and where a value cannot be had; never shows a value.
pub(crate) fn arguments(words: &[OsString], source: Source) -> Result<Vec<Given>, Failure> {
    let mut all = Vec::with_capacity(words.len());
    let mut after_secret = false;
    for (index, word) in words.iter().enumerate() {
        let (key, value) = split(word).ok_or_else(|| bare(index, word, after_secret))?;
        after_secret |= secrets::is_secret(&key, b"value");
        all.push(argument(key, value, source)?);
    }
    Ok(all)
}

/// The key, decoded, and what stands behind the first `=`.
fn split(word: &OsString) -> Option<(String, &[u8])> {
    let bytes = word.as_bytes();
    let end = bytes.iter().position(|byte| *byte == b'=').filter(|end| *end > 0)?;
    let key = std::str::from_utf8(&decode(&bytes[..end])).ok()?.to_owned();
    Some((key, &bytes[end + 1..]))
}

fn argument(key: String, value: &[u8], source: Source) -> Result<Given, Failure> {
    failpoint("cpapi2-line", value);
    match value.strip_prefix(b"@") {
        Some(name) => {
            let value = source(&safe(&key), name)?;
            failpoint("cpapi2-source", &value);
            Given::new(key, &value, Origin::Elsewhere)
        }
        None => Given::new(key, &decode(value), Origin::Typed),
    }
}

/// A word that stands for nothing. Behind a secret it may be the secret's second half, and then it is not shown.
fn bare(index: usize, word: &OsString, after_secret: bool) -> Failure {
    let word = word.to_string_lossy();
    let place = index + 1;
    let shown =
        if after_secret { format!("argument {place}") } else { format!("argument {place}, “{}”,", safe(&word)) };
    Failure::bad_input(format!("{shown} is no key=value"))
        .with_remedy("write key= where the value is empty, and put a value with blanks into quotation marks")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::given::Value;
    use crate::sources;

    fn words(typed: &[&str]) -> Vec<OsString> {
        typed.iter().map(OsString::from).collect()
    }

    fn shown(typed: &[&str]) -> Vec<(String, Option<String>)> {
        let value = |given: Given| match given.value {
            Value::Plain(text) => (given.key, Some(text)),
            Value::Hidden { .. } => (given.key, None),
        };
        arguments(&words(typed), sources::fetch).unwrap().into_iter().map(value).collect()
    }

    #[test]
    fn a_line_is_a_module_a_function_and_what_is_behind() {
        let typed = words(&["Passwd", "change_password", "user=example"]);
        let line = Line::split(Api::Api2, typed).unwrap();
        assert_eq!((&*line.module, &*line.function, line.words.len()), ("Passwd", "change_password", 1));
        let line = Line::split(Api::Whm1, words(&["passwd", "user=example"])).unwrap();
        assert_eq!((&*line.module, &*line.function, line.words.len()), ("", "passwd", 1));
        for (api, typed, missing) in [
            (Api::Uapi, &[][..], "module"),
            (Api::Uapi, &["Email"], "function"),
            (Api::Uapi, &["Email", "email=anna"], "function"),
            (Api::Whm1, &["user=example"], "function"),
        ] {
            let failure = Line::split(api, words(typed)).unwrap_err();
            assert!(failure.what.contains(missing) && failure.remedy.unwrap().contains("whmapi1"), "{typed:?}");
        }
    }

    #[test]
    fn keys_and_values_are_decoded_and_secrets_are_masked() {
        let typed = ["email=anna%40example.com", "a%2Db=1+1", "regex=a=b", "empty=", "password=luggage", "x=%40"];
        let plain = |key: &str, value: &str| (key.to_owned(), Some(value.to_owned()));
        let expected = [
            plain("email", "anna@example.com"),
            plain("a-b", "1 1"),
            plain("regex", "a=b"),
            plain("empty", ""),
            ("password".to_owned(), None),
            plain("x", "@"),
        ];
        assert_eq!(shown(&typed), expected);
    }

    #[test]
    fn a_word_without_a_value_is_named_unless_it_may_be_half_a_secret() {
        let failure = arguments(&words(&["email=anna", "skip_main"]), sources::fetch).unwrap_err();
        assert!(failure.what.contains("argument 2, “skip_main”"), "{failure}");
        let failure = arguments(&words(&["newpass=half", "S3CRET"]), sources::fetch).unwrap_err();
        assert!(failure.what.contains("argument 2 is") && !failure.what.contains("S3CRET"), "{failure}");
        assert!(arguments(&words(&["=value"]), sources::fetch).is_err());
    }
}
