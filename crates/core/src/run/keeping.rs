//! A run's side of its journal: nothing is sent without an intent on the disk, and nothing told that is not there.

use std::convert::Infallible;
use std::iter;
use std::rc::Rc;

use tokio::time::sleep;

use super::ahead::KEEP_EVERY;
use super::floor::Floor;
use super::taken::Taken;
use crate::entry::Task;
use crate::event::Event;

/// No more rows than this stand in one intent, which is a line of the journal.
const MOST_TOGETHER: usize = 1 << 16;

impl Floor<'_> {
    /// Puts down that these changes may be made from now on, before anything is sent for them, and tells what is on the disk then.
    pub(super) async fn intend(&self, group: &[Rc<Taken>]) {
        let Some(last) = group.iter().map(|taken| taken.index).max() else {
            // Many rows were settled without being sent.
            return self.keep().await;
        };
        self.ahead.take(group.len());
        let rows: Vec<usize> = group.iter().map(|taken| taken.index).filter(|&row| !self.ahead.covers(row)).collect();
        self.put_down(&rows);
        self.journal.keep_until(self.ahead.number(last), self.paced.brake()).await;
        self.tell();
    }

    fn put_down(&self, rows: &[usize]) {
        // What will not be sent needs no intent.
        if let Some(last) = rows.last().filter(|_| self.paced.brake().cause().is_none()) {
            let with_repeats: Vec<usize> =
                rows.iter().flat_map(|&row| iter::once(row).chain(self.repeating(row))).collect();
            let intend = |rows: &[usize]| self.journal.intend(rows.to_vec(), (self.settings.now)());
            if let Some(number) = with_repeats.chunks(MOST_TOGETHER).map(intend).last() {
                self.ahead.cover(*last, number);
            }
        }
    }

    /// Puts down what will be taken within the next milliseconds.
    fn put_down_ahead(&self) {
        let (soon, queue) = (self.ahead.soon(), self.queue.borrow());
        let first = self.rows - queue.len();
        let passed = self.ahead.covered().saturating_sub(first);
        let next = queue
            .as_slice()
            .iter()
            .enumerate()
            .take(soon)
            .skip(passed)
            .filter(|(_, entry)| matches!(entry.task, Task::Change(_)));
        let rows: Vec<usize> = next.map(|(place, _)| first + place).filter(|&row| self.ruling(row).is_none()).collect();
        self.put_down(&rows);
    }

    /// Lets no outcome wait long for the disk, and so for being told.
    pub(super) async fn keep_now_and_then(&self) -> Infallible {
        loop {
            self.settled.notified().await;
            sleep(KEEP_EVERY).await;
            self.put_down_ahead();
            self.keep().await;
        }
    }

    /// Waits until all that was settled is on the disk, and tells it.
    pub(super) async fn keep(&self) {
        self.journal.keep(self.paced.brake()).await;
        self.tell();
    }

    fn tell(&self) {
        if let Some(why) = self.journal.failure()
            && !self.told_unrecorded.replace(true)
        {
            self.paced.observer().note(&Event::Unrecorded { why: &why });
        }
        self.untold.tell(self.journal, self.paced.observer());
    }

    /// Ends the journal's session.
    pub(super) async fn end(&self) {
        self.journal.end(self.paced.brake().cause(), (self.settings.now)());
        self.keep().await;
    }

    /// Lets what was settled be told as soon as it is in the journal; at once where there is none.
    pub(super) fn tell_soon(&self) {
        if self.journal.is_absent() {
            self.tell();
        } else {
            self.settled.notify_one();
        }
    }
}
