//! What a reply makes of a row: a pure decision from what came back to an outcome.

use secrecy::SecretString;

use crate::api::{self, Answer, Fault, Verdict as Said};
use crate::brake::Cause;
use crate::outcome::Outcome;
use crate::paced::Reply;
use crate::reason::Reason;
use crate::text;

/// What a row comes to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    pub(super) reason: Option<Reason>,
    pub(super) detail: String,
}

impl Verdict {
    pub(super) fn new(outcome: Outcome, reason: Option<Reason>, detail: impl Into<String>) -> Self {
        Self { outcome, reason, detail: detail.into() }
    }

    /// The same detail under another outcome.
    pub(super) fn turned(self, outcome: Outcome, reason: Reason) -> Self {
        Self { outcome, reason: Some(reason), ..self }
    }
}

/// Judges the reply to a changing call. `cause` is why the run ends, where it does.
pub(super) fn judge(reply: &Reply, cause: Option<Cause>, password: &SecretString) -> Verdict {
    match &reply.last {
        None if reply.in_doubt => {
            Verdict::new(Outcome::Unknown, Some(Reason::Interrupted), "left before the answer came")
        }
        None => not_tried(cause),
        Some(Ok(answer)) => answered(answer, reply.in_doubt, password),
        Some(Err(fault)) => failed(fault, reply.in_doubt),
    }
}

/// The verdict on a row that nothing was sent for.
fn not_tried(cause: Option<Cause>) -> Verdict {
    Verdict::new(Outcome::NotTried, cause.map(Cause::reason), "")
}

fn answered(answer: &Answer, in_doubt: bool, password: &SecretString) -> Verdict {
    if answer.verdict == Said::Done {
        let said: Vec<&str> = answer.warnings.iter().chain(&answer.messages).map(String::as_str).collect();
        return Verdict::new(Outcome::Changed, None, shown(&said.join("; "), password));
    }
    // A request before this one may have been carried out, and that may be why the panel says no now.
    let outcome = if in_doubt { Outcome::Unknown } else { Outcome::Refused };
    Verdict::new(outcome, Some(api::reason(answer)), shown(&answer.errors.join("; "), password))
}

fn failed(fault: &Fault, in_doubt: bool) -> Verdict {
    let outcome = if in_doubt { Outcome::Unknown } else { Outcome::NotTried };
    Verdict::new(outcome, Some(reason_of(fault)), text::safe(&fault.to_string()))
}

/// The panel's words without the row's password, fit for a terminal.
fn shown(words: &str, password: &SecretString) -> String {
    text::safe(&text::redact(words, &[password])).into_owned()
}

const fn reason_of(fault: &Fault) -> Reason {
    match fault {
        Fault::Unreachable { .. } => Reason::Unreachable,
        Fault::Untrusted { .. } => Reason::Untrusted,
        Fault::Denied { .. } => Reason::AccessDenied,
        Fault::Busy { .. } => Reason::Busy,
        Fault::ServerError { .. } => Reason::ServerError,
        Fault::Timeout { .. } => Reason::Timeout,
        Fault::Lost { .. } => Reason::ConnectionLost,
        Fault::Unusable { .. } => Reason::BadAnswer,
    }
}
