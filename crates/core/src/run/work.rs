//! The work itself: rows are taken in list order by a few jobs at once, and each is settled exactly once.

use futures_util::future::join_all;

use super::floor::Floor;
use super::settings::RunSettings;
use crate::entry::Entry;
use crate::event::Event;
use crate::journal::Journal;
use crate::paced::{Paced, Reply};
use crate::plan::Plan;
use crate::summary::Summary;

/// Executes a plan over its entries and tells the observer of [`Paced`] what becomes of each.
///
/// Every entry is settled once, whatever happens; with the brake already pulled, that is `not-tried` for every change. A
/// password is wiped when its row is settled. What the journal is to hold of a change stands in it before a request leaves, and before its
/// outcome is told; where it cannot be written, no further request leaves.
pub async fn run(
    entries: Vec<Entry>,
    plan: &Plan,
    paced: &Paced<'_>,
    settings: &RunSettings,
    journal: &Journal,
) -> Summary {
    let started_at = (settings.now)();
    paced.observer().note(&Event::Started { run: &settings.id, rows: entries.len(), changes: plan.changes });
    let floor = Floor::new(entries, plan, paced, settings, journal);
    tokio::select! {
        biased;
        never = floor.tell_stop() => match never {},
        never = floor.keep_now_and_then() => match never {},
        _ = join_all((0..settings.jobs.get()).map(|_| work(&floor))) => {}
    }
    floor.tell_cause();
    floor.end().await;
    let cause = paced.brake().cause();
    let counts = floor.counts();
    let summary = Summary { run: settings.id.clone(), counts, cause, started_at, finished_at: (settings.now)() };
    paced.observer().note(&Event::Finished(&summary));
    summary
}

/// One job: takes group after group until no row is left.
async fn work(floor: &Floor<'_>) {
    while let Some(group) = floor.take() {
        floor.intend(&group).await;
        let (doubtful, fresh) = floor.part(group);
        for taken in &doubtful {
            floor.change_again(taken).await;
        }
        match fresh.as_slice() {
            [] => {}
            [one] => floor.change(one, Reply::default()).await,
            many => floor.change_together(many).await,
        }
    }
    floor.keep().await;
}
