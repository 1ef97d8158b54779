//! What is special about changing a password in place of its old one.
//!
//! Source: cPanel API 2 documentation, `Passwd::change_password`.

use cprekey_core::api::function::change_agrees;
use cprekey_core::api::{Answer, Api, Argument, Call, Fault};

use crate::secrets;

/// Whether the call names an old password, which is none any more once the call is carried out. Calls within a call may do so too.
pub(crate) fn needs_old_password(call: &Call<'_>) -> bool {
    let names_old = |key: &str| {
        let key = key.to_ascii_lowercase();
        secrets::holds_call(&key) || key.contains("pass") && (key.contains("old") || key.contains("current"))
    };
    is_account_change(call) || call.arguments.iter().any(|(key, _)| names_old(key))
}

/// The answer, where all that it says agrees: the yes of the envelope may only mean that the function ran.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data of [such a change](is_account_change) does not say that it was made.
pub(crate) fn checked(call: &Call<'_>, answer: Answer) -> Result<Answer, Fault> {
    if answer.is_done() && is_account_change(call) {
        change_agrees(&answer)?;
    }
    Ok(answer)
}

/// Whether it is `Passwd::change_password`, also where `whmapi1 cpanel` passes it through.
pub(crate) fn is_account_change(call: &Call<'_>) -> bool {
    let [module, function] = match call.api {
        Api::Api2 => [&*call.module, &*call.function],
        Api::Whm1 if call.function == "cpanel" => {
            ["cpanel_jsonapi_module", "cpanel_jsonapi_func"].map(|key| plain(call, key))
        }
        Api::Whm1 | Api::Uapi => return false,
    };
    module.eq_ignore_ascii_case("Passwd") && function.eq_ignore_ascii_case("change_password")
}

/// The value of an argument; empty where there is none.
fn plain<'a>(call: &'a Call<'_>, wanted: &str) -> &'a str {
    let value = call.arguments.iter().find(|(key, _)| key == wanted);
    match value {
        Some((_, Argument::Plain(value))) => value,
        _ => "",
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use cprekey_core::SecretString;
    use cprekey_core::api::Verdict;
    use serde_json::value::RawValue;

    use super::*;

    fn passed_through() -> Call<'static> {
        Call::whm1("cpanel").plain("cpanel_jsonapi_module", "Passwd").plain("cpanel_jsonapi_func", "change_password")
    }

    #[test]
    fn an_old_password_is_known_by_its_name_or_its_function() {
        let secret = SecretString::from("luggage12345");
        for key in ["oldpass", "old_password", "current_password", "OldPass", "command-0"] {
            assert!(needs_old_password(&Call::uapi("Any", "function").secret(key, &secret)), "{key}");
        }
        assert!(needs_old_password(&Call::new(Api::Api2, "Passwd", "change_password")));
        assert!(needs_old_password(&passed_through()));
        let other = Call::uapi("Email", "passwd_pop").secret("password", &secret).plain("oldest", "1");
        assert!(!needs_old_password(&other));
    }

    #[test]
    fn a_yes_that_its_data_contradicts_is_none() {
        for (data, agrees) in [
            (r#"[{"status":1,"statustxt":"Changed."}]"#, true),
            (r#"[{"status":1,"reason":"The old password is wrong."}]"#, false),
            ("[]", false),
        ] {
            let answer = |verdict| Answer {
                data: Some(RawValue::from_string(data.to_owned()).unwrap()),
                ..Answer::bare(verdict)
            };
            for call in [Call::new(Api::Api2, "Passwd", "change_password"), passed_through()] {
                assert_eq!(checked(&call, answer(Verdict::Done)).is_ok(), agrees, "{data}");
                assert!(checked(&call, answer(Verdict::Refused)).is_ok(), "a no stays a no");
            }
            assert!(checked(&Call::new(Api::Api2, "Email", "listpops"), answer(Verdict::Done)).is_ok());
        }
    }
}
