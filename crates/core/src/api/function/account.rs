//! Whose token it is. Source: cPanel API documentation, `Variables::get_user_information` (since version 86).

use serde::Deserialize;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::data;

/// The cPanel account that a token acts for.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Account {
    /// The account's user name.
    pub user: String,
}

/// Asks whose token it is; changes nothing.
#[must_use]
pub fn get_user_information() -> Call<'static> {
    Call::uapi("Variables", "get_user_information").plain("name-0", "user")
}

/// Reads the answer of [`get_user_information`].
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data names no user.
pub fn account(answer: &Answer) -> Result<Account, Fault> {
    data::read(answer, "Variables::get_user_information")
}

#[cfg(test)]
mod tests {
    use super::super::data::answering;
    use super::*;

    #[test]
    fn an_account_has_a_user_whatever_else_is_told() {
        for data in [r#"{"user":"shop","domain":"example.com","uid":1001}"#, r#"{"user":"shop"}"#] {
            let account = account(&answering(data)).ok();
            assert_eq!(account, Some(Account { user: "shop".to_owned() }), "{data}");
        }
    }

    #[test]
    fn without_a_user_there_is_no_account() {
        for data in ["null", "{}", r#"{"user":null}"#, r#"{"user":7}"#, "[]", "\"shop\""] {
            assert!(matches!(account(&answering(data)), Err(Fault::Unusable { .. })), "{data}");
        }
    }
}
