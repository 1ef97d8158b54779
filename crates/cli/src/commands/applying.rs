//! What `apply` and `resume` share: the plan, the question, the run and its end.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use cprekey_core::api::Fault;
use cprekey_core::brake::{Brake, Cause};
use cprekey_core::entry::Entry;
use cprekey_core::list::List;
use cprekey_core::paced::Paced;
use cprekey_core::plan::{self, Facts, NotAsked, Plan, Standpoint};
use cprekey_core::report::ReportSummary;
use cprekey_core::run::{self, RunSettings, Verify};
use cprekey_core::summary::Summary;
use cprekey_frontend::connection::{Connection, PaceArgs};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{panics, signals, terminal};
use jiff::Timestamp;

use super::ending::close;
use super::session::not_let_in;
use crate::args::{OutputArgs, RunArgs};
use crate::ask::{Wanted, ask};
use crate::console;
use crate::keeping::Keeping;
use crate::look::{show_columns, show_plan};
use crate::looks::Looks;

/// What is to be known before the first change.
const NO_WAY_BACK: &str = "There is no way back: nobody can tell the old passwords. Devices that keep sending one may have their office's address blocked \
                           for a time (README, \"Before you start\").";

/// The columns as they were taken, a line each, where they were not shown when the list was read.
pub(super) fn unshown(list: &List, output: &OutputArgs) -> Vec<String> {
    let mut lines = Vec::new();
    if output.quiet {
        show_columns(&list.previews(), |line| lines.push(line));
    }
    lines
}

/// A panel that is ready to be called, and how a list that was read is applied to it.
pub(super) struct Applying {
    pub(super) connection: Connection,
    pub(super) standpoint: Standpoint,
    pub(super) batch: NonZeroUsize,
    pub(super) verify: Verify,
    /// What is suspicious about the list, where the user has to confirm it.
    pub(super) doubts: Option<String>,
    /// The columns as they were taken, a line each, where they were not shown when the list was read.
    pub(super) unshown: Vec<String>,
    pub(super) pace: PaceArgs,
    pub(super) run: RunArgs,
    pub(super) output: OutputArgs,
    pub(super) brake: Brake,
}

impl Applying {
    /// Asks the panel and the user, makes the changes, and reports.
    ///
    /// # Errors
    ///
    /// Where nobody can be asked, or a file cannot be written.
    pub(super) async fn execute(&self, list: List, looks: Looks, keeping: Keeping) -> Result<Exit, Failure> {
        signals::watch(self.brake.clone()).map_err(|error| Failure::new(Exit::Failed, error))?;
        let prepared = self.connection.prepare(&self.brake).await;
        let List { entries, facts: list_facts, .. } = list;
        let observers = looks.observers();
        let policy = self.pace.retry_policy();
        let overlap = self.pace.overlaps(!self.connection.is_remote());
        let paced = Paced::new(self.connection.panel(), self.pace.rate, policy, self.brake.clone(), &observers)
            .overlapping(overlap);
        // What was given is right, and the panel's program is not: that is a run whose rows were not tried.
        let no_program = prepared.err().map(|failure| self.shut_out_by_program(failure)).transpose()?;
        let asking = async {
            match no_program {
                None => plan::preflight(&paced, &entries, &self.standpoint).await,
                Some(end) => Err(end),
            }
        };
        let run = keeping.run_id();
        let (asked, digests) = tokio::join!(asking, keeping.digests(&entries));
        let Some(plan) = self.agree(&entries, asked, &keeping.doubtful()).await? else {
            console::tell("nothing was sent");
            return Ok(Exit::Interrupted);
        };
        let settings = self.settings(run, &keeping);
        let began = keeping.began();
        let kept = keeping.begin(&settings.id, &self.connection, &entries, digests, &plan)?;
        panics::advise(kept.advice(&settings.id));
        let summary = run::run(entries, &plan, &paced, &settings, &kept.journal).await;
        drop(paced);
        drop(observers);
        let is_kept = !kept.journal.is_absent();
        // Whoever reads the output slowly keeps neither the run nor its list from others.
        drop(kept);
        self.close(looks, &summary, began, is_kept, &list_facts.file)
    }

    /// The plan that is to be run; nothing where the user says no.
    ///
    /// Where the panel could not be asked, or the plan is more than it may be, the brake is pulled: then the run sends nothing.
    async fn agree(
        &self,
        entries: &[Entry],
        asked: Result<Facts, NotAsked>,
        doubtful: &BTreeSet<usize>,
    ) -> Result<Option<Plan>, Failure> {
        let facts = match asked {
            Ok(facts) => facts,
            Err(end) => {
                self.shut_out(&end);
                return Ok(Some(plan::plan_unasked(entries, &self.standpoint).with_doubtful(entries, doubtful)));
            }
        };
        let plan = plan::plan(entries, &facts).with_doubtful(entries, doubtful);
        if !self.output.quiet {
            facts.notes.iter().for_each(console::warn);
            let _shown = show_plan(entries, &plan, &facts, console::err);
        }
        if self.is_too_much(&plan) {
            self.brake.pull(Cause::StopRule);
            return Ok(Some(plan));
        }
        let agreed = self.run.yes || plan.changes == 0 || self.ask(&plan).await?;
        Ok(agreed.then_some(plan))
    }

    /// Ends the run before its first change where the panel's program does not work.
    ///
    /// # Errors
    ///
    /// Gives the failure back where what was given is not right.
    fn shut_out_by_program(&self, failure: Failure) -> Result<NotAsked, Failure> {
        if failure.exit != Exit::Failed {
            return Err(failure);
        }
        let _shown = console::show_failure(&failure);
        self.brake.pull(Cause::NoAnswer);
        Ok(NotAsked::Interrupted)
    }

    /// Shows why the panel could not be asked, and ends the run before its first change.
    fn shut_out(&self, end: &NotAsked) {
        if let NotAsked::Fault(fault) = end {
            let _shown = console::show_failure(&not_let_in(fault, &self.connection));
            if self.brake.cause().is_none() {
                let gone = matches!(fault, Fault::Unreachable { .. });
                self.brake.pull(if gone { Cause::Unreachable } else { Cause::NoAnswer });
            }
        }
    }

    fn is_too_much(&self, plan: &Plan) -> bool {
        let Some(most) = self.run.max_changes.filter(|&most| plan.changes > most) else { return false };
        console::warn(format_args!("{} changes are more than --max-changes {most}: nothing is sent", plan.changes));
        true
    }

    async fn ask(&self, plan: &Plan) -> Result<bool, Failure> {
        let Connection { host, user, .. } = &self.connection;
        let question = format!("Give {} on {host} (as {user}) new passwords?", console::targets(plan));
        // Whoever is asked has to see what a yes means, however quiet the rest is. Where nobody can be, all that follows is an error.
        if !self.output.quiet || terminal::open().is_ok() {
            self.unshown.iter().for_each(console::tell);
            console::tell(NO_WAY_BACK);
        }
        match &self.doubts {
            None => ask(question, Wanted::Yes, &self.brake).await,
            Some(doubts) => {
                console::warn(doubts);
                ask(question, Wanted::Count(plan.changes), &self.brake).await
            }
        }
    }

    fn settings(&self, run: String, keeping: &Keeping) -> RunSettings {
        RunSettings {
            id: run,
            jobs: self.standpoint.jobs,
            batch: self.batch,
            update_db_password: self.run.update_db_password,
            verify: self.verify.clone(),
            max_failures: self.run.max_failures,
            keep_going: self.run.keep_going,
            doubtful: keeping.doubtful(),
            now: Timestamp::now,
        }
    }

    /// Puts the files in place, shows the summary, and gives the exit code.
    fn close(
        &self,
        looks: Looks,
        summary: &Summary,
        began: Option<Timestamp>,
        is_kept: bool,
        list: &str,
    ) -> Result<Exit, Failure> {
        let Connection { host, user, .. } = &self.connection;
        let whole = Summary { started_at: began.unwrap_or(summary.started_at), ..summary.clone() };
        let about = ReportSummary { run: &whole, host, user, list, insecure: looks.outputs.is_insecure() };
        close(looks, &about, is_kept, &self.output)
    }
}
