//! Whose a domain is. Source: WHM API documentation, `getdomainowner`.

use serde::Deserialize;
use serde_json::Value;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::data;

/// Whose a domain is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum DomainOwner {
    /// This account's.
    Account(String),
    /// Nobody's that the caller may see.
    Unknown {
        /// The panel's own words where it said no, which tell a domain that nobody has from a token that may not ask (see
        /// [`reason`](super::super::refusal::reason)); empty where it said yes and named nobody.
        words: Vec<String>,
    },
}

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

/// Reads the answer of [`get_domain_owner`], a no among them.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the data is not what the function answers.
pub fn domain_owner(answer: &Answer) -> Result<DomainOwner, Fault> {
    if !answer.is_done() {
        return Ok(DomainOwner::Unknown { words: answer.errors.clone() });
    }
    if answer.data.is_none() {
        return Ok(DomainOwner::Unknown { words: Vec::new() });
    }
    match data::read(answer, "getdomainowner")? {
        Owner { user: Value::String(user) } if !user.is_empty() => Ok(DomainOwner::Account(user)),
        Owner { user: Value::Null | Value::String(_) } => Ok(DomainOwner::Unknown { words: Vec::new() }),
        Owner { .. } => Err(Fault::unusable("its data is not what getdomainowner answers")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::answer::Verdict;
    use super::super::data::answering;
    use super::*;

    #[test]
    fn an_owner_is_named_or_unknown() {
        let unknown = || Some(DomainOwner::Unknown { words: Vec::new() });
        for (data, owner) in [
            (r#"{"user":"shop"}"#, Some(DomainOwner::Account("shop".to_owned()))),
            (r#"{"user":null}"#, unknown()),
            (r#"{"user":""}"#, unknown()),
            ("{}", unknown()),
            ("null", unknown()),
            (r#"{"user":7}"#, None),
            (r#"{"user":["shop"]}"#, None),
            ("\"shop\"", None),
        ] {
            assert_eq!(domain_owner(&answering(data)).ok(), owner, "{data}");
        }
    }

    #[test]
    fn a_no_keeps_its_words() {
        let words = vec!["Access denied".to_owned()];
        let answer = Answer { errors: words.clone(), ..Answer::bare(Verdict::Refused) };
        assert_eq!(domain_owner(&answer).ok(), Some(DomainOwner::Unknown { words }));
    }
}
