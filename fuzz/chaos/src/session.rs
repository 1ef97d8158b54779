//! One run from its first question to its summary, as `cprekey apply` makes it, in virtual time.

use std::collections::HashMap;
use std::future::pending;
use std::time::Duration;

use cprekey_core::account::AccountName;
use cprekey_core::api::{Fault, Panel, Scope};
use cprekey_core::brake::{Brake, Cause};
use cprekey_core::entry::Entry;
use cprekey_core::event::Observer;
use cprekey_core::pace::Rate;
use cprekey_core::paced::Paced;
use cprekey_core::plan::{self, Facts, NotAsked, Owner, Owners, Plan, Standpoint};
use cprekey_core::retry::RetryPolicy;
use cprekey_core::run::{RunSettings, run};
use cprekey_core::summary::Summary;
use tokio::runtime;
use tokio::time::{Instant, sleep_until, timeout};

use crate::bounds;
use crate::case::Case;
use crate::clock;
use crate::log::Log;
use crate::notes::{Notes, Recorder};
use crate::panel::ChaosPanel;
use crate::planted::Planted;
use crate::state::State;

/// All that is known of a run that is over.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) notes: Notes,
    pub(crate) state: State,
    /// None where it did not end in its time.
    pub(crate) end: Option<End>,
    /// How long it took.
    pub(crate) took: Duration,
    pub(crate) log: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct End {
    pub(crate) summary: Summary,
    pub(crate) plan: Plan,
}

/// Makes the run, with a mistake planted into the client where there is one.
pub(crate) fn play(case: &Case, planted: Option<Planted>) -> Played {
    let runtime = runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(session(case, planted))
}

async fn session(case: &Case, planted: Option<Planted>) -> Played {
    clock::set(case.troubles.clock_jumps.then_some(case.dice));
    let log = Log::default();
    let brake = Brake::default();
    let panel = ChaosPanel::new(case, brake.clone(), &log);
    let recorder = Recorder::new(case, &panel, &log);
    let end = {
        let mistaken = planted.map(|planted| planted.into_client(&panel, &recorder, case));
        let way: &dyn Panel = mistaken.as_ref().map_or(&panel, |mistaken| mistaken);
        let observer: &dyn Observer = mistaken.as_ref().map_or(&recorder, |mistaken| mistaken);
        let work = apply(case, way, observer, &recorder, &brake);
        let interrupted = interrupt(case, &panel, &brake);
        let both = async {
            tokio::select! {
                biased;
                end = work => end,
                () = interrupted => unreachable!("the user never comes to an end"),
            }
        };
        timeout(bounds::longest(case), both).await.ok()
    };
    let took = clock::elapsed();
    let notes = recorder.notes.into_inner();
    let state = panel.state.into_inner();
    Played { notes, state, end, took, log: log.lines() }
}

/// Asks, plans and runs.
async fn apply(case: &Case, way: &dyn Panel, observer: &dyn Observer, recorder: &Recorder<'_>, brake: &Brake) -> End {
    let settings = &case.settings;
    let policy = RetryPolicy { retries: settings.retries, ..RetryPolicy::default() };
    let rate: Rate = settings.rate.parse().expect("a rate");
    let paced = Paced::new(way, rate, policy, brake.clone(), observer)
        .overlapping(settings.overlap)
        .drawing(|| recorder.roll());
    let entries: Vec<Entry> = case.rows.iter().map(crate::rows::Row::entry).collect();
    let plan = agree(case, &entries, &paced, recorder, brake).await;
    let settings = RunSettings {
        id: "chaos".to_owned(),
        jobs: settings.jobs,
        verify: settings.verify,
        batch: settings.batch,
        update_db_password: false,
        max_failures: settings.max_failures,
        keep_going: settings.keep_going,
        now: clock::now,
    };
    let summary = run(entries, &plan, &paced, &settings).await;
    End { summary, plan }
}

/// The plan, by what the panel says; where it cannot be asked, the run is ended before its first change.
async fn agree(case: &Case, entries: &[Entry], paced: &Paced<'_>, recorder: &Recorder<'_>, brake: &Brake) -> Plan {
    let account = case.settings.account.as_deref().and_then(|name| AccountName::parse(name).ok());
    let scope = if case.whm { Scope::Server } else { Scope::Account };
    if !case.settings.preflight {
        let owners = Owners { scope, given: account, domains: owners(case) };
        return plan::plan(entries, &Facts { owners, ..Facts::default() });
    }
    let standpoint = Standpoint { scope, account, arguments_only: false, jobs: case.settings.jobs };
    match plan::preflight(paced, entries, &standpoint).await {
        Ok(facts) => {
            facts.notes.iter().for_each(|note| recorder.search(note));
            plan::plan(entries, &facts)
        }
        Err(end) => {
            if let NotAsked::Fault(fault) = end
                && brake.cause().is_none()
            {
                let gone = matches!(fault, Fault::Unreachable { .. });
                brake.pull(if gone { Cause::Unreachable } else { Cause::NoAnswer });
            }
            plan::plan_unasked(entries, &standpoint)
        }
    }
}

/// The owners of all domains, as somebody knows them who does not ask.
fn owners(case: &Case) -> HashMap<String, Owner> {
    let of_account = |(name, domains): (&String, &[String])| {
        let owner = AccountName::parse(name).expect("the name of an account");
        domains.iter().map(|domain| (domain.clone(), Owner::Account(owner.clone()))).collect::<Vec<_>>()
    };
    case.world.accounts.iter().flat_map(|(name, account)| of_account((name, &account.domains))).collect()
}

/// The user, who interrupts, and who leaves where that takes too long.
async fn interrupt(case: &Case, panel: &ChaosPanel<'_>, brake: &Brake) {
    let began = Instant::now();
    let mut moments = case.troubles.interrupts.iter();
    if let Some(first) = moments.next() {
        sleep_until(began + *first).await;
        brake.pull(Cause::Interrupted);
    }
    if let Some(second) = moments.next() {
        sleep_until(began + *second).await;
        panel.state.borrow_mut().left = true;
        brake.leave_now();
    }
    pending().await
}
