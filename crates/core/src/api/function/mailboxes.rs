//! Which mailboxes there are. Source: cPanel API documentation, `Email::list_pops`.

use serde::Deserialize;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::data;

/// An account may have a hundred thousand mailboxes, of some hundred bytes each.
const ANSWER_LIMIT: usize = 64 << 20;

/// A mailbox as the panel lists it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Mailbox {
    /// The full address, as the panel writes it.
    #[serde(rename = "email")]
    pub address: String,
    /// Nobody can log in to it.
    #[serde(default, deserialize_with = "data::lenient_flag")]
    pub suspended_login: bool,
}

/// Asks for all mailboxes but the account's own system mailbox, which `passwd_pop` cannot change; changes nothing.
#[must_use]
pub fn list_pops() -> Call<'static> {
    Call::uapi("Email", "list_pops").plain("skip_main", "1").answer_limit(ANSWER_LIMIT)
}

/// Reads the answer of [`list_pops`]. An entry without an `@` is the system mailbox after all, and is left out.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data is not a list of mailboxes.
pub fn mailboxes(answer: &Answer) -> Result<Vec<Mailbox>, Fault> {
    let mut mailboxes: Vec<Mailbox> = data::read(answer, "Email::list_pops")?;
    mailboxes.retain(|mailbox| mailbox.address.contains('@'));
    Ok(mailboxes)
}

#[cfg(test)]
mod tests {
    use super::super::data::answering;
    use super::*;

    #[test]
    fn flags_are_numbers_strings_or_missing() {
        let answer = answering(
            r#"[{"email":"shop","login":"Main Account"},
                {"email":"a@example.com","login":"a@example.com","suspended_login":1,"suspended_incoming":0},
                {"email":"b@example.com","suspended_login":"1"},
                {"email":"c@example.com","suspended_login":null},
                {"email":"d@example.com","suspended_login":"0"},{"email":"e@example.com","suspended_login":true}]"#,
        );
        let read: Vec<_> = mailboxes(&answer)
            .into_iter()
            .flatten()
            .map(|mailbox| (mailbox.address, mailbox.suspended_login))
            .collect();
        let expected = [("a", true), ("b", true), ("c", false), ("d", false), ("e", true)];
        assert_eq!(read, expected.map(|(name, suspended)| (format!("{name}@example.com"), suspended)));
    }

    #[test]
    fn an_empty_list_is_a_list_and_nothing_is_not() {
        assert_eq!(mailboxes(&answering("[]")).ok(), Some(Vec::new()));
        for data in ["null", "{}", "1", r#"["a@example.com"]"#, r#"[{"login":"a@example.com"}]"#] {
            assert!(matches!(mailboxes(&answering(data)), Err(Fault::Unusable { .. })), "{data}");
        }
    }

    #[test]
    fn a_large_account_fits() {
        assert_eq!(list_pops().answer_limit, 67_108_864);
    }
}
