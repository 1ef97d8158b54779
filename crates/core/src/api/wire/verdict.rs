//! The explicit yes, the explicit no, and nothing in between.

use serde_json::Value;

use super::super::answer::Verdict;
use super::super::fault::Fault;

/// The one verdict of an envelope that says it in one place or in several.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where nothing says anything, where something is neither a yes nor a no, and where two
/// disagree.
pub(super) fn agreed<'a>(said: impl IntoIterator<Item = &'a Value>) -> Result<Verdict, Fault> {
    let mut agreed = None;
    for value in said {
        let Some(verdict) = explicit(value) else {
            return Err(Fault::unusable("its status is neither 1 nor 0"));
        };
        if *agreed.get_or_insert(verdict) != verdict {
            return Err(Fault::unusable("it says yes in one place and no in another"));
        }
    }
    agreed.ok_or_else(|| Fault::unusable("it has no status"))
}

/// cPanel documents the integers 1 and 0; the same as a string or as a truth value is taken too. `1.0` is not: no panel
/// writes it.
pub(super) fn explicit(value: &Value) -> Option<Verdict> {
    let yes = match value {
        Value::Bool(yes) => *yes,
        Value::Number(number) => flag(number.as_u64()?)?,
        Value::String(text) => flag(text.parse().ok().filter(|_| text.len() == 1)?)?,
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(if yes { Verdict::Done } else { Verdict::Refused })
}

const fn flag(number: u64) -> Option<bool> {
    match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}
