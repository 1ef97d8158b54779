//! Keys and values as a form (`application/x-www-form-urlencoded`).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::call::Argument;
use crate::failpoint::failpoint;

/// What is encoded: every byte but `A-Za-z0-9._~-`. A space becomes `%20`, which no decoder reads as anything else.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~').remove(b'-');

/// The body of these fields and the arguments behind them, in a buffer that never moves and is wiped when dropped.
pub(super) fn encode(fields: &[(&str, &str)], arguments: &[(Cow<'_, str>, Argument<'_>)]) -> Zeroizing<Vec<u8>> {
    let pairs = || {
        let arguments = arguments.iter().map(|(key, value)| (&**key, text(value)));
        fields.iter().copied().chain(arguments)
    };
    let longest = pairs().map(|(key, value)| longest(key) + longest(value)).sum();
    let mut body = Zeroizing::new(Vec::with_capacity(longest));
    for (key, value) in pairs() {
        if !body.is_empty() {
            body.push(b'&');
        }
        append(&mut body, key);
        body.push(b'=');
        append(&mut body, value);
    }
    failpoint("form", &body);
    body
}

fn text<'a>(argument: &'a Argument<'_>) -> &'a str {
    match argument {
        Argument::Plain(text) => text,
        Argument::Secret(secret) => secret.expose_secret(),
    }
}

/// How long a text can become, with its `&` or `=`.
fn longest(text: &str) -> usize {
    text.len() * 3 + 1
}

fn append(body: &mut Vec<u8>, text: &str) {
    for piece in percent_encode(text.as_bytes(), ENCODED) {
        body.extend_from_slice(piece.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::SecretString;

    use super::super::call::Call;
    use super::*;

    fn encoded(call: &Call<'_>) -> Zeroizing<Vec<u8>> {
        encode(&[], &call.arguments)
    }

    fn body(key: &str, value: &SecretString) -> String {
        let call = Call::uapi("Email", "passwd_pop").plain("email", "anna@example.com").secret(key, value);
        String::from_utf8_lossy(&encoded(&call)).into_owned()
    }

    #[test]
    fn all_but_the_unreserved_bytes_are_encoded() {
        let value = SecretString::from("aZ09._~- +&=%#@é\u{1f511}");
        let expected = "email=anna%40example.com&password=aZ09._~-%20%2B%26%3D%25%23%40%C3%A9%F0%9F%94%91";
        assert_eq!(body("password", &value), expected);
        assert!(encoded(&Call::uapi("Tokens", "list")).is_empty());
    }

    #[test]
    fn fields_stand_before_arguments() {
        let call = Call::whm1("x").plain("k", "v");
        assert_eq!(&**encode(&[("api.version", "1")], &call.arguments), b"api.version=1&k=v");
        assert_eq!(&**encode(&[("api.version", "1")], &[]), b"api.version=1");
    }

    proptest! {
        #[test]
        fn any_text_arrives_byte_for_byte(key in any::<String>(), value in any::<String>()) {
            let encoded = body(&key, &SecretString::from(value.clone()));
            let decoded: Vec<_> = form_urlencoded::parse(encoded.as_bytes()).into_owned().collect();
            let email = ("email".to_owned(), "anna@example.com".to_owned());
            prop_assert_eq!(decoded, vec![email, (key, value)]);
        }

        #[test]
        fn the_buffer_never_moves(value in any::<String>()) {
            let secret = SecretString::from(value);
            let call = Call::uapi("Email", "passwd_pop").secret("password", &secret);
            let capacity = "password".len() * 3 + secret.expose_secret().len() * 3 + 2;
            prop_assert_eq!(encoded(&call).capacity(), capacity);
        }
    }
}
