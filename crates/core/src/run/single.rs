//! One change by one request.

use std::slice;

use super::floor::{Effort, Floor};
use super::taken::Taken;
use super::verdict::{Verdict, judge};
use crate::failpoint::failpoint;
use crate::outcome::Outcome;
use crate::paced::Reply;
use crate::reason::Reason;

impl Floor<'_> {
    /// Changes one password, after what was tried `before`, and settles its row.
    pub(super) async fn change(&self, taken: &Taken, before: Reply) {
        let Some(call) = taken.call(self.manner()) else {
            let verdict = Verdict::new(Outcome::Refused, Some(Reason::NoOldPassword), "");
            return self.settle_change(taken, verdict, Effort::default());
        };
        failpoint("run-change", b"");
        let reply = self.paced.call(taken.row, &call).await.after(before);
        self.conclude(taken, reply, slice::from_ref(taken)).await;
    }

    /// Settles a row by the reply to its change, which was sent with those of the `group`, verified where that is wanted.
    pub(super) async fn conclude(&self, taken: &Taken, reply: Reply, group: &[Taken]) {
        let reply = reply.checked(|answer| taken.checked(answer, self.manner()));
        let effort = Effort { began: reply.began, tries: reply.tries };
        let verdict = judge(&reply, self.paced.brake().cause(), &taken.secrets_among(group));
        let verdict = self.verified(taken, verdict, reply.ended).await;
        self.settle_change(taken, verdict, effort);
    }
}
