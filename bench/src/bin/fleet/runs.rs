//! One run, as the program does it: the panel is asked, a plan is made, and every row gets its outcome.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use anyhow::{Result, anyhow, ensure};
use cprekey_core::brake::Brake;
use cprekey_core::entry::{Entry, Task};
use cprekey_core::event::{Event, Observer};
use cprekey_core::journal::Journal;
use cprekey_core::outcome::Outcome;
use cprekey_core::paced::Paced;
use cprekey_core::plan::{self, Standpoint};
use cprekey_core::retry::RetryPolicy;
use cprekey_core::run::{self, RunSettings, Verify};
use jiff::Timestamp;

use super::order::{Order, Where, mailbox, password};

/// Nobody is told.
pub(crate) struct Silence;

impl Observer for Silence {
    fn note(&self, _event: &Event<'_>) {}
}

/// Runs a list on a panel; gives how many of its rows were changed, which is all.
///
/// # Errors
///
/// When the panel cannot be asked, or a row was not changed.
pub(crate) async fn run_on(panel: &Where, order: &Order) -> Result<usize> {
    let https = panel.open(order.jobs)?;
    let entries = (1..=order.rows).map(entry).collect::<Result<Vec<_>>>()?;
    let (brake, policy) = (Brake::default(), RetryPolicy::default());
    let paced = Paced::new(&https, order.rate()?, policy, brake, &Silence).overlapping(true);
    let standpoint = Standpoint { jobs: order.jobs, ..Standpoint::default() };
    let facts = plan::preflight(&paced, &entries, &standpoint).await;
    let facts = facts.map_err(|end| anyhow!("the panel could not be asked: {end:?}"))?;
    let plan = plan::plan(&entries, &facts);
    let summary = run::run(entries, &plan, &paced, &settings(order.jobs), &Journal::absent()).await;
    let (changed, rows) = (summary.counts.of(Outcome::Changed), summary.counts.total());
    ensure!(changed == rows, "of {rows} rows only {changed} were changed");
    Ok(changed)
}

fn entry(number: u32) -> Result<Entry> {
    let task = Task::Change(password(number).into());
    Ok(Entry { row: number + 1, target: Some(mailbox(number)?.into()), account: None, task })
}

fn settings(jobs: NonZeroUsize) -> RunSettings {
    RunSettings {
        id: "fleet".to_owned(),
        jobs,
        verify: Verify::None,
        batch: NonZeroUsize::MIN,
        update_db_password: false,
        max_failures: None,
        keep_going: false,
        doubtful: BTreeSet::new(),
        now: Timestamp::now,
    }
}
