//! The work itself: rows are taken in list order by a few jobs at once, and each is settled exactly once.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::pending;
use std::iter::Enumerate;
use std::time::Duration;
use std::vec::IntoIter;

use futures_util::future::join_all;
use secrecy::SecretString;
use tokio::time::Instant;

use super::proof::{self, Proof};
use super::settings::RunSettings;
use super::verdict::{Verdict, judge};
use crate::address::Address;
use crate::api::function;
use crate::brake::Cause;
use crate::change::Change;
use crate::entry::{Entry, Task};
use crate::event::{Event, Settled};
use crate::line::Line;
use crate::outcome::Outcome;
use crate::paced::Paced;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::reason::Reason;
use crate::summary::{Counts, Summary};
use crate::target::Target;

/// Executes a plan over its entries and tells the observer of [`Paced`] what becomes of each.
///
/// Every entry is settled once, whatever happens; with the brake already pulled, that is `not-tried` for every change. A
/// password is wiped when its row is settled.
pub async fn run(entries: Vec<Entry>, plan: &Plan, paced: &Paced<'_>, settings: &RunSettings) -> Summary {
    let started_at = (settings.now)();
    paced.observer().note(&Event::Started { run: &settings.id, rows: entries.len(), changes: plan.changes });
    let floor = Floor {
        repeats: repeats(&entries),
        queue: RefCell::new(entries.into_iter().enumerate()),
        counts: RefCell::default(),
        told: Cell::new(false),
        plan,
        paced,
        settings,
    };
    tokio::select! {
        biased;
        never = floor.tell_stop() => match never {},
        _ = join_all((0..settings.jobs.get()).map(|_| floor.work())) => {}
    }
    floor.tell_cause();
    let counts = floor.counts.into_inner();
    let cause = paced.brake().cause();
    let summary = Summary { run: settings.id.clone(), counts, cause, started_at, finished_at: (settings.now)() };
    paced.observer().note(&Event::Finished(&summary));
    summary
}

/// A row that shares the outcome of an earlier one.
struct Repeat {
    index: usize,
    row: u32,
}

fn repeats(entries: &[Entry]) -> HashMap<usize, Vec<Repeat>> {
    let mut repeats: HashMap<usize, Vec<Repeat>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if let Task::Repeat { first } = entry.task {
            repeats.entry(first).or_default().push(Repeat { index, row: entry.row });
        }
    }
    repeats
}

/// How often a row was tried, and when that began.
#[derive(Clone, Copy, Default)]
struct Effort {
    began: Option<Instant>,
    tries: u32,
}

/// What all jobs share.
struct Floor<'a> {
    queue: RefCell<Enumerate<IntoIter<Entry>>>,
    repeats: HashMap<usize, Vec<Repeat>>,
    counts: RefCell<Counts>,
    told: Cell<bool>,
    plan: &'a Plan,
    paced: &'a Paced<'a>,
    settings: &'a RunSettings,
}

impl Floor<'_> {
    /// One job: takes row after row until none is left.
    async fn work(&self) {
        while let Some((index, entry)) = self.take() {
            self.handle(index, entry).await;
        }
    }

    fn take(&self) -> Option<(usize, Entry)> {
        self.queue.borrow_mut().next()
    }

    async fn handle(&self, index: usize, entry: Entry) {
        let Entry { row, target, account, task } = entry;
        let target_text = target.as_ref().map_or("", Target::as_str);
        match (task, &target) {
            (Task::Change(passwords), Some(target)) => {
                let change = Change { target, account: account.as_ref(), passwords: &passwords };
                let (verdict, effort) = self.change(index, row, &change).await;
                self.settle(index, row, target_text, verdict, effort, Some(&change));
            }
            // Settled together with the row that it repeats.
            (Task::Repeat { .. }, _) => {}
            (Task::Skipped(reason), _) => {
                let verdict = Verdict::new(Outcome::Skipped, Some(reason), "");
                self.settle(index, row, target_text, verdict, Effort::default(), None);
            }
            (Task::Invalid(problems), _) => {
                self.settle(index, row, target_text, invalid(&problems), Effort::default(), None);
            }
            (Task::Change(_), None) => self.settle(index, row, target_text, invalid(&[]), Effort::default(), None),
        }
    }

    /// Changes one password, and verifies it where that is wanted.
    async fn change(&self, index: usize, row: u32, change: &Change<'_>) -> (Verdict, Effort) {
        let password = &change.passwords.new;
        if let Some(reason) = self.plan.ruling(index) {
            let verdict = Verdict::new(Outcome::Refused, Some(reason), "not among the mailboxes that the panel lists");
            return (verdict, Effort::default());
        }
        let Target::Mailbox(address) = change.target else {
            return (Verdict::new(Outcome::Invalid, Some(Reason::BadKind), ""), Effort::default());
        };
        let reply = self.paced.call(Some(row), &function::passwd_pop(address, password)).await;
        let verdict = judge(&reply, self.paced.brake().cause(), password);
        let verdict = if proof::is_wanted(self.settings.verify, &verdict) {
            proof::weigh(verdict, self.prove(row, address, password).await)
        } else {
            verdict
        };
        (verdict, Effort { began: reply.began, tries: reply.tries })
    }

    /// Asks the panel whether the mailbox has this password.
    async fn prove(&self, row: u32, address: &Address, password: &SecretString) -> Proof {
        let reply = self.paced.finish(row, &function::verify_password(address, password)).await;
        let Some(Ok(answer)) = &reply.last else { return Proof::Open };
        match function::is_valid(answer) {
            Ok(true) => Proof::Holds,
            Ok(false) => Proof::Fails,
            Err(_) => Proof::Open,
        }
    }

    /// Gives the row its outcome, and the rows that repeat it.
    fn settle(
        &self,
        index: usize,
        row: u32,
        target: &str,
        verdict: Verdict,
        effort: Effort,
        change: Option<&Change<'_>>,
    ) {
        let mut line = Line {
            row,
            target: target.to_owned(),
            outcome: verdict.outcome,
            reason: verdict.reason,
            detail: verdict.detail,
            attempts: effort.tries,
            elapsed: effort.began.map_or(Duration::ZERO, |began| began.elapsed()),
            finished_at: (self.settings.now)(),
        };
        self.note(index, &line, change);
        for repeat in self.repeats.get(&index).into_iter().flatten() {
            line.row = repeat.row;
            line.attempts = 0;
            line.detail = format!("the same as row {row}");
            self.note(repeat.index, &line, change);
        }
        self.check_failures();
    }

    fn note(&self, index: usize, line: &Line, change: Option<&Change<'_>>) {
        self.counts.borrow_mut().add(line.outcome);
        let again = change.copied().filter(|_| line.outcome.is_worth_another_try());
        self.paced.observer().note(&Event::Settled(Settled { index, line, again }));
    }

    /// Obeys the stop rule.
    fn check_failures(&self) {
        let reached = |limit: &super::MaxFailures| limit.is_reached(&self.counts.borrow(), self.plan.changes);
        if self.settings.max_failures.as_ref().is_some_and(reached) {
            self.paced.brake().pull(Cause::StopRule);
        }
    }

    /// Tells at once when no further rows are taken, and leaves the ending to the jobs.
    async fn tell_stop(&self) -> Infallible {
        self.paced.brake().pulled().await;
        self.tell_cause();
        pending().await
    }

    /// Tells, once, why no further rows are taken.
    fn tell_cause(&self) {
        if let Some(cause) = self.paced.brake().cause()
            && !self.told.replace(true)
        {
            self.paced.observer().note(&Event::Stopping { cause });
        }
    }
}

/// The verdict on a row that never was a change.
fn invalid(problems: &[Problem]) -> Verdict {
    let words: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
    let reason = problems.first().map_or(Reason::BadRow, |problem| problem.reason);
    Verdict::new(Outcome::Invalid, Some(reason), words.join("; "))
}
