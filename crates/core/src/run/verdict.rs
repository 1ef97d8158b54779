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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Every fault with its reason and what it says.
    fn faults() -> [(Fault, Reason, &'static str); 9] {
        let detail = || "a\u{1b}b".to_owned();
        [
            (Fault::Unsupported { detail: detail() }, Reason::Unsupported, r"this call cannot be made: a\u{1b}b"),
            (Fault::Unreachable { detail: detail() }, Reason::Unreachable, r"the panel cannot be reached: a\u{1b}b"),
            (
                Fault::Untrusted { detail: detail(), remedy: String::new() },
                Reason::Untrusted,
                r"the panel's certificate is not trusted: a\u{1b}b",
            ),
            (Fault::Denied { detail: detail() }, Reason::AccessDenied, r"the panel did not let us in: a\u{1b}b"),
            (Fault::Busy { status: 503, retry_after: None }, Reason::Busy, "the panel is busy (HTTP 503)"),
            (Fault::ServerError { status: 500 }, Reason::ServerError, "the server failed (HTTP 500)"),
            (TIMEOUT, Reason::Timeout, "no answer within 9 s"),
            (Fault::Lost { detail: detail() }, Reason::ConnectionLost, r"the connection broke: a\u{1b}b"),
            (Fault::Unusable { detail: detail() }, Reason::BadAnswer, r"the answer makes no sense: a\u{1b}b"),
        ]
    }

    const TIMEOUT: Fault = Fault::Timeout { after: Duration::from_secs(9) };

    fn refusal(errors: &[&str]) -> Answer {
        Answer { errors: errors.iter().map(|error| (*error).to_owned()).collect(), ..Answer::bare(Said::Refused) }
    }

    fn judged(last: Option<Result<Answer, Fault>>, doubt: Option<Fault>) -> Verdict {
        judge(&Reply { last, doubt, tries: 1, ..Reply::default() }, None, &[&SecretString::from("luggage1")])
    }

    fn verdict(outcome: Outcome, reason: Reason, detail: &str) -> Verdict {
        Verdict::new(outcome, Some(reason), detail)
    }

    #[test]
    fn a_row_that_nothing_was_sent_for_says_why_the_run_ends() {
        let judged = |cause| judge(&Reply::default(), cause, &[]);
        assert_eq!(judged(None), Verdict::new(Outcome::NotTried, None, ""));
        assert_eq!(judged(Some(Cause::StopRule)), verdict(Outcome::NotTried, Reason::Stopped, ""));
    }

    #[test]
    fn a_try_that_was_left_is_unknown() {
        let reply = Reply { left: true, tries: 1, ..Reply::default() };
        let left = judge(&reply, Some(Cause::Interrupted), &[]);
        assert_eq!(left, verdict(Outcome::Unknown, Reason::Interrupted, "left before the answer came"));
    }

    #[test]
    fn a_fault_after_nothing_doubtful_is_a_row_that_was_not_tried() {
        for (fault, reason, said) in faults() {
            assert_eq!(judged(Some(Err(fault)), None), verdict(Outcome::NotTried, reason, said));
        }
    }

    #[test]
    fn a_doubt_outlives_later_faults() {
        for (fault, reason, said) in faults() {
            assert_eq!(judged(None, Some(fault.clone())), verdict(Outcome::Unknown, reason, said));
            let later = if reason == Reason::Timeout { String::new() } else { format!("; a later try failed: {said}") };
            let expected = verdict(Outcome::Unknown, Reason::Timeout, &format!("no answer within 9 s{later}"));
            assert_eq!(judged(Some(Err(fault)), Some(TIMEOUT)), expected);
        }
    }

    #[test]
    fn a_yes_is_a_change_whatever_was_doubtful_and_keeps_what_the_panel_says_besides() {
        let answer = Answer {
            warnings: vec!["luggage1 is weak".to_owned()],
            messages: vec!["done".to_owned(), "\u{7}".to_owned()],
            ..Answer::bare(Said::Done)
        };
        for doubt in [None, Some(TIMEOUT)] {
            let expected = Verdict::new(Outcome::Changed, None, r"[password] is weak; done; \u{7}");
            assert_eq!(judged(Some(Ok(answer.clone())), doubt), expected);
        }
    }

    #[test]
    fn a_no_is_a_refusal_unless_an_earlier_try_may_have_been_carried_out() {
        let answer = refusal(&["“luggage1” is too weak", "sorry\n"]);
        let no = verdict(Outcome::Refused, Reason::TooWeak, "“[password]” is too weak; sorry");
        assert_eq!(judged(Some(Ok(answer.clone())), None), no);
        let detail = "no answer within 9 s; a later try was answered: “[password]” is too weak; sorry";
        let later_no = Some(Box::new(no));
        let doubted = Verdict { later_no, ..verdict(Outcome::Unknown, Reason::Timeout, detail) };
        assert_eq!(judged(Some(Ok(answer)), Some(TIMEOUT)), doubted);
    }

    #[test]
    fn a_verdict_that_is_turned_keeps_all_else() {
        let before = verdict(Outcome::Refused, Reason::TooWeak, "words");
        assert_eq!(
            before.turned(Outcome::Unchanged, Reason::Verified),
            verdict(Outcome::Unchanged, Reason::Verified, "words")
        );
    }
}
