//! What all jobs of a run share: the rows that are left, and the settling of each.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;
use std::vec::IntoIter;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::ahead::Ahead;
use super::beginning::{Beginning, FIRST, Why};
use super::logins::Logins;
use super::settings::RunSettings;
use super::taken::{Manner, Taken};
use super::untold::Untold;
use super::verdict::Verdict;
use crate::brake::Cause;
use crate::entry::{Entry, Task};
use crate::event::Event;
use crate::failpoint::failpoint;
use crate::journal::Journal;
use crate::line::Line;
use crate::outcome::Outcome;
use crate::paced::Paced;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::reason::Reason;
use crate::summary::Counts;
use crate::target::Target;

/// A row that shares the outcome of an earlier one.
pub(super) struct Repeat {
    pub(super) index: usize,
    row: u32,
    /// As it is written here: it may be in other letters there.
    target: String,
}

impl Repeat {
    /// Its own line, where this is that of the row which it repeats.
    pub(super) fn line(&self, first: &Line) -> Line {
        let detail = format!("the same as row {}", first.row);
        Line { row: self.row, target: self.target.clone(), attempts: 0, detail, ..first.clone() }
    }
}

fn repeats(entries: &[Entry]) -> HashMap<usize, Vec<Repeat>> {
    let mut repeats: HashMap<usize, Vec<Repeat>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if let Task::Repeat { first } = entry.task {
            let target = entry.target.as_ref().map_or("", Target::as_str).to_owned();
            repeats.entry(first).or_default().push(Repeat { index, row: entry.row, target });
        }
    }
    repeats
}

fn changes_to_make(entries: &[Entry], plan: &Plan) -> usize {
    let is_to_make = |(index, entry): &(usize, &Entry)| {
        matches!(entry.task, Task::Change(_)) && entry.target.is_some() && plan.ruling(*index).is_none()
    };
    entries.iter().enumerate().filter(is_to_make).count()
}

/// How often a row was tried, and when that began.
#[derive(Clone, Copy, Default)]
pub(super) struct Effort {
    pub(super) began: Option<Instant>,
    pub(super) tries: u32,
}

/// What all jobs share.
pub(super) struct Floor<'a> {
    pub(super) queue: RefCell<IntoIter<Entry>>,
    /// How many rows the list has.
    pub(super) rows: usize,
    pub(super) repeats: HashMap<usize, Vec<Repeat>>,
    pub(super) counts: RefCell<Counts>,
    /// The same of this session alone, for the stop rule: whoever goes on with a run knows what was refused before.
    pub(super) own_counts: RefCell<Counts>,
    /// How many changes are taken and not settled: each of them may still fail.
    pub(super) under_way: Cell<usize>,
    /// How many jobs work on changes that they took.
    pub(super) busy: Cell<usize>,
    /// How many changes that the plan has not ruled out are not settled, taken or not.
    pub(super) unsettled: Cell<usize>,
    /// What became of the first changes.
    pub(super) beginning: RefCell<Beginning>,
    pub(super) told: Cell<bool>,
    /// Lines that are not in the journal yet.
    pub(super) untold: Untold,
    /// Told of every line that is settled.
    pub(super) settled: Notify,
    pub(super) ahead: Ahead,
    pub(super) told_unrecorded: Cell<bool>,
    pub(super) journal: &'a Journal,
    /// Whether the panel takes many changes in one request, as far as is known.
    pub(super) takes_batches: Cell<bool>,
    /// How many batches in a row had no usable answer.
    pub(super) lost_batches: Cell<u32>,
    pub(super) logins: Logins,
    pub(super) plan: &'a Plan,
    pub(super) paced: &'a Paced<'a>,
    pub(super) settings: &'a RunSettings,
}

impl<'a> Floor<'a> {
    pub(super) fn new(
        entries: Vec<Entry>,
        plan: &'a Plan,
        paced: &'a Paced<'a>,
        settings: &'a RunSettings,
        journal: &'a Journal,
    ) -> Self {
        Self {
            repeats: repeats(&entries),
            unsettled: Cell::new(changes_to_make(&entries, plan)),
            rows: entries.len(),
            queue: RefCell::new(entries.into_iter()),
            counts: RefCell::default(),
            own_counts: RefCell::default(),
            under_way: Cell::new(0),
            busy: Cell::new(0),
            beginning: RefCell::default(),
            told: Cell::new(false),
            untold: Untold::default(),
            settled: Notify::new(),
            ahead: Ahead::new(),
            told_unrecorded: Cell::new(false),
            journal,
            takes_batches: Cell::new(true),
            lost_batches: Cell::new(0),
            logins: Logins::at(paced.rate()),
            plan,
            paced,
            settings,
        }
    }

    /// What is told at the beginning.
    pub(super) fn started(&self) -> Event<'a> {
        Event::Started { run: &self.settings.id, rows: self.queue.borrow().len(), changes: self.plan.changes }
    }

    /// How many rows became what.
    pub(super) fn counts(&self) -> Counts {
        *self.counts.borrow()
    }

    pub(super) fn manner(&self) -> Manner {
        Manner { scope: self.plan.owners.scope, database: self.settings.update_db_password }
    }

    /// Gives a change that was under way its outcome.
    pub(super) fn settle_change(&self, taken: &Rc<Taken>, verdict: Verdict, effort: Effort) {
        self.under_way.update(|count| count.saturating_sub(1));
        self.unsettled.update(|count| count.saturating_sub(1));
        let (outcome, why) = (verdict.outcome, Why::new(verdict.reason, &verdict.detail, taken.target.as_str()));
        self.settle_taken(taken, verdict, effort);
        if effort.tries > 0 && !self.settings.keep_going {
            self.weigh_beginning(outcome, why);
        }
    }

    /// Ends the run where the first changes that were sent were all refused for one reason, and others are left to be spared.
    fn weigh_beginning(&self, outcome: Outcome, why: Why) {
        let so_far = self.beginning.take().with(outcome, why);
        let systematic = so_far.systematic();
        self.beginning.replace(so_far);
        if let Some(reason) = systematic
            && self.unsettled.get() > 0
        {
            self.paced.observer().note(&Event::Systematic { rows: FIRST, reason });
            self.paced.brake().pull(Cause::StopRule);
        }
    }

    pub(super) fn settle_taken(&self, taken: &Rc<Taken>, verdict: Verdict, effort: Effort) {
        self.settle(taken.index, taken.row, taken.target.as_str(), verdict, effort, Some(taken));
    }

    /// Gives the row its outcome, and the rows that repeat it.
    pub(super) fn settle(
        &self,
        index: usize,
        row: u32,
        target: &str,
        verdict: Verdict,
        effort: Effort,
        taken: Option<&Rc<Taken>>,
    ) {
        failpoint("run-settle", verdict.detail.as_bytes());
        let line = Line {
            row,
            target: target.to_owned(),
            outcome: verdict.outcome,
            reason: verdict.reason,
            detail: verdict.detail,
            attempts: effort.tries,
            elapsed: effort.began.map_or(Duration::ZERO, |began| began.elapsed()),
            finished_at: (self.settings.now)(),
        };
        let repeated = |repeat: &Repeat| (repeat.index, repeat.line(&line));
        let repeats: Vec<_> = self.repeats.get(&index).into_iter().flatten().map(repeated).collect();
        self.note(index, line, taken);
        for (index, line) in repeats {
            self.note(index, line, taken);
        }
        self.check_failures();
    }

    pub(super) fn note(&self, index: usize, line: Line, taken: Option<&Rc<Taken>>) {
        self.counts.borrow_mut().add(line.outcome);
        self.own_counts.borrow_mut().add(line.outcome);
        self.untold.add(self.journal, index, line, taken);
        self.tell_soon();
    }

    /// Obeys the stop rule.
    fn check_failures(&self) {
        let reached = |limit: &super::MaxFailures| limit.is_reached(&self.own_counts.borrow(), self.plan.changes);
        if self.settings.max_failures.as_ref().is_some_and(reached) {
            self.paced.brake().pull(Cause::StopRule);
        }
    }

    /// Tells at once when no further rows are taken, and leaves the ending to the jobs.
    pub(super) async fn tell_stop(&self) -> Infallible {
        self.paced.brake().pulled().await;
        self.tell_cause();
        pending().await
    }

    /// Tells, once, why no further rows are taken.
    pub(super) fn tell_cause(&self) {
        if let Some(cause) = self.paced.brake().cause()
            && !self.told.replace(true)
        {
            self.paced.observer().note(&Event::Stopping { cause });
        }
    }
}

/// The verdict on a row that never was a change.
pub(super) fn invalid(problems: &[Problem]) -> Verdict {
    let words: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
    let reason = problems.first().map_or(Reason::BadRow, |problem| problem.reason);
    Verdict::new(Outcome::Invalid, Some(reason), words.join("; "))
}
