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
    execute(Floor::new(entries, plan, paced, settings, journal), change_rows).await
}

/// Verifies the entries of a plan and changes nothing: a row is settled by whether its mailbox has the password that the list gives it. The
/// panel is asked, or with [`Verify::Login`](super::Verify::Login) the mail server alone. Everything else is as with [`run`]; there is no journal,
/// because nothing is lost where it is cut off.
pub async fn verify(entries: Vec<Entry>, plan: &Plan, paced: &Paced<'_>, settings: &RunSettings) -> Summary {
    let journal = Journal::absent();
    execute(Floor::new(entries, plan, paced, settings, &journal), verify_rows).await
}

/// Has all jobs do their work on the floor.
async fn execute<'a>(floor: Floor<'a>, work: impl AsyncFn(&Floor<'a>)) -> Summary {
    let (paced, settings) = (floor.paced, floor.settings);
    let started_at = (settings.now)();
    paced.observer().note(&floor.started());
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
async fn change_rows(floor: &Floor<'_>) {
    while let Some(group) = floor.take() {
        let _busy = floor.busy();
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

/// The same where rows are only verified.
async fn verify_rows(floor: &Floor<'_>) {
    while let Some(group) = floor.take() {
        for taken in &group {
            floor.question(taken).await;
        }
        floor.keep().await;
    }
}
