//! A row that is only verified: does its mailbox have the password of the list? Nothing is changed.

use std::rc::Rc;
use std::slice;

use super::floor::{Effort, Floor};
use super::proof::{self, Proof};
use super::settings::Verify;
use super::taken::Taken;
use super::verdict::{Verdict, judge};
use super::verification::{NO_MAILBOX, said};
use crate::outcome::Outcome;
use crate::reason::Reason;

impl Floor<'_> {
    /// Settles a row by whether its mailbox has the password, as the panel says or a login shows.
    pub(super) async fn question(&self, taken: &Rc<Taken>) {
        match &self.settings.verify {
            Verify::Login(_) => self.question_by_login(taken).await,
            _ => self.question_by_panel(taken).await,
        }
    }

    async fn question_by_panel(&self, taken: &Rc<Taken>) {
        let Some(call) = taken.proof() else {
            let verdict = Verdict::new(Outcome::Unknown, Some(Reason::NotVerified), NO_MAILBOX);
            return self.settle_change(taken, verdict, Effort::default());
        };
        let reply = self.paced.call(taken.row, &call).await;
        let proof = match &reply.last {
            Some(Ok(answer)) => said(answer),
            _ => Proof::Open,
        };
        let effort = Effort { began: reply.began, tries: reply.tries };
        let verdict = judge(&reply, self.paced.brake().cause(), &taken.secrets_among(slice::from_ref(taken)));
        self.settle_change(taken, proof::settle_question(verdict, proof), effort);
    }

    async fn question_by_login(&self, taken: &Rc<Taken>) {
        let brake = self.paced.brake();
        if let Some(cause) = brake.cause() {
            let verdict = Verdict::new(Outcome::NotTried, Some(cause.reason()), "");
            return self.settle_change(taken, verdict, Effort::default());
        }
        let effort = Effort { began: Some(tokio::time::Instant::now()), tries: 1 };
        let verdict = proof::settle_login(self.log_in(taken, None).await);
        self.settle_change(taken, verdict, effort);
    }
}
