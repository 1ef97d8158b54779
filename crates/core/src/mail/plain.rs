//! The one message that holds a password: SASL PLAIN (RFC 4616), which takes any password that Unicode can write.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::address::Address;

/// The line that answers a server's invitation to `AUTHENTICATE PLAIN`: wiped when dropped, and never moved to a larger place, of which nobody
/// would wipe the old one.
pub(super) fn line(mailbox: &Address, password: &SecretString) -> Zeroizing<Vec<u8>> {
    let parts = [b"\0", mailbox.as_str().as_bytes(), b"\0", password.expose_secret().as_bytes()];
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let mut message = Zeroizing::new(Vec::with_capacity(length));
    for part in parts {
        message.extend_from_slice(part);
    }
    let mut line = Zeroizing::new(vec![0; length.div_ceil(3) * 4 + 2]);
    // There is room: it was measured.
    let written = STANDARD.encode_slice(&*message, &mut line).unwrap_or_default();
    line.truncate(written);
    line.extend_from_slice(b"\r\n");
    line
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn every_password_arrives_as_it_is() {
        let anna = Address::parse("anna@example.com").unwrap();
        for password in ["", "a", "ab", "abc", "p+q&r#s%41 é\"\\{3}", "пароль🔑"] {
            let line = line(&anna, &SecretString::from(password));
            let message = STANDARD.decode(line.strip_suffix(b"\r\n").unwrap()).unwrap();
            assert_eq!(message, format!("\0anna@example.com\0{password}").into_bytes());
            assert_eq!(line.capacity(), line.len(), "it grew, or was given too much room");
        }
    }
}
