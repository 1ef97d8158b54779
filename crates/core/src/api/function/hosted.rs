//! Which accounts there are on a server. Source: WHM API documentation, `listaccts`.

use serde::Deserialize;
use serde_json::Value;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::data;

/// A server may have tens of thousands of accounts, and not every version leaves out the fields that are not wanted.
const ANSWER_LIMIT: usize = 64 << 20;

/// An account as WHM lists it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HostedAccount {
    /// Its name.
    pub user: String,
    /// Its main domain, where it is told.
    pub domain: Option<String>,
    /// Whether it is suspended; its password cannot be changed then.
    pub suspended: bool,
}

#[derive(Deserialize)]
struct Listing {
    acct: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    user: Value,
    #[serde(default)]
    domain: Value,
    #[serde(default, deserialize_with = "data::lenient_flag")]
    suspended: bool,
}

/// Asks for all accounts that the caller controls; changes nothing.
#[must_use]
pub fn list_accounts() -> Call<'static> {
    Call::whm1("listaccts").plain("want", "user,domain,suspended").answer_limit(ANSWER_LIMIT)
}

/// Reads the answer of [`list_accounts`]. An entry without a user is left out.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data is not a list of accounts.
pub fn hosted_accounts(answer: &Answer) -> Result<Vec<HostedAccount>, Fault> {
    let Listing { acct } = data::read(answer, "listaccts")?;
    Ok(acct.into_iter().filter_map(account).collect())
}

fn account(row: Row) -> Option<HostedAccount> {
    Some(HostedAccount { user: data::word(row.user)?, domain: data::word(row.domain), suspended: row.suspended })
}

#[cfg(test)]
mod tests {
    use super::super::data::answering;
    use super::*;

    #[test]
    fn flags_are_lenient_and_rows_without_a_user_are_left_out() {
        let answer = answering(
            r#"{"acct":[{"user":"shop","domain":"example.com","suspended":0,"plan":"default"},
                {"user":"b","domain":"b.example","suspended":1},{"user":"c","suspended":"1"},
                {"user":"d","domain":null,"suspended":"0"},{"user":"e","domain":"","suspended":true},
                {"domain":"nobody.example"},{"user":null},{"user":""},{"user":7}]}"#,
        );
        let read: Vec<_> = hosted_accounts(&answer)
            .into_iter()
            .flatten()
            .map(|account| (account.user, account.domain.unwrap_or_default(), account.suspended))
            .collect();
        let expected = [
            ("shop", "example.com", false),
            ("b", "b.example", true),
            ("c", "", true),
            ("d", "", false),
            ("e", "", true),
        ];
        assert_eq!(read, expected.map(|(user, domain, suspended)| (user.to_owned(), domain.to_owned(), suspended)));
    }

    #[test]
    fn an_empty_list_is_a_list_and_nothing_is_not() {
        assert_eq!(hosted_accounts(&answering(r#"{"acct":[]}"#)).ok(), Some(Vec::new()));
        for data in ["null", "{}", "1", "[]", r#"{"acct":null}"#, r#"{"acct":["shop"]}"#, r#"{"acct":{"user":"shop"}}"#]
        {
            assert!(matches!(hosted_accounts(&answering(data)), Err(Fault::Unusable { .. })), "{data}");
        }
    }

    #[test]
    fn a_large_server_fits() {
        assert_eq!(list_accounts().answer_limit, 67_108_864);
    }
}
