//! One change by one request.

use std::rc::Rc;
use std::slice;

use super::floor::{Effort, Floor};
use super::proof::Proof;
use super::settings::Verify;
use super::taken::Taken;
use super::verdict::{Verdict, judge};
use crate::api::Fault;
use crate::failpoint::failpoint;
use crate::outcome::Outcome;
use crate::paced::Reply;
use crate::reason::Reason;

/// What stands beside a row whose change turned out to have been made.
const CHANGED_BEFORE: &str = "the panel says that the mailbox has this password since an earlier session of the run";

impl Floor<'_> {
    /// Changes one password, after what was tried `before`, and settles its row.
    pub(super) async fn change(&self, taken: &Rc<Taken>, before: Reply) {
        let Some(call) = taken.call(self.manner()) else {
            let verdict = Verdict::new(Outcome::Refused, Some(Reason::NoOldPassword), "");
            return self.settle_change(taken, verdict, Effort::default());
        };
        failpoint("run-change", b"");
        let reply = self.paced.call(taken.row, &call).await.after(before);
        self.conclude(taken, reply, slice::from_ref(taken)).await;
    }

    /// Settles a row that an earlier session of the run may have changed: by asking the panel where that helps, and else by changing it once more.
    pub(super) async fn change_again(&self, taken: &Rc<Taken>) {
        let may_ask = !matches!(self.settings.verify, Verify::None) && self.paced.brake().cause().is_none();
        if may_ask && self.prove(taken).await == Proof::Holds {
            let verdict = Verdict::new(Outcome::Changed, Some(Reason::Verified), CHANGED_BEFORE);
            return self.settle_change(taken, verdict, Effort::default());
        }
        let doubt =
            Fault::Lost { detail: String::from("an earlier session of the run was cut off before the answer came") };
        self.change(taken, Reply { doubt: Some(doubt), ..Reply::default() }).await;
    }

    /// Settles a row by the reply to its change, which was sent with those of the `group`, verified where that is wanted.
    pub(super) async fn conclude(&self, taken: &Rc<Taken>, reply: Reply, group: &[Rc<Taken>]) {
        let reply = reply.checked(|answer| taken.checked(answer, self.manner()));
        let effort = Effort { began: reply.began, tries: reply.tries };
        let verdict = judge(&reply, self.paced.brake().cause(), &taken.secrets_among(group));
        let verdict = self.verified(taken, verdict, reply.ended).await;
        self.settle_change(taken, verdict, effort);
    }
}
