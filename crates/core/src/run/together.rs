//! Many changes by one request. Whatever becomes of it, each row gets its own honest outcome.

use std::rc::Rc;

use secrecy::SecretString;

use super::floor::Floor;
use super::taken::Taken;
use super::verdict::shown;
use crate::api::function::{Batch, BatchError};
use crate::api::{Call, Fault};
use crate::event::Event;
use crate::failpoint::failpoint;
use crate::paced::Reply;
use crate::text;

/// So many batches in a row without a usable answer, and no more are sent.
const LOST: u32 = 5;

impl Floor<'_> {
    /// Makes a group's changes by one request, and settles their rows.
    ///
    /// Where there is no usable answer to the whole, nobody knows which of them were made, and each is made once more by itself: to set the
    /// same password twice is harmless. Where the panel refuses batches, or batch after batch is lost, no more are sent.
    pub(super) async fn change_together(&self, group: &[Rc<Taken>]) {
        let calls: Vec<Call<'_>> = group.iter().filter_map(|taken| taken.call(self.manner())).collect();
        let row = group.first().map(|taken| taken.row);
        failpoint("run-batch", b"");
        let Ok(batch) = Batch::new(&calls) else { return self.change_singly(group, &Reply::default()).await };
        // Not sent again as a whole: that would take many times as long as a single call, and its rows are sent again anyway.
        let reply = self.paced.call_for_many(row, &batch.call().once()).await;
        let before = match reply.last.as_ref().map(|last| last.as_ref().map(|answer| Batch::answers(answer, &calls))) {
            Some(Ok(Ok(answers))) => {
                self.lost_batches.set(0);
                for (taken, answer) in group.iter().zip(answers) {
                    let reply = reply.alike(answer);
                    self.paced.note_silence(&reply);
                    self.conclude(taken, reply, group).await;
                }
                return;
            }
            Some(Ok(Err(BatchError::Refused { words }))) => {
                self.go_on_singly(&format!(
                    "the panel refuses batches: {}",
                    shown(&words.join("; "), &every_secret(group))
                ));
                Reply { last: None, ..reply }
            }
            Some(Ok(Err(BatchError::Unusable(fault)))) => {
                self.note_lost(&fault);
                reply.alike(Err(fault))
            }
            Some(Err(fault)) if fault.may_have_acted() => {
                self.note_lost(fault);
                reply
            }
            // It never reached the panel, or the run ends.
            Some(Err(_)) | None => {
                for taken in group {
                    self.conclude(taken, reply.clone(), group).await;
                }
                return;
            }
        };
        self.change_singly(group, &before).await;
    }

    /// Makes a group's changes one by one, after what was tried `before` for all of them.
    async fn change_singly(&self, group: &[Rc<Taken>], before: &Reply) {
        for taken in group {
            self.change(taken, before.clone()).await;
        }
    }

    /// Notes a batch without a usable answer: what takes too long together goes singly, and so does what is lost again and again.
    fn note_lost(&self, fault: &Fault) {
        self.lost_batches.update(|count| count + 1);
        if matches!(fault, Fault::Timeout { .. }) || self.lost_batches.get() >= LOST {
            self.go_on_singly(&text::safe(&format!("a batch was lost: {fault}")));
        }
    }

    /// Sends no more batches.
    fn go_on_singly(&self, why: &str) {
        if self.takes_batches.replace(false) {
            self.paced.observer().note(&Event::Unbatched { why });
        }
    }
}

fn every_secret(group: &[Rc<Taken>]) -> Vec<&SecretString> {
    group.iter().flat_map(|taken| taken.passwords.all()).collect()
}
