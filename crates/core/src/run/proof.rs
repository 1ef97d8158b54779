//! What a verification makes of a verdict: a pure decision, and how which verdicts are verified.

use super::settings::Verify;
use super::verdict::Verdict;
use crate::mail::Login;
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

/// How a verdict is verified.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    /// The panel is asked.
    Ask,
    /// By a login; where that is refused, the panel is asked what it has.
    LogIn,
    /// The panel is asked, and where it cannot say, by a login.
    AskThenLogIn,
}

/// How the verdict is to be verified, if it is.
///
/// A refused row is, with `All` and `Login`, only where the refusal speaks of the password: it may be the one that the mailbox already has. It
/// takes no login, which the mail server may count as a failed one.
pub(super) fn way(verify: &Verify, verdict: &Verdict) -> Option<Way> {
    match (verify, verdict.outcome) {
        (Verify::Unknown | Verify::All, Outcome::Unknown) | (Verify::All, Outcome::Changed) => Some(Way::Ask),
        (Verify::Login(_), Outcome::Changed) => Some(Way::LogIn),
        (Verify::Login(_), Outcome::Unknown) => Some(Way::AskThenLogIn),
        (Verify::All | Verify::Login(_), Outcome::Refused) => {
            matches!(verdict.reason, Some(Reason::TooWeak | Reason::Rejected)).then_some(Way::Ask)
        }
        _ => None,
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

/// The verdict in the light of a login, and of what the panel said where it was asked about that.
pub(super) fn weigh_login(verdict: Verdict, login: Login, panel: Proof) -> Verdict {
    match (verdict.outcome, login) {
        (Outcome::Changed, Login::Holds) => verdict.turned(Outcome::Changed, Reason::Verified),
        (Outcome::Unknown, Login::Holds) => Verdict {
            detail: format!("a login with this password succeeded ({})", verdict.detail),
            ..verdict.turned(Outcome::Changed, Reason::Verified)
        },
        (Outcome::Changed, Login::Refused { words }) => match panel {
            Proof::Holds => Verdict::new(
                Outcome::Unknown,
                Some(Reason::NotVisible),
                format!("the panel has the new password, but a login with it was refused: {words}"),
            ),
            Proof::Fails | Proof::Open => Verdict::new(
                Outcome::Unknown,
                Some(Reason::Mismatch),
                format!("the panel said that it changed the password, but a login with it was refused: {words}"),
            ),
        },
        (Outcome::Changed, Login::Down { detail }) => {
            let before = if verdict.detail.is_empty() { "" } else { "; " };
            let detail = format!("{}{before}no login could be tried: {detail}", verdict.detail);
            Verdict { detail, ..verdict.turned(Outcome::Changed, Reason::NotVerified) }
        }
        // A password that is refused may be one that the mail server does not see yet.
        _ => verdict,
    }
}

/// The verdict on a row that is only verified, from what became of the question to the panel and what it says.
pub(super) fn settle_question(verdict: Verdict, proof: Proof) -> Verdict {
    match (verdict.outcome, proof) {
        (Outcome::Changed, Proof::Holds) => verdict.turned(Outcome::Unchanged, Reason::Verified),
        (Outcome::Changed, Proof::Fails) => verdict.turned(Outcome::Refused, Reason::OtherPassword),
        // Asking changes nothing, so that a lost answer leaves nothing in doubt but the answer.
        (Outcome::Changed | Outcome::Unknown, _) => verdict.turned(Outcome::Unknown, Reason::NotVerified),
        _ => verdict,
    }
}

/// The verdict on a row that is only verified, by a login.
pub(super) fn settle_login(login: Login) -> Verdict {
    match login {
        Login::Holds => Verdict::new(Outcome::Unchanged, Some(Reason::Verified), ""),
        Login::Refused { words } => Verdict::new(Outcome::Refused, Some(Reason::OtherPassword), words),
        Login::Down { detail } => Verdict::new(Outcome::Unknown, Some(Reason::NotVerified), detail),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::scripted::ScriptedMail;

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
        let ways = |verify| [&unknown, &changed, &weak, &nobody, &stopped].map(|verdict| way(&verify, verdict));
        let ask = Some(Way::Ask);
        assert_eq!(ways(Verify::None), [None; 5]);
        assert_eq!(ways(Verify::Unknown), [ask, None, None, None, None]);
        assert_eq!(ways(Verify::All), [ask, ask, ask, None, None]);
        let by_login = ways(Verify::Login(Rc::new(ScriptedMail::default())));
        assert_eq!(by_login, [Some(Way::AskThenLogIn), Some(Way::LogIn), ask, None, None]);
    }

    /// NET-28, NET-32: only a login that was refused is one; and what the panel holds tells a lie from a server that is late.
    #[test]
    fn a_login_settles_and_never_guesses() {
        use Outcome::{Changed, Unknown};
        let refused = || Login::Refused { words: String::from("No.") };
        let down = || Login::down("it is closed");
        let timeout = Some(Reason::Timeout);
        for (before, login, panel, after, reason) in [
            (Changed, Login::Holds, Proof::Open, Changed, Some(Reason::Verified)),
            (Changed, refused(), Proof::Holds, Unknown, Some(Reason::NotVisible)),
            (Changed, refused(), Proof::Fails, Unknown, Some(Reason::Mismatch)),
            (Changed, refused(), Proof::Open, Unknown, Some(Reason::Mismatch)),
            (Changed, down(), Proof::Open, Changed, Some(Reason::NotVerified)),
            (Unknown, Login::Holds, Proof::Open, Changed, Some(Reason::Verified)),
            (Unknown, refused(), Proof::Open, Unknown, timeout),
            (Unknown, down(), Proof::Open, Unknown, timeout),
        ] {
            let weighed = weigh_login(verdict(before, timeout), login.clone(), panel);
            assert_eq!((weighed.outcome, weighed.reason), (after, reason), "{before} {login:?} {panel:?}");
        }
        let told = weigh_login(verdict(Changed, None), down(), Proof::Open).detail;
        assert_eq!(told, "words; no login could be tried: it is closed");
    }

    #[test]
    fn a_row_that_is_only_verified_is_never_called_changed() {
        use Outcome::{Changed, NotTried, Refused, Unchanged, Unknown};
        let timeout = Some(Reason::Timeout);
        for (before, proof, after, reason) in [
            (Changed, Proof::Holds, Unchanged, Some(Reason::Verified)),
            (Changed, Proof::Fails, Refused, Some(Reason::OtherPassword)),
            (Changed, Proof::Open, Unknown, Some(Reason::NotVerified)),
            (Unknown, Proof::Open, Unknown, Some(Reason::NotVerified)),
            (Refused, Proof::Open, Refused, timeout),
            (NotTried, Proof::Open, NotTried, timeout),
        ] {
            let settled = settle_question(verdict(before, timeout), proof);
            assert_eq!((settled.outcome, settled.reason), (after, reason), "{before} {proof:?}");
        }
        let by_login = |login| {
            let settled = settle_login(login);
            (settled.outcome, settled.reason)
        };
        assert_eq!(by_login(Login::Holds), (Unchanged, Some(Reason::Verified)));
        assert_eq!(by_login(Login::Refused { words: String::new() }), (Refused, Some(Reason::OtherPassword)));
        assert_eq!(by_login(Login::down("closed")), (Unknown, Some(Reason::NotVerified)));
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
