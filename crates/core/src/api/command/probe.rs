//! Harmless calls that show how a program takes secrets.
//!
//! `whmapi1` is documented to take JSON on standard input; cPanel's own pages disagree on whether `uapi` does, and only its help text speaks
//! of `@FILE`. A program that does not know them would take the file's *name* for the password, so each is tried before it is trusted: by a
//! function that changes nothing, with a value of ours that is no secret, and whose answer is good only where the value arrived. The last
//! probe gives it as an argument: where not even that is answered, the program is of no use.

use secrecy::SecretString;
use serde_json::Value;
use serde_json::value::RawValue;

use super::channel::Channel;
use super::program::Program;
use crate::api::answer::Answer;
use crate::api::call::Call;
use crate::api::function;

/// A value that is no secret, and that the probes of a program treat as one. `uapi` is asked for the field of this name, `whmapi1` how strong
/// it is: more than nothing, while an empty password scores 0.
pub(super) const fn word(program: Program) -> &'static str {
    match program {
        Program::Uapi | Program::Cpapi2 => "user",
        Program::Whmapi1 => "Quince-Harbour-58-Lantern",
    }
}

/// A call that shows whether a program takes values in one way.
pub(super) struct Probe<'a> {
    /// The way.
    pub(super) channel: Channel,
    /// The call.
    pub(super) call: Call<'a>,
    /// Whether the answer shows that the value arrived.
    pub(super) shows: fn(&Answer) -> bool,
}

/// The probes of a program, the best way first; `secret` is its [`word`].
pub(super) fn probes(program: Program, secret: &SecretString) -> Vec<Probe<'_>> {
    let input = |call, shows| Probe { channel: Channel::Input, call, shows };
    match program {
        Program::Uapi => vec![
            input(function::get_required_strength(), |answer| function::required_strength(answer).is_ok()),
            Probe {
                channel: Channel::Files,
                call: Call::uapi("Variables", "get_user_information").secret("name-0", secret),
                shows: |answer| function::account(answer).is_ok(),
            },
            Probe {
                channel: Channel::Arguments,
                call: Call::uapi("Variables", "get_user_information").plain("name-0", word(program)),
                shows: |answer| function::account(answer).is_ok(),
            },
        ],
        Program::Whmapi1 => vec![
            input(Call::whm1("get_password_strength").secret("password", secret), tells_strength),
            Probe {
                channel: Channel::Arguments,
                call: Call::whm1("get_password_strength").plain("password", word(program)),
                shows: tells_strength,
            },
        ],
        // Nothing says that it takes anything but arguments.
        Program::Cpapi2 => Vec::new(),
    }
}

/// Whether the answer is that something has arrived, and has some strength.
fn tells_strength(answer: &Answer) -> bool {
    let data = answer.data.as_deref().map_or("null", RawValue::get);
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    let strength = match &data["strength"] {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    strength.is_some_and(|strength| strength.is_finite() && strength > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::answer::Verdict;

    #[test]
    fn only_a_positive_strength_shows_that_a_password_arrived() {
        for (data, shows) in [
            (r#"{"strength":65}"#, true),
            (r#"{"strength":"65"}"#, true),
            (r#"{"strength":1}"#, true),
            (r#"{"strength":0}"#, false),
            (r#"{"strength":"0"}"#, false),
            (r#"{"strength":-1}"#, false),
            (r#"{"strength":""}"#, false),
            (r#"{"strength":"strong"}"#, false),
            (r#"{"strength":"inf"}"#, false),
            (r#"{"strength":true}"#, false),
            (r#"{"strength":null}"#, false),
            ("{}", false),
            ("[]", false),
        ] {
            let data = RawValue::from_string(data.to_owned()).ok();
            let answer = Answer { data, ..Answer::bare(Verdict::Done) };
            assert_eq!(tells_strength(&answer), shows, "{answer:?}");
        }
    }
}
