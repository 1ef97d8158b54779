//! What a verification makes of a verdict: a pure decision, and which verdicts want one.

use super::settings::Verify;
use super::verdict::Verdict;
use crate::outcome::Outcome;
use crate::reason::Reason;

/// What the panel says to "does the mailbox have this password?".
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Proof {
    /// It has.
    Holds,
    /// It has not.
    Fails,
    /// No usable answer came.
    Open,
}

/// Whether the verdict is one to verify.
///
/// A refused row is, with `All`, only where the refusal speaks of the password: it may be the one that the mailbox already has.
pub(super) fn is_wanted(verify: Verify, verdict: &Verdict) -> bool {
    match (verify, verdict.outcome) {
        (Verify::Unknown | Verify::All, Outcome::Unknown) | (Verify::All, Outcome::Changed) => true,
        (Verify::All, Outcome::Refused) => matches!(verdict.reason, Some(Reason::TooWeak | Reason::Rejected)),
        _ => false,
    }
}

/// The verdict in the light of the proof.
pub(super) fn weigh(verdict: Verdict, proof: Proof) -> Verdict {
    match (verdict.outcome, proof) {
        (Outcome::Changed, Proof::Holds) => verdict.turned(Outcome::Changed, Reason::Verified),
        (Outcome::Unknown, Proof::Holds) => Verdict {
            detail: format!("asked afterwards, the panel says that the mailbox has this password ({})", verdict.detail),
            ..verdict.turned(Outcome::Changed, Reason::Verified)
        },
        (Outcome::Refused, Proof::Holds) => verdict.turned(Outcome::Unchanged, Reason::Verified),
        (Outcome::Changed, Proof::Fails) => Verdict::new(
            Outcome::Unknown,
            Some(Reason::Mismatch),
            "the panel said that it changed the password, but the mailbox does not have it",
        ),
        // The panel said no to a later try, and the earlier one, which may have been carried out, was not.
        (Outcome::Unknown, Proof::Fails) => verdict.later_no.as_deref().cloned().unwrap_or(verdict),
        (Outcome::Changed, Proof::Open) => verdict.turned(Outcome::Changed, Reason::NotVerified),
        _ => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(outcome: Outcome, reason: Option<Reason>) -> Verdict {
        Verdict::new(outcome, reason, "words")
    }

    #[test]
    fn what_is_verified_is_what_was_asked_for() {
        let unknown = verdict(Outcome::Unknown, Some(Reason::Timeout));
        let changed = verdict(Outcome::Changed, None);
        let weak = verdict(Outcome::Refused, Some(Reason::TooWeak));
        let nobody = verdict(Outcome::Refused, Some(Reason::NoSuchMailbox));
        let stopped = verdict(Outcome::NotTried, Some(Reason::Stopped));
        let wanted = |verify| [&unknown, &changed, &weak, &nobody, &stopped].map(|verdict| is_wanted(verify, verdict));
        assert_eq!(wanted(Verify::None), [false; 5]);
        assert_eq!(wanted(Verify::Unknown), [true, false, false, false, false]);
        assert_eq!(wanted(Verify::All), [true, true, true, false, false]);
    }

    #[test]
    fn a_proof_settles_and_never_guesses() {
        use Outcome::{Changed, Refused, Unchanged, Unknown};
        let cases = [
            (Unknown, Proof::Holds, Changed, Some(Reason::Verified)),
            (Unknown, Proof::Fails, Unknown, Some(Reason::Timeout)),
            (Unknown, Proof::Open, Unknown, Some(Reason::Timeout)),
            (Changed, Proof::Holds, Changed, Some(Reason::Verified)),
            (Changed, Proof::Fails, Unknown, Some(Reason::Mismatch)),
            (Changed, Proof::Open, Changed, Some(Reason::NotVerified)),
            (Refused, Proof::Holds, Unchanged, Some(Reason::Verified)),
            (Refused, Proof::Fails, Refused, Some(Reason::Timeout)),
            (Refused, Proof::Open, Refused, Some(Reason::Timeout)),
        ];
        for (before, proof, after, reason) in cases {
            let weighed = weigh(verdict(before, Some(Reason::Timeout)), proof);
            assert_eq!((weighed.outcome, weighed.reason), (after, reason), "{before} {proof:?}");
        }
    }

    #[test]
    fn a_later_no_counts_once_the_password_is_shown_not_to_be_set() {
        let no = verdict(Outcome::Refused, Some(Reason::TooWeak));
        let doubtful =
            || Verdict { later_no: Some(Box::new(no.clone())), ..verdict(Outcome::Unknown, Some(Reason::Timeout)) };
        assert_eq!(weigh(doubtful(), Proof::Fails), no);
        assert_eq!(weigh(doubtful(), Proof::Open), doubtful());
        assert_eq!(weigh(doubtful(), Proof::Holds).outcome, Outcome::Changed);
    }

    #[test]
    fn what_was_settled_afterwards_says_so_and_keeps_what_was_said_before() {
        let weighed = weigh(verdict(Outcome::Unknown, Some(Reason::Timeout)), Proof::Holds);
        assert_eq!(weighed.detail, "asked afterwards, the panel says that the mailbox has this password (words)");
    }
}
