//! Many changes by one request. Whatever becomes of it, each row gets its own honest outcome.

use super::floor::Floor;
use super::taken::Taken;
use crate::api::function::{Batch, BatchError};
use crate::api::{Call, Fault};
use crate::event::Event;
use crate::paced::Reply;

impl Floor<'_> {
    /// Makes a group's changes by one request, and settles their rows.
    ///
    /// Where there is no usable answer to the whole, nobody knows which of them were made, and each is made once more by itself: to set the
    /// same password twice is harmless. Where the panel refuses batches, no more are sent.
    pub(super) async fn change_together(&self, group: &[Taken]) {
        let calls: Vec<Call<'_>> = group.iter().filter_map(|taken| taken.call(self.manner())).collect();
        let row = group.first().map(|taken| taken.row);
        let Ok(batch) = Batch::new(&calls) else { return self.change_singly(group, &Reply::default()).await };
        let reply = self.paced.call_for_many(row, &batch.call()).await;
        let before = match reply.last.as_ref().map(|last| last.as_ref().map(|answer| Batch::answers(answer, &calls))) {
            Some(Ok(Ok(answers))) => {
                for (taken, answer) in group.iter().zip(answers) {
                    let reply = reply.alike(answer);
                    self.paced.note_silence(&reply);
                    self.conclude(taken, reply).await;
                }
                return;
            }
            Some(Ok(Err(BatchError::Refused { words }))) => {
                self.go_on_singly(&words.join("; "));
                Reply { last: None, ..reply }
            }
            Some(Ok(Err(BatchError::Unusable(fault)))) => reply.alike(Err(fault)),
            Some(Err(fault)) if fault.may_have_acted() => {
                if let Fault::Timeout { .. } = fault {
                    self.go_on_singly(&fault.to_string());
                }
                reply
            }
            // It never reached the panel, or the run ends.
            Some(Err(_)) | None => {
                for taken in group {
                    self.conclude(taken, reply.clone()).await;
                }
                return;
            }
        };
        self.change_singly(group, &before).await;
    }

    /// Makes a group's changes one by one, after what was tried `before` for all of them.
    async fn change_singly(&self, group: &[Taken], before: &Reply) {
        for taken in group {
            self.change(taken, before.clone()).await;
        }
    }

    /// Sends no more batches.
    fn go_on_singly(&self, why: &str) {
        if self.takes_batches.replace(false) {
            let why = crate::text::safe(why);
            self.paced.observer().note(&Event::Unbatched { why: &why });
        }
    }
}
