//! Which changes a job takes next, and which rows are settled without being sent.

use std::cell::Cell;
use std::rc::Rc;

use super::floor::{Effort, Floor, invalid};
use super::taken::Taken;
use super::verdict::Verdict;
use crate::account::AccountName;
use crate::change::Passwords;
use crate::entry::{Entry, Task};
use crate::failpoint::failpoint;
use crate::line::Line;
use crate::outcome::Outcome;
use crate::plan::ruling_words;
use crate::reason::Reason;
use crate::target::Target;

/// So many rows are taken at once at most: what becomes of them is told before there are more.
const MOST_PASSED: usize = 1_000;

impl Floor<'_> {
    /// The next changes, in list order, as many as go together in one request; what needs no request is settled on the way. There may be none
    /// where more rows follow: then there is much to tell first. Nothing where no row is left.
    pub(super) fn take(&self) -> Option<Vec<Rc<Taken>>> {
        let mut group = Vec::new();
        let mut passed = 0;
        // Where requests do not overlap, smaller groups would be no more than more requests.
        let idle = if self.paced.overlaps() { self.settings.jobs.get().saturating_sub(self.busy.get()) } else { 1 };
        let left = self.queue.borrow().len();
        while passed < MOST_PASSED && group.len() < self.group_size(left.div_ceil(idle.max(1))) {
            let Some((index, entry)) = self.next() else { break };
            group.extend(self.take_on(index, entry).map(Rc::new));
            passed += 1;
        }
        self.under_way.update(|count| count + group.len());
        (left > 0).then_some(group)
    }

    /// Counts a job as busy for as long as what this gives is kept.
    pub(super) fn busy(&self) -> impl Drop {
        struct Busy<'a>(&'a Cell<usize>);
        impl Drop for Busy<'_> {
            fn drop(&mut self) {
                self.0.update(|jobs| jobs - 1);
            }
        }
        self.busy.update(|jobs| jobs + 1);
        Busy(&self.busy)
    }

    /// The rows that repeat this one.
    pub(super) fn repeating(&self, row: usize) -> impl Iterator<Item = usize> {
        self.repeats.get(&row).into_iter().flatten().map(|repeat| repeat.index)
    }

    fn next(&self) -> Option<(usize, Entry)> {
        let mut queue = self.queue.borrow_mut();
        let index = self.rows - queue.len();
        queue.next().map(|entry| (index, entry))
    }

    /// The changes that an earlier session may have made, and the others.
    pub(super) fn part(&self, group: Vec<Rc<Taken>>) -> (Vec<Rc<Taken>>, Vec<Rc<Taken>>) {
        group.into_iter().partition(|taken| self.settings.doubtful.contains(&taken.index))
    }

    /// How many changes go together: no more than an idle job's share of what was left, so that all of them end together, and no more than may
    /// still fail until a stop rule ends the run, where all that is under way may.
    fn group_size(&self, share: usize) -> usize {
        if !self.takes_batches.get() {
            return 1;
        }
        let most = self.settings.batch.get().min(share);
        let left = [self.left_to_fail(), self.left_to_refuse()].into_iter().flatten().min();
        left.map_or(most, |left| most.min(left.saturating_sub(self.under_way.get()))).max(1)
    }

    /// How many more rows may fail, where there is a limit.
    fn left_to_fail(&self) -> Option<usize> {
        let limit = self.settings.max_failures?;
        Some(limit.left(&self.own_counts.borrow(), self.plan.changes))
    }

    /// How many more may be refused as all before them, where that ends the run.
    fn left_to_refuse(&self) -> Option<usize> {
        if self.settings.keep_going { None } else { self.beginning.borrow().left() }
    }

    /// The change that an entry is; where it is none, or cannot be sent, it is settled.
    fn take_on(&self, index: usize, entry: Entry) -> Option<Taken> {
        let Entry { row, target, account: named, task } = entry;
        let text = target.as_ref().map_or("", Target::as_str);
        let verdict = match (task, &target) {
            (Task::Change(passwords), Some(_)) => return self.take_change(index, row, target?, named, passwords),
            // Settled together with the row that it repeats.
            (Task::Repeat { .. }, _) => return None,
            (Task::Skipped(reason), _) => Verdict::new(Outcome::Skipped, Some(reason), ""),
            (Task::Invalid(problems), _) => invalid(&problems),
            (Task::Change(_), None) => invalid(&[]),
            (Task::Settled(line), _) => {
                self.pass_on(index, *line);
                return None;
            }
        };
        self.settle(index, row, text, verdict, Effort::default(), None);
        None
    }

    /// Tells what an earlier session has settled, and settles the rows that repeat it, where that was cut off before them.
    fn pass_on(&self, index: usize, line: Line) {
        self.counts.borrow_mut().add(line.outcome);
        for repeat in self.repeats.get(&index).into_iter().flatten() {
            self.note(repeat.index, repeat.line(&line), None);
        }
        self.untold.add_known(index, line);
    }

    fn take_change(
        &self,
        index: usize,
        row: u32,
        target: Target,
        named: Option<AccountName>,
        passwords: Passwords,
    ) -> Option<Taken> {
        failpoint("run-take", b"");
        // Where nobody knows the account, the plan has ruled the change out.
        let account = self.plan.owners.of(&target, named.as_ref()).ok().flatten();
        let taken = Taken { index, row, target, named, account, passwords };
        let Some(reason) = self.ruling(index) else { return Some(taken) };
        let verdict = Verdict::new(Outcome::Refused, Some(reason), ruling_words(reason));
        self.settle_taken(&Rc::new(taken), verdict, Effort::default());
        None
    }

    /// Why a change is not sent, where that is known. What an earlier session may have made is not refused, whatever is known of it now.
    pub(super) fn ruling(&self, index: usize) -> Option<Reason> {
        self.plan.ruling(index).filter(|_| !self.settings.doubtful.contains(&index))
    }
}
