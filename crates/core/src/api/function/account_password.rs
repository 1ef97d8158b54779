//! An account's own password: given by WHM, or by the account itself, which must know its old one.
//!
//! Sources: WHM API documentation, `passwd`; cPanel API 2 documentation, `Passwd::change_password`.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::super::answer::Answer;
use super::super::call::{Api, Call};
use super::super::fault::Fault;
use super::data;
use crate::account::AccountName;

/// Gives an account a new password through WHM. `databases` says whether the password of its databases is to change as well, which
/// WHM would do unasked.
#[must_use]
pub fn set_account_password<'a>(account: &'a AccountName, password: &'a SecretString, databases: bool) -> Call<'a> {
    Call::whm1("passwd")
        .plain("user", account.as_str())
        .secret("password", password)
        .plain("db_pass_update", flag(databases))
}

/// Gives an account a new password in place of its old one. `databases` says whether the password of its databases is to change as
/// well. It is not sent twice: once done, the old password is none any more, and the panel says no.
#[must_use]
pub fn change_password<'a>(
    account: &'a AccountName,
    old: &'a SecretString,
    new: &'a SecretString,
    databases: bool,
) -> Call<'a> {
    Call::new(Api::Api2, "Passwd", "change_password")
        .plain("user", account.as_str())
        .secret("oldpass", old)
        .secret("newpass", new)
        .plain("enablemysql", flag(databases))
        .once()
}

const fn flag(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

/// What `Passwd::change_password` says of its work.
#[derive(Deserialize)]
struct Row {
    status: Value,
    #[serde(default)]
    statustxt: Value,
    #[serde(default)]
    reason: Value,
    #[serde(default)]
    error: Value,
}

/// Checks that all that a yes to [`change_password`] says agrees: the envelope's yes may only mean that the function ran.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data does not say that the password was changed, or gives a reason why not.
pub fn change_agrees(answer: &Answer) -> Result<(), Fault> {
    let Row { status, statustxt, reason, error } = only_row(answer)?;
    if !matches!(&error, Value::Null) && error.as_str().is_none_or(|error| !error.trim().is_empty()) {
        return Err(Fault::unusable("it says yes and names an error"));
    }
    if data::flag(&status) != Some(true) {
        return Err(Fault::unusable("it does not say that the password was changed"));
    }
    match reason.as_str().map(str::trim) {
        Some(reason) if !says_yes(reason) && Some(reason) != statustxt.as_str().map(str::trim) => {
            Err(Fault::unusable("it says yes and gives a reason why not"))
        }
        _ => Ok(()),
    }
}

/// The data's one row, whether or not it stands in an array. Of several, nobody could say which one speaks of this change.
fn only_row(answer: &Answer) -> Result<Row, Fault> {
    const FUNCTION: &str = "Passwd::change_password";
    let row = match data::read(answer, FUNCTION)? {
        Value::Array(rows) => <[Value; 1]>::try_from(rows).map(|[row]| row).unwrap_or_default(),
        row => row,
    };
    let row = Some(row).filter(Value::is_object).and_then(|row| serde_json::from_value(row).ok());
    row.ok_or_else(|| Fault::unusable("it does not say that the password was changed"))
}

/// Whether a reason is none, or one of success.
fn says_yes(reason: &str) -> bool {
    let reason = reason.trim_end_matches(['.', '!']).to_lowercase();
    matches!(&*reason, "" | "ok" | "success" | "successful" | "1")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::data::answering;
    use super::*;
    use crate::api::form;

    fn body(call: &Call<'_>) -> String {
        assert!(!format!("{call:?}").contains("luggage"));
        String::from_utf8_lossy(&form::encode(&[], &call.arguments)).into_owned()
    }

    #[test]
    fn the_databases_are_left_alone_unless_asked() {
        let shop = AccountName::parse("Shop").unwrap();
        let [old, new] = ["luggage12345", "luggage54321"].map(SecretString::from);
        for (databases, flag) in [(false, "0"), (true, "1")] {
            let call = set_account_password(&shop, &new, databases);
            assert_eq!((call.api, &*call.function, call.repeatable), (Api::Whm1, "passwd", true));
            assert_eq!(body(&call), format!("user=shop&password=luggage54321&db_pass_update={flag}"));
            let call = change_password(&shop, &old, &new, databases);
            assert_eq!((call.api, &*call.module, &*call.function), (Api::Api2, "Passwd", "change_password"));
            assert_eq!(body(&call), format!("user=shop&oldpass=luggage12345&newpass=luggage54321&enablemysql={flag}"));
            assert!(!call.repeatable);
        }
    }

    #[test]
    fn a_change_is_one_where_nothing_speaks_against_it() {
        for (data, agrees) in [
            (r#"[{"status":1,"statustxt":"Changed.","applist":[{"app":"system"}]}]"#, true),
            (r#"{"status":"1"}"#, true),
            (r#"[{"status":1,"reason":"OK"}]"#, true),
            (r#"[{"status":1,"reason":""}]"#, true),
            (r#"[{"status":1,"reason":null}]"#, true),
            (r#"[{"status":1,"reason":"Success!"}]"#, true),
            (r#"[{"status":1,"statustxt":"Changed.","reason":"Changed."}]"#, true),
            (r#"[{"status":1,"statustxt":"Changed.","reason":"The old password is wrong."}]"#, false),
            (r#"[{"status":1,"reason":"Unsuccessful"}]"#, false),
            (r#"[{"status":1},{"status":0}]"#, false),
            (r#"[{"status":1},{"status":1}]"#, false),
            (r#"[{"status":1,"error":"boom"}]"#, false),
            (r#"[{"status":1,"error":["boom"]}]"#, false),
            (r#"[{"status":1,"error":""}]"#, true),
            (r#"[{"status":0}]"#, false),
            (r#"[{"status":2}]"#, false),
            (r#"[{"statustxt":"Changed."}]"#, false),
            ("[]", false),
            ("{}", false),
            ("[[1]]", false),
            ("[1]", false),
            ("null", false),
        ] {
            let checked = change_agrees(&answering(data));
            assert!(matches!(checked, Ok(()) | Err(Fault::Unusable { .. })));
            assert_eq!(checked.is_ok(), agrees, "{data}");
        }
    }
}
