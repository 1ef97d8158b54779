//! Refuses what a rule can say, but what would have no effect.

use hyper::header::HeaderValue;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::nature::Means;
use crate::functions;

/// The most padding that a body can get.
const PADDING_LIMIT: usize = 256 << 20;

/// Why a part of a rule would have no effect.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unfit {
    /// The function is none of the panel's.
    #[error("the panel has no function {0:?}; name it with its module, as in Email::passwd_pop")]
    NoSuchFunction(String),
    /// The address is none of a mailbox, and no function is named that takes an account's name there.
    #[error(
        "the address {0:?} has no @; write the whole address, as in anna@example.com, or name a function of accounts beside it, as in whm::passwd"
    )]
    NoAddress(String),
    /// A count is 0.
    #[error("{0:?} is 0, so that the rule would never have its turn; it begins with 1")]
    Never(&'static str),
    /// The status stands there twice.
    #[error("{0:?} says the status already; leave \"status\" out")]
    StatusTwice(String),
    /// A status is no HTTP status.
    #[error("a status lies between 200 and 999")]
    Status,
    /// A value cannot stand in a header.
    #[error("{0:?} cannot stand in a header; it takes text without control characters")]
    Header(&'static str),
    /// A body would be larger than the memory allows.
    #[error("a body gets at most {PADDING_LIMIT} bytes of padding")]
    Padding,
    /// A local program cannot be answered as HTTPS can, nor the other way round.
    #[error("this answer is for calls by {only}; leave \"by\" out", only = match .0 { Means::Https => "https", Means::Program => "program" })]
    Means(Means),
    /// A signal would not end a program.
    #[error("a program dies by a signal between 1 and 15")]
    Signal,
    /// A piece of a body would be empty.
    #[error("a piece has at least 1 byte")]
    EmptyPiece,
}

/// Checks which requests a rule is about.
///
/// # Errors
///
/// When there can be no such request.
pub(crate) fn check_match(
    function: Option<&str>,
    address: Option<&str>,
    from: Option<u64>,
    count: Option<u64>,
) -> Result<(), Unfit> {
    match (function, address) {
        (Some(function), _) if !functions::is_known(function) => Err(Unfit::NoSuchFunction(function.to_owned())),
        (_, Some(address)) if !address.contains('@') && !function.is_some_and(functions::takes_account) => {
            Err(Unfit::NoAddress(address.to_owned()))
        }
        _ if from == Some(0) => Err(Unfit::Never("from")),
        _ if count == Some(0) => Err(Unfit::Never("count")),
        _ => Ok(()),
    }
}

/// Checks the notation `status-503`, which leaves no room for a `status`.
///
/// # Errors
///
/// When both are there.
pub(crate) fn check_notation(parts: &Map<String, Value>) -> Result<(), Unfit> {
    let answer = parts.get("answer").and_then(Value::as_str).unwrap_or_default();
    let is_short = answer.starts_with("status-");
    if is_short && parts.contains_key("status") { Err(Unfit::StatusTwice(answer.to_owned())) } else { Ok(()) }
}

/// Checks the parameters of an answer.
///
/// # Errors
///
/// When one of them cannot be sent.
pub(crate) fn check_answer(answer: &Answer) -> Result<(), Unfit> {
    match answer {
        Answer::Redirect { status, location } => {
            check_status(*status)?;
            check_header("location", location)
        }
        Answer::Status { status, retry_after } => {
            check_status(*status)?;
            retry_after.as_ref().map_or(Ok(()), check_retry_after)
        }
        Answer::Raw { status, content_type, .. } => {
            check_status(*status)?;
            check_header("content_type", content_type)
        }
        Answer::BigBody { bytes } if *bytes > PADDING_LIMIT => Err(Unfit::Padding),
        Answer::Drip { bytes: 0, .. } => Err(Unfit::EmptyPiece),
        Answer::Die { signal, .. } if !(1..=15).contains(signal) => Err(Unfit::Signal),
        _ => Ok(()),
    }
}

/// Checks that calls which come by these means can be answered so.
///
/// # Errors
///
/// When they cannot.
pub(crate) fn check_means(answer: &Answer, by: Option<Means>) -> Result<(), Unfit> {
    match (answer.only_for(), by) {
        (Some(only), Some(by)) if only != by => Err(Unfit::Means(only)),
        _ => Ok(()),
    }
}

fn check_status(status: u16) -> Result<(), Unfit> {
    if (200..1000).contains(&status) { Ok(()) } else { Err(Unfit::Status) }
}

fn check_retry_after(value: &Value) -> Result<(), Unfit> {
    match value {
        Value::Number(_) => Ok(()),
        Value::String(text) => check_header("retry_after", text),
        _ => Err(Unfit::Header("retry_after")),
    }
}

fn check_header(name: &'static str, text: &str) -> Result<(), Unfit> {
    HeaderValue::from_str(text).map(|_| ()).map_err(|_| Unfit::Header(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::rules::rule::Rule;

    #[test]
    fn what_would_have_no_effect_is_refused_with_its_reason() {
        for (told, reason) in [
            (json!({"answer": "lie", "match": {"function": "passwd_pop"}}), "no function \"passwd_pop\""),
            (json!({"answer": "lie", "match": {"function": "Email::no_such"}}), "no function"),
            (json!({"answer": "lie", "match": {"function": "whm::no_such"}}), "no function"),
            (json!({"answer": "lie", "match": {"address": "anna"}}), "has no @"),
            (json!({"answer": "lie", "match": {"function": "Email::passwdpop", "address": "anna"}}), "has no @"),
            (json!({"answer": "lie", "match": {"from": 0}}), "\"from\" is 0"),
            (json!({"answer": "lie", "match": {"count": 0}}), "\"count\" is 0"),
            (json!({"answer": "status-503", "status": 429}), "leave \"status\" out"),
            (json!({"answer": "status-7"}), "between 200 and 999"),
            (json!({"answer": "status", "status": 503, "retry_after": "soon\n"}), "\"retry_after\" cannot"),
            (json!({"answer": "status", "status": 503, "retry_after": [7]}), "\"retry_after\" cannot"),
            (json!({"answer": "redirect", "location": "/a\nb"}), "\"location\" cannot"),
            (json!({"answer": "raw", "body": "", "content_type": "a\r\nb"}), "\"content_type\" cannot"),
            (json!({"answer": "big-body", "bytes": usize::MAX}), "at most 268435456 bytes"),
            (json!({"answer": "drip", "bytes": 0}), "at least 1 byte"),
            (json!({"answer": "die", "signal": 19}), "between 1 and 15"),
            (json!({"answer": "status-503", "match": {"by": "program"}}), "is for calls by https"),
            (json!({"answer": "hang", "match": {"by": "https"}}), "is for calls by program"),
        ] {
            let error = Rule::try_from(told.clone()).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(reason), "{told}: {error}");
        }
    }

    #[test]
    fn an_address_is_an_accounts_name_where_the_function_takes_one() {
        for function in ["whm::passwd", "whm::cpanel", "Passwd::change_password"] {
            let told = json!({"answer": "lie", "match": {"function": function, "address": "shop"}});
            assert!(Rule::try_from(told).is_ok(), "{function}");
        }
    }
}
