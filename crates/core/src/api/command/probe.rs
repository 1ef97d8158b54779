//! Harmless calls that show how a program takes secrets.
//!
//! `whmapi1` is documented to take JSON on standard input; cPanel's own pages disagree on whether `uapi` does, and only its help text speaks
//! of `@FILE`. A program that does not know them would take the file's *name* for the password, so each is tried before it is trusted: by a
//! function that changes nothing, with a value of ours that is no secret, and whose answer is good only where the value arrived.

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

/// The probes of a program, the best way first; `word` is [`WORD`]. The last shows whether it answers at all.
pub(super) fn probes(program: Program, word: &SecretString) -> Vec<Probe<'_>> {
    let by = |channel, call, shows| Probe { channel, call, shows };
    let strength = || function::get_required_strength();
    match program {
        Program::Uapi => vec![
            by(Channel::Input, strength(), |answer| function::required_strength(answer).is_ok()),
            Probe {
                channel: Channel::Files,
                call: Call::uapi("Variables", "get_user_information").secret("name-0", word),
                shows: |answer| function::account(answer).is_ok(),
            },
            by(Channel::Arguments, strength(), |_| true),
        ],
        Program::Whmapi1 => vec![
            by(Channel::Input, Call::whm1("get_password_strength").secret("password", word), tells_strength),
            by(Channel::Arguments, Call::whm1("get_password_strength").plain("password", WORD), |_| true),
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
