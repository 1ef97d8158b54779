//! The verification of a change: the panel is asked, or a login is tried.

use tokio::time::Instant;

use super::floor::Floor;
use super::proof::{self, Proof, Way};
use super::settings::Verify;
use super::taken::Taken;
use super::verdict::Verdict;
use crate::api::{Answer, function};
use crate::mail::Login;
use crate::target::Target;

impl Floor<'_> {
    /// The verdict on a change whose last request was answered then, verified where that is wanted.
    pub(super) async fn verified(&self, taken: &Taken, verdict: Verdict, answered: Option<Instant>) -> Verdict {
        match proof::way(&self.settings.verify, &verdict) {
            None => verdict,
            Some(Way::Ask) => proof::weigh(verdict, self.prove(taken).await),
            Some(Way::AskThenLogIn) => match self.prove(taken).await {
                Proof::Open => proof::weigh_login(verdict, self.log_in(taken, answered).await, Proof::Open),
                said => proof::weigh(verdict, said),
            },
            Some(Way::LogIn) => {
                let login = self.log_in(taken, answered).await;
                let refused = matches!(login, Login::Refused { .. });
                let panel = if refused { self.prove(taken).await } else { Proof::Open };
                proof::weigh_login(verdict, login, panel)
            }
        }
    }

    /// Asks the panel whether the target has the new password.
    pub(super) async fn prove(&self, taken: &Taken) -> Proof {
        let Some(call) = taken.proof() else { return Proof::Open };
        let reply = self.paced.finish(taken.row, &call).await;
        reply.last.and_then(Result::ok).map_or(Proof::Open, |answer| said(&answer))
    }

    /// Tries one login with the new password. Like every verification it finishes what is under way, unless not even that is to be.
    pub(super) async fn log_in(&self, taken: &Taken, answered: Option<Instant>) -> Login {
        let (Verify::Login(mail), Target::Mailbox(mailbox)) = (&self.settings.verify, &taken.target) else {
            return Login::down(NO_MAILBOX);
        };
        let login = self.logins.log_in(&**mail, mailbox, &taken.passwords.new, answered, self.paced.observer());
        tokio::select! {
            biased;
            () = self.paced.brake().shut() => Login::down("the run ended before"),
            login = login => login,
        }
    }
}

/// Why the password of a cPanel account cannot be verified.
pub(super) const NO_MAILBOX: &str =
    "nothing tells whether a cPanel account has a password: only those of mailboxes can be verified";

/// What an answer to `Email::verify_password` proves.
pub(super) fn said(answer: &Answer) -> Proof {
    match function::is_valid(answer) {
        Ok(true) => Proof::Holds,
        Ok(false) => Proof::Fails,
        Err(_) => Proof::Open,
    }
}
