//! How strong a password must be. Source: cPanel API documentation, `PasswdStrength::get_required_strength`.

use serde::Deserialize;
use serde_json::Value;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::data;

#[derive(Deserialize)]
struct Required {
    strength: Value,
}

/// Asks how strong a mailbox's password must be; changes nothing.
#[must_use]
pub fn get_required_strength() -> Call<'static> {
    Call::uapi("PasswdStrength", "get_required_strength").plain("app", "pop")
}

/// Reads the answer of [`get_required_strength`]: cPanel's own score, 0 to 100.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data holds no number from 0 to 100.
pub fn required_strength(answer: &Answer) -> Result<u8, Fault> {
    let Required { strength } = data::read(answer, "PasswdStrength::get_required_strength")?;
    let strength = match &strength {
        Value::Number(number) => number.as_u64().and_then(|number| u8::try_from(number).ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    strength
        .filter(|strength| *strength <= 100)
        .ok_or_else(|| Fault::unusable("the strength in it is not a number from 0 to 100"))
}

#[cfg(test)]
mod tests {
    use super::super::data::answering;
    use super::*;

    #[test]
    fn the_strength_is_a_number_or_a_string() {
        for (data, strength) in [
            (r#"{"strength":65}"#, Some(65)),
            (r#"{"strength":"65"}"#, Some(65)),
            (r#"{"strength":0}"#, Some(0)),
            (r#"{"strength":100}"#, Some(100)),
            (r#"{"strength":101}"#, None),
            (r#"{"strength":-1}"#, None),
            (r#"{"strength":"high"}"#, None),
            (r#"{"strength":null}"#, None),
            ("{}", None),
            ("null", None),
        ] {
            assert_eq!(required_strength(&answering(data)).ok(), strength, "{data}");
        }
    }
}
