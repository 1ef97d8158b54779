//! A run of a list on a scripted panel.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroUsize;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::account::AccountName;
use crate::address::Address;
use crate::api::Scope;
use crate::brake::Brake;
use crate::entry::{Entry, Task};
use crate::journal::Journal;
use crate::line::Line;
use crate::outcome::Outcome;
use crate::pace::Rate;
use crate::paced::Paced;
use crate::plan::{Facts, Home, Owners, plan};
use crate::reason::Reason;
use crate::retry::RetryPolicy;
use crate::run::{MaxFailures, RunSettings, Verify, run, verify};
use crate::scripted::{Notes, Said, Scripted};
use crate::summary::Summary;

pub(super) const PASSWORD: &str = "c4nary-Password";

pub(super) fn entry(row: u32, task: Task) -> Entry {
    let target = Address::parse(&format!("user{row}@example.com")).ok();
    Entry { row, target: target.map(Into::into), account: None, task }
}

pub(super) fn changes(count: u32) -> Vec<Entry> {
    (2..2 + count).map(|row| entry(row, Task::Change(SecretString::from(PASSWORD).into()))).collect()
}

pub(super) struct Case {
    pub(super) entries: Vec<Entry>,
    pub(super) panel: Scripted,
    pub(super) jobs: usize,
    pub(super) retries: u32,
    pub(super) verify: Verify,
    pub(super) max_failures: Option<MaxFailures>,
    /// How many changes go together, for the accounts of a server; each account acts for itself where there are none.
    pub(super) batch: Option<usize>,
    pub(super) overlap: bool,
    pub(super) rate: Rate,
    pub(super) keep_going: bool,
    /// Whether the panel is known to list none of the list's mailboxes, so that each is ruled out.
    pub(super) lists_none: bool,
    /// What the wall clock shows.
    pub(super) now: fn() -> Timestamp,
    pub(super) brake: Brake,
    pub(super) doubtful: BTreeSet<usize>,
    pub(super) journal: Journal,
}

pub(super) struct Outcomes {
    pub(super) summary: Summary,
    pub(super) lines: Vec<Line>,
    pub(super) notes: Notes,
}

impl Case {
    pub(super) fn of(rows: u32, script: impl IntoIterator<Item = Said>) -> Self {
        Self {
            entries: changes(rows),
            panel: Scripted::saying(script),
            jobs: 1,
            retries: 0,
            verify: Verify::None,
            max_failures: None,
            batch: None,
            overlap: false,
            rate: Rate::UNLIMITED,
            keep_going: false,
            lists_none: false,
            now: || Timestamp::UNIX_EPOCH,
            brake: Brake::default(),
            doubtful: BTreeSet::new(),
            journal: Journal::absent(),
        }
    }

    pub(super) async fn run(&mut self) -> Outcomes {
        self.execute(false).await
    }

    /// Verifies the rows, and changes none.
    pub(super) async fn verify_only(&mut self) -> Outcomes {
        self.execute(true).await
    }

    async fn execute(&mut self, only_verify: bool) -> Outcomes {
        let notes = Notes::default();
        let policy = RetryPolicy { retries: self.retries, ..RetryPolicy::default() };
        let paced = Paced::new(&self.panel, self.rate, policy, self.brake.clone(), &notes).overlapping(self.overlap);
        let settings = RunSettings {
            id: String::from("test"),
            jobs: NonZeroUsize::new(self.jobs).unwrap(),
            batch: self.batch.and_then(NonZeroUsize::new).unwrap_or(NonZeroUsize::MIN),
            update_db_password: false,
            verify: self.verify.clone(),
            max_failures: self.max_failures,
            keep_going: self.keep_going,
            doubtful: self.doubtful.clone(),
            now: self.now,
        };
        let entries = std::mem::take(&mut self.entries);
        let plan = plan(&entries, &self.facts());
        let summary = if only_verify {
            verify(entries, &plan.of_verification(), &paced, &settings).await
        } else {
            run(entries, &plan, &paced, &settings, &self.journal).await
        };
        drop(paced);
        let mut settled = notes.lines.borrow().clone();
        settled.sort_by_key(|(index, _)| *index);
        let lines = settled.into_iter().map(|(_, line)| line).collect();
        Outcomes { summary, lines, notes }
    }

    /// What the panel is known to have told: whose the mailboxes are, where that matters.
    fn facts(&self) -> Facts {
        if self.batch.is_none() {
            let mailboxes = self.lists_none.then(HashMap::new);
            return Facts { own: Home { mailboxes, ..Home::default() }, ..Facts::default() };
        }
        let owners = Owners { scope: Scope::Server, given: AccountName::parse("shop").ok(), ..Owners::default() };
        Facts { owners, ..Facts::default() }
    }
}

impl Outcomes {
    pub(super) fn words(&self) -> Vec<(Outcome, Option<Reason>)> {
        self.lines.iter().map(|line| (line.outcome, line.reason)).collect()
    }
}
