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
    /// The panel's no to a later try, where an earlier one may have been carried out: it counts once the password is shown not to be set.
    pub(super) later_no: Option<Box<Verdict>>,
}

impl Verdict {
    pub(super) fn new(outcome: Outcome, reason: Option<Reason>, detail: impl Into<String>) -> Self {
        Self { outcome, reason, detail: detail.into(), later_no: None }
    }

    /// The same detail under another outcome.
    pub(super) fn turned(self, outcome: Outcome, reason: Reason) -> Self {
        Self { outcome, reason: Some(reason), ..self }
    }
}

/// Judges the reply to a changing call. `cause` is why the run ends, where it does; `secrets` are what was sent with the call.
pub(super) fn judge(reply: &Reply, cause: Option<Cause>, secrets: &[&SecretString]) -> Verdict {
    match &reply.last {
        None if reply.left => Verdict::new(Outcome::Unknown, Some(Reason::Interrupted), "left before the answer came"),
        None => reply.doubt.as_ref().map_or_else(|| not_tried(cause), |doubt| in_doubt(doubt, "")),
        Some(Ok(answer)) => answered(answer, reply.doubt.as_ref(), secrets),
        Some(Err(fault)) => failed(fault, reply.doubt.as_ref()),
    }
}

/// The verdict on a row that nothing was sent for.
fn not_tried(cause: Option<Cause>) -> Verdict {
    Verdict::new(Outcome::NotTried, cause.map(Cause::reason), "")
}

fn answered(answer: &Answer, doubt: Option<&Fault>, secrets: &[&SecretString]) -> Verdict {
    if answer.verdict == Said::Done {
        let said: Vec<&str> = answer.warnings.iter().chain(&answer.messages).map(String::as_str).collect();
        return Verdict::new(Outcome::Changed, None, shown(&said.join("; "), secrets));
    }
    let words = shown(&answer.errors.join("; "), secrets);
    let no = Verdict::new(Outcome::Refused, Some(api::reason(answer)), words.as_str());
    match doubt {
        None => no,
        // The request before this one may have been carried out, and that may be why the panel says no now.
        Some(fault) => {
            let later_no = Some(Box::new(no));
            Verdict { later_no, ..in_doubt(fault, &format!("a later try was answered: {words}")) }
        }
    }
}

fn failed(fault: &Fault, doubt: Option<&Fault>) -> Verdict {
    match doubt {
        None => Verdict::new(Outcome::NotTried, Some(reason_of(fault)), text::safe(&fault.to_string())),
        Some(doubt) if reason_of(doubt) == reason_of(fault) => in_doubt(doubt, ""),
        Some(doubt) => in_doubt(doubt, &format!("a later try failed: {fault}")),
    }
}

/// The verdict on a row that the panel may have changed without saying so, and what came afterwards.
fn in_doubt(fault: &Fault, afterwards: &str) -> Verdict {
    let between = if afterwards.is_empty() { "" } else { "; " };
    Verdict::new(Outcome::Unknown, Some(reason_of(fault)), text::safe(&format!("{fault}{between}{afterwards}")))
}

/// The panel's words without what was sent in secret, fit for a terminal.
pub(super) fn shown(words: &str, secrets: &[&SecretString]) -> String {
    text::safe(&text::redact(words, secrets)).into_owned()
}

const fn reason_of(fault: &Fault) -> Reason {
    match fault {
        Fault::Unsupported { .. } => Reason::Unsupported,
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
