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

/// A value that is no secret, and that the probes treat as one.
pub(super) const WORD: &str = "user";

/// A call that shows whether a program takes values in one way.
pub(super) struct Probe<'a> {
    /// The way.
    pub(super) channel: Channel,
    /// The call.
    pub(super) call: Call<'a>,
    /// Whether the answer shows that the value arrived.
    pub(super) shows: fn(&Answer) -> bool,
}

/// The probes of a program, the best way first; `word` is [`WORD`].
pub(super) fn probes(program: Program, word: &SecretString) -> Vec<Probe<'_>> {
    let input = |call, shows| Probe { channel: Channel::Input, call, shows };
    match program {
        Program::Uapi => vec![
            input(function::get_required_strength(), |answer| function::required_strength(answer).is_ok()),
            Probe {
                channel: Channel::Files,
                call: Call::uapi("Variables", "get_user_information").secret("name-0", word),
                shows: |answer| function::account(answer).is_ok(),
            },
            Probe {
                channel: Channel::Arguments,
                call: Call::uapi("Variables", "get_user_information").plain("name-0", WORD),
                shows: |answer| function::account(answer).is_ok(),
            },
        ],
        Program::Whmapi1 => vec![
            input(Call::whm1("get_password_strength").secret("password", word), tells_strength),
            Probe {
                channel: Channel::Arguments,
                call: Call::whm1("get_password_strength").plain("password", WORD),
                shows: tells_strength,
            },
        ],
        // Nothing says that it takes anything but arguments.
        Program::Cpapi2 => Vec::new(),
    }
}

fn tells_strength(answer: &Answer) -> bool {
    let data = answer.data.as_deref().map_or("null", RawValue::get);
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    matches!(data["strength"], Value::Number(_) | Value::String(_))
}
