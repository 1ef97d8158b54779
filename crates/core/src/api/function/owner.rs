//! Whose a domain is. Source: WHM API documentation, `getdomainowner`.

use serde::Deserialize;
use serde_json::Value;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::data;

#[derive(Deserialize)]
struct Owner {
    #[serde(default)]
    user: Value,
}

/// Asks whose a domain is; changes nothing.
#[must_use]
pub fn get_domain_owner(domain: &str) -> Call<'_> {
    Call::whm1("getdomainowner").plain("domain", domain)
}

/// Reads the answer of [`get_domain_owner`]: an account, or `None` where nobody has the domain that the caller may see.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data is not what the function answers.
pub fn domain_owner(answer: &Answer) -> Result<Option<String>, Fault> {
    if answer.data.is_none() {
        return Ok(None);
    }
    match data::read(answer, "getdomainowner")? {
        Owner { user: Value::String(user) } if !user.is_empty() => Ok(Some(user)),
        Owner { user: Value::Null | Value::String(_) } => Ok(None),
        Owner { .. } => Err(Fault::unusable("its data is not what getdomainowner answers")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::data::answering;
    use super::*;

    #[test]
    fn an_owner_is_named_or_there_is_none() {
        for (data, owner) in [
            (r#"{"user":"shop"}"#, Some(Some("shop".to_owned()))),
            (r#"{"user":null}"#, Some(None)),
            (r#"{"user":""}"#, Some(None)),
            ("{}", Some(None)),
            ("null", Some(None)),
            (r#"{"user":7}"#, None),
            (r#"{"user":["shop"]}"#, None),
            ("\"shop\"", None),
        ] {
            assert_eq!(domain_owner(&answering(data)).ok(), owner, "{data}");
        }
    }
}
