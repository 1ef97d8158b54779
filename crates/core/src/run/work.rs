//! The work itself: rows are taken in list order by a few jobs at once, and each is settled exactly once.

use futures_util::future::join_all;

use super::floor::Floor;
use super::settings::RunSettings;
use crate::entry::Entry;
use crate::event::Event;
use crate::paced::{Paced, Reply};
use crate::plan::Plan;
use crate::summary::Summary;

/// Executes a plan over its entries and tells the observer of [`Paced`] what becomes of each.
///
/// Every entry is settled once, whatever happens; with the brake already pulled, that is `not-tried` for every change. A
/// password is wiped when its row is settled.
pub async fn run(entries: Vec<Entry>, plan: &Plan, paced: &Paced<'_>, settings: &RunSettings) -> Summary {
    execute(entries, plan, paced, settings, Purpose::Change).await
}

/// Verifies the entries of a plan and changes nothing: a row is settled by whether its mailbox has the password that the list gives it. The
/// panel is asked, or with [`Verify::Login`](super::Verify::Login) the mail server alone. Everything else is as with [`run`].
pub async fn verify(entries: Vec<Entry>, plan: &Plan, paced: &Paced<'_>, settings: &RunSettings) -> Summary {
    execute(entries, plan, paced, settings, Purpose::Verify).await
}

/// What is done with the rows.
#[derive(Clone, Copy)]
enum Purpose {
    Change,
    Verify,
}

async fn execute(
    entries: Vec<Entry>,
    plan: &Plan,
    paced: &Paced<'_>,
    settings: &RunSettings,
    purpose: Purpose,
) -> Summary {
    let started_at = (settings.now)();
    paced.observer().note(&Event::Started { run: &settings.id, rows: entries.len(), changes: plan.changes });
    let floor = Floor::new(entries, plan, paced, settings);
    tokio::select! {
        biased;
        never = floor.tell_stop() => match never {},
        _ = join_all((0..settings.jobs.get()).map(|_| work(&floor, purpose))) => {}
    }
    floor.tell_cause();
    let counts = floor.counts();
    let cause = paced.brake().cause();
    let summary = Summary { run: settings.id.clone(), counts, cause, started_at, finished_at: (settings.now)() };
    paced.observer().note(&Event::Finished(&summary));
    summary
}

/// One job: takes group after group until no row is left.
async fn work(floor: &Floor<'_>, purpose: Purpose) {
    loop {
        match (purpose, floor.take().as_slice()) {
            (_, []) => return,
            (Purpose::Change, [one]) => floor.change(one, Reply::default()).await,
            (Purpose::Change, many) => floor.change_together(many).await,
            (Purpose::Verify, group) => {
                for taken in group {
                    floor.question(taken).await;
                }
            }
        }
    }
}
