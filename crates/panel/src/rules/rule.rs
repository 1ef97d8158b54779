//! One rule: which requests it is about, and what is done with them.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::check::{Unfit, check_answer, check_match, check_means, check_notation};
use super::nature::Means;
use crate::subject::Subject;

/// Why a rule is none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RuleError {
    /// It is not a JSON object.
    #[error("a rule is an object with \"match\" and \"answer\"")]
    NotAnObject,
    /// `match` is not right.
    #[error("the \"match\" of the rule: {0}")]
    Match(serde_json::Error),
    /// `apply` is not right.
    #[error("the \"apply\" of the rule is neither true nor false")]
    Apply,
    /// `answer` or its parameters are not right.
    #[error("the \"answer\" of the rule: {0}")]
    Answer(serde_json::Error),
    /// A part of it would have no effect.
    #[error("the rule would not do what it says: {0}")]
    Unfit(#[from] Unfit),
}

/// Which requests a rule is about.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Matcher {
    /// `Module::function`, or `whm::function`.
    function: Option<String>,
    /// The mailbox named by the arguments, or the account.
    address: Option<String>,
    /// Whether calls by HTTPS or by local programs are meant; both without it.
    #[serde(default)]
    by: Option<Means>,
    /// The first request that is meant, of those about this function and address; counted from 1.
    #[serde(default)]
    from: Option<u64>,
    /// How many are meant from there on.
    #[serde(default)]
    count: Option<u64>,
}

impl Matcher {
    fn check(&self) -> Result<(), Unfit> {
        check_match(self.function.as_deref(), self.address.as_deref(), self.from, self.count)
    }
}

/// One rule.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Value")]
pub(crate) struct Rule {
    matcher: Matcher,
    /// Whether the call has its effect.
    pub(crate) apply: bool,
    /// What is answered.
    pub(crate) answer: Answer,
    /// The rule as it was given.
    pub(crate) told: Value,
}

impl TryFrom<Value> for Rule {
    type Error = RuleError;

    fn try_from(told: Value) -> Result<Self, RuleError> {
        let Value::Object(mut parts) = told.clone() else { return Err(RuleError::NotAnObject) };
        let matcher = match parts.remove("match") {
            Some(matcher) => serde_json::from_value(matcher).map_err(RuleError::Match)?,
            None => Matcher::default(),
        };
        let apply = match parts.remove("apply") {
            Some(apply) => Some(apply.as_bool().ok_or(RuleError::Apply)?),
            None => None,
        };
        matcher.check()?;
        check_notation(&parts)?;
        spell_out_status(&mut parts);
        let answer: Answer = serde_json::from_value(Value::Object(parts)).map_err(RuleError::Answer)?;
        check_answer(&answer)?;
        check_means(&answer, matcher.by)?;
        Ok(Self { matcher, apply: apply.unwrap_or_else(|| answer.applies()), answer, told })
    }
}

impl Rule {
    /// Whether the request or the call is of those that the rule counts. It has to come by the means that are meant, and that
    /// the answer is possible for. The commands within a batch are, when the rule names their
    /// function or address, and its answer can stand in a list of answers.
    pub(crate) fn concerns(&self, subject: &Subject) -> bool {
        let Matcher { function, address, by, .. } = &self.matcher;
        let means = if subject.by_program { Means::Program } else { Means::Https };
        let given = subject.address.as_deref();
        by.or(self.answer.only_for()).is_none_or(|wanted| wanted == means)
            && function.as_ref().is_none_or(|wanted| subject.functions.contains(wanted))
            && address.as_ref().is_none_or(|wanted| given.is_some_and(|given| given.eq_ignore_ascii_case(wanted)))
            && (!subject.in_batch || (self.answer.fits_in_list() && (function.is_some() || address.is_some())))
    }

    /// Whether it is the turn of the `ordinal`th request counted.
    pub(crate) fn means(&self, ordinal: u64) -> bool {
        let from = self.matcher.from.unwrap_or(1);
        ordinal >= from && self.matcher.count.is_none_or(|count| ordinal - from < count)
    }
}

/// `status-503` is short for `status` with the status 503.
fn spell_out_status(parts: &mut Map<String, Value>) {
    let answer = parts.get("answer").and_then(Value::as_str);
    let status = answer.and_then(|answer| answer.strip_prefix("status-")?.parse::<u16>().ok());
    if let Some(status) = status {
        parts.insert("answer".to_owned(), json!("status"));
        parts.insert("status".to_owned(), json!(status));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::http::post;
    use crate::subject::Face;

    fn rule(told: Value) -> Result<Rule, RuleError> {
        Rule::try_from(told)
    }

    #[test]
    fn every_kind_is_understood_by_its_documented_name() {
        for kind in [
            "denied-403",
            "denied-401-html",
            "login-page-200",
            "redirect",
            "tfa-page",
            "status-503",
            "status-429",
            "messages",
            "nested",
            "string-status",
            "no-status",
            "html",
            "garbage",
            "truncated",
            "empty",
            "drip",
            "stall",
            "reset-before",
            "reset-after",
            "close",
            "gzip",
            "lie",
            "big-body",
            "whm-result-0",
            "short-batch",
            "api2-event-1-data-0",
            "api2-event-0-data-1",
            "api2-error-with-success",
            "api2-data-object",
            "hang",
            "die",
        ] {
            assert!(rule(json!({"answer": kind})).is_ok(), "{kind}");
        }
        assert!(rule(json!({"answer": "refuse", "text": "no"})).is_ok());
        assert!(rule(json!({"answer": "raw", "body": ""})).is_ok());
        assert!(rule(json!({"answer": "slow", "ms": 1, "when": "before"})).is_ok());
        assert!(rule(json!({"answer": "exit", "code": 3})).is_ok());
        assert!(rule(json!({"answer": "stderr", "text": "x"})).is_ok());
        assert!(rule(json!({"answer": "noise-after", "text": "x"})).is_ok());
    }

    #[test]
    fn what_is_misspelt_is_refused() {
        for told in [
            json!({"answer": "denied"}),
            json!({"answer": "lie", "aply": true}),
            json!({"answer": "lie", "apply": "yes"}),
            json!({"answer": "lie", "match": {"adress": "x"}}),
            json!({"answer": "status-7"}),
            json!({"match": {}}),
            json!([]),
        ] {
            assert!(rule(told.clone()).is_err(), "{told}");
        }
    }

    #[test]
    fn a_rule_is_about_its_function_and_address() {
        let rule = rule(json!({"match": {"function": "Email::passwd_pop", "address": "Anna@example.com"},
            "answer": "lie"}));
        let rule = rule.unwrap();
        let concerns = |path: &str, form: &str| rule.concerns(&Subject::of(Face::Cpanel, &post(path, form, "")));
        assert!(concerns("/execute/Email/passwd_pop", "email=anna%40example.com"));
        assert!(concerns("/execute/Email/passwd_pop", "email=anna&domain=example.com"));
        assert!(!concerns("/execute/Email/passwd_pop", "email=bert%40example.com"));
        assert!(!concerns("/execute/Email/verify_password", "email=anna%40example.com"));
    }

    #[test]
    fn a_rule_is_about_what_is_passed_through_and_about_the_commands_of_a_batch_that_it_names() {
        let path = "/json-api/uapi_cpanel";
        let form = "cpanel.module=Email&cpanel.function=passwd_pop";
        let subject = Subject::of(Face::Whm, &post(path, form, ""));
        let named = |function: &str| rule(json!({"match": {"function": function}, "answer": "lie"})).unwrap();
        assert!(named("Email::passwd_pop").concerns(&subject) && named("whm::uapi_cpanel").concerns(&subject));
        assert!(!named("whm::passwd").concerns(&subject));
        let unnamed = rule(json!({"answer": "lie"})).unwrap();
        assert!(unnamed.concerns(&subject));
        let command = subject.in_batch();
        assert!(named("Email::passwd_pop").concerns(&command) && !unnamed.concerns(&command));
        let reset = rule(json!({"match": {"function": "Email::passwd_pop"}, "answer": "reset-before"})).unwrap();
        assert!(!reset.concerns(&command));
    }

    #[test]
    fn a_rule_is_about_calls_that_come_by_its_means_and_can_be_answered_so() {
        let (request, program) = (Subject::default(), Subject::default().by_program());
        for (told, by_https, by_program) in [
            (json!({"answer": "lie"}), true, true),
            (json!({"answer": "lie", "match": {"by": "https"}}), true, false),
            (json!({"answer": "lie", "match": {"by": "program"}}), false, true),
            (json!({"answer": "status-503"}), true, false),
            (json!({"answer": "die"}), false, true),
        ] {
            let rule = rule(told.clone()).unwrap();
            assert_eq!((rule.concerns(&request), rule.concerns(&program)), (by_https, by_program), "{told}");
        }
    }

    #[test]
    fn a_rule_has_its_turn() {
        let rule = rule(json!({"match": {"from": 3, "count": 2}, "answer": "lie"})).unwrap();
        assert_eq!((1..7).filter(|ordinal| rule.means(*ordinal)).collect::<Vec<_>>(), [3, 4]);
    }
}
