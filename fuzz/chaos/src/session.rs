//! One session of a run, from its first question to its summary, as `cprekey apply` makes it, in virtual time.

use std::collections::HashMap;
use std::future::pending;

use cprekey_core::account::AccountName;
use cprekey_core::api::{Fault, Panel, Scope};
use cprekey_core::brake::{Brake, Cause};
use cprekey_core::entry::Entry;
use cprekey_core::event::Observer;
use cprekey_core::paced::Paced;
use cprekey_core::plan::{self, Facts, NotAsked, Owner, Owners, Plan, Standpoint};
use cprekey_core::retry::RetryPolicy;
use cprekey_core::run::{RunSettings, run};
use cprekey_core::summary::Summary;
use tokio::time::{Instant, sleep_until};

use crate::bounds;
use crate::case::Case;
use crate::clock;
use crate::notes::Recorder;
use crate::panel::ChaosPanel;
use crate::planted::Planted;
use crate::resume::Beginning;

/// What a session came to.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) summary: Summary,
    pub(crate) plan: Plan,
}

/// One session.
pub(crate) struct Session<'a> {
    pub(crate) case: &'a Case,
    pub(crate) panel: &'a ChaosPanel<'a>,
    pub(crate) recorder: &'a Recorder<'a>,
    pub(crate) brake: Brake,
    /// The user interrupts no other.
    pub(crate) is_first: bool,
}

impl Session<'_> {
    /// Asks, plans and runs, while the user may interrupt; none where the journal could not be begun.
    pub(crate) async fn run(&self, beginning: Beginning, planted: Option<Planted>) -> Option<End> {
        let mistaken = planted.map(|planted| planted.into_client(self.panel, self.recorder, self.case));
        let way: &dyn Panel = mistaken.as_ref().map_or(self.panel, |mistaken| mistaken);
        let observer: &dyn Observer = mistaken.as_ref().map_or(self.recorder, |mistaken| mistaken);
        tokio::select! {
            biased;
            end = self.apply(beginning, way, observer) => end,
            () = self.interrupt() => unreachable!("the user never comes to an end"),
        }
    }

    async fn apply(&self, beginning: Beginning, way: &dyn Panel, observer: &dyn Observer) -> Option<End> {
        let settings = &self.case.settings;
        let policy = RetryPolicy { retries: settings.retries, ..RetryPolicy::default() };
        let paced = Paced::new(way, bounds::rate(self.case), policy, self.brake.clone(), observer)
            .overlapping(settings.overlap)
            .drawing(|| self.recorder.roll());
        let plan = self.agree(&beginning.entries, &paced).await;
        beginning.put_down(self.case, plan.changes).ok()?;
        let Beginning { entries, journal, doubtful, .. } = beginning;
        let settings = RunSettings {
            id: "chaos".to_owned(),
            jobs: settings.jobs,
            verify: settings.verify.clone(),
            batch: settings.batch,
            update_db_password: false,
            max_failures: settings.max_failures,
            keep_going: settings.keep_going,
            doubtful,
            now: clock::now,
        };
        let summary = run(entries, &plan, &paced, &settings, &journal).await;
        Some(End { summary, plan })
    }

    /// The plan, by what the panel says; where it cannot be asked, the run is ended before its first change.
    async fn agree(&self, entries: &[Entry], paced: &Paced<'_>) -> Plan {
        let Case { settings, whm, .. } = self.case;
        let account = settings.account.as_deref().and_then(|name| AccountName::parse(name).ok());
        let scope = if *whm { Scope::Server } else { Scope::Account };
        if !settings.preflight {
            let owners = Owners { scope, given: account, domains: owners(self.case) };
            return plan::plan(entries, &Facts { owners, ..Facts::default() });
        }
        let standpoint = Standpoint { scope, account, arguments_only: false, jobs: settings.jobs };
        match plan::preflight(paced, entries, &standpoint).await {
            Ok(facts) => {
                facts.notes.iter().for_each(|note| self.recorder.search(note));
                plan::plan(entries, &facts)
            }
            Err(end) => {
                if let NotAsked::Fault(fault) = end
                    && self.brake.cause().is_none()
                {
                    let gone = matches!(fault, Fault::Unreachable { .. });
                    self.brake.pull(if gone { Cause::Unreachable } else { Cause::NoAnswer });
                }
                plan::plan_unasked(entries, &standpoint)
            }
        }
    }

    /// The user, who interrupts, and who leaves where that takes too long.
    async fn interrupt(&self) {
        let began = Instant::now();
        let mut moments = self.case.troubles.interrupts.iter().filter(|_| self.is_first);
        if let Some(first) = moments.next() {
            sleep_until(began + *first).await;
            self.brake.pull(Cause::Interrupted);
        }
        if let Some(second) = moments.next() {
            sleep_until(began + *second).await;
            self.panel.state.borrow_mut().left = true;
            self.brake.leave_now();
        }
        pending::<()>().await;
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
