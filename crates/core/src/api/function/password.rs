//! A mailbox's password: setting it, and asking whether it is that one.
//!
//! Source: cPanel API documentation, `Email::passwd_pop` and `Email::verify_password`. With only a local part
//! `passwd_pop` assumes the account's main domain, so that another mailbox might change: both take an [`Address`],
//! which is always a full one.

use secrecy::SecretString;
use serde_json::Value;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::data;
use crate::address::Address;

/// Gives a mailbox a new password. Its answer's data is null.
#[must_use]
pub fn passwd_pop<'a>(mailbox: &'a Address, password: &'a SecretString) -> Call<'a> {
    on_mailbox("passwd_pop", mailbox, password)
}

/// Asks whether a mailbox has this password; changes nothing.
#[must_use]
pub fn verify_password<'a>(mailbox: &'a Address, password: &'a SecretString) -> Call<'a> {
    on_mailbox("verify_password", mailbox, password)
}

fn on_mailbox<'a>(function: &'static str, mailbox: &'a Address, password: &'a SecretString) -> Call<'a> {
    Call::uapi("Email", function).plain("email", mailbox.as_str()).secret("password", password)
}

/// Reads the answer of [`verify_password`].
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data is neither 1 nor 0.
pub fn is_valid(answer: &Answer) -> Result<bool, Fault> {
    let value: Value = data::read(answer, "Email::verify_password")?;
    data::flag(&value).ok_or_else(|| Fault::unusable("its data is not what Email::verify_password answers"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::data::answering;
    use super::*;
    use crate::api::call::Argument;

    #[test]
    fn the_calls_hold_the_full_address_and_hide_the_password() {
        let password = SecretString::from("p+q&r%s");
        let anna = Address::parse("Anna@Example.com").unwrap();
        for (call, function) in
            [(passwd_pop(&anna, &password), "passwd_pop"), (verify_password(&anna, &password), "verify_password")]
        {
            assert_eq!((&*call.module, &*call.function), ("Email", function));
            let [(email, Argument::Plain(address)), (key, Argument::Secret(_))] = &call.arguments[..] else {
                unreachable!("{call:?}")
            };
            assert_eq!((&**email, &**address, &**key), ("email", "Anna@example.com", "password"));
            assert!(!format!("{call:?}").contains("p+q"));
        }
    }

    #[test]
    fn only_an_explicit_yes_or_no_is_one() {
        for (data, valid) in [
            ("1", Some(true)),
            ("\"1\"", Some(true)),
            ("true", Some(true)),
            ("0", Some(false)),
            ("\"0\"", Some(false)),
            ("false", Some(false)),
            ("null", None),
            ("2", None),
            ("1.0", None),
            ("\"\"", None),
            ("\"yes\"", None),
            ("[1]", None),
            ("{}", None),
        ] {
            assert_eq!(is_valid(&answering(data)).ok(), valid, "{data}");
        }
    }
}
