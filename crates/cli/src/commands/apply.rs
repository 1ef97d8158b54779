//! `cprekey apply`: plan, show the counts, ask, do it, report.

use cprekey_core::brake::{Brake, Cause};
use cprekey_core::entry::Entry;
use cprekey_core::event::Observer;
use cprekey_core::list::List;
use cprekey_core::paced::Paced;
use cprekey_core::plan::{self, Facts, NotAsked, Plan};
use cprekey_core::report::ReportSummary;
use cprekey_core::run::{self, RunSettings};
use cprekey_core::summary::Summary;
use cprekey_frontend::connection::Connection;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::signals;
use jiff::Timestamp;

use super::session::{has_change, not_let_in, read_list, start_runtime};
use super::written;
use crate::args::{ApplyArgs, OutputFormat};
use crate::ask::ask;
use crate::console;
use crate::look::{JsonEvents, LogFile, Observers, Progress, Tally, show_plan};
use crate::outputs::Outputs;

/// Applies the list.
///
/// # Errors
///
/// Where the list or an option is not right, the user says no, or a file cannot be written.
pub(super) fn apply(args: &ApplyArgs) -> Result<Exit, Failure> {
    console::choose_color(args.output.color);
    let list = read_list(&args.list, args.skip_invalid, &args.output)?;
    if !has_change(&list.entries) {
        return Ok(console::nothing_to_do(&args.output));
    }
    let connection = args.connection.connect(args.pace.jobs)?;
    console::warn_of_insecure(connection.insecure);
    let looks = Looks::open(args, connection.insecure)?;
    start_runtime()?.block_on(execute(args, list, &connection, looks))
}

/// Everybody who is told of the run.
struct Looks {
    outputs: Outputs,
    log: Option<LogFile>,
    progress: Progress,
    tally: Tally,
    events: Option<JsonEvents>,
}

impl Looks {
    fn open(args: &ApplyArgs, insecure: bool) -> Result<Self, Failure> {
        Ok(Self {
            outputs: Outputs::create(&args.run, insecure)?,
            log: args.output.log.as_deref().map(LogFile::open).transpose()?,
            progress: Progress::new(&args.output),
            tally: Tally::default(),
            events: (args.output.output == OutputFormat::Json).then_some(JsonEvents),
        })
    }

    /// The report comes first, so that nothing is shown that it does not have.
    fn observers(&self) -> Observers<'_> {
        let mut observers: Vec<&dyn Observer> = vec![&self.outputs, &self.tally, &self.progress];
        observers.extend(self.log.as_ref().map(|log| log as &dyn Observer));
        observers.extend(self.events.as_ref().map(|events| events as &dyn Observer));
        Observers(observers)
    }
}

async fn execute(args: &ApplyArgs, list: List, connection: &Connection, looks: Looks) -> Result<Exit, Failure> {
    let brake = Brake::default();
    signals::watch(brake.clone()).map_err(|error| Failure::new(Exit::Failed, error))?;
    let List { entries, facts: list_facts } = list;
    let observers = looks.observers();
    let paced = Paced::new(&connection.panel, args.pace.rate, args.pace.retry_policy(), brake.clone(), &observers);
    let plan = match plan::preflight(&paced).await {
        Ok(facts) => {
            let plan = plan::plan(&entries, &facts);
            if !is_agreed(args, &entries, &plan, &facts, connection, &brake).await? {
                console::tell("nothing was sent");
                return Ok(Exit::Interrupted);
            }
            plan
        }
        Err(end) => {
            shut_out(&end, connection, &brake);
            plan::plan(&entries, &Facts::default())
        }
    };
    let summary = run::run(entries, &plan, &paced, &settings(args)).await;
    drop(observers);
    close(args, looks, &summary, connection, &list_facts.file)
}

/// Shows the plan and lets the user, or the rule on changes, decide.
async fn is_agreed(
    args: &ApplyArgs,
    entries: &[Entry],
    plan: &Plan,
    facts: &Facts,
    connection: &Connection,
    brake: &Brake,
) -> Result<bool, Failure> {
    facts.notes.iter().for_each(console::warn);
    if !args.output.quiet {
        let _shown = show_plan(entries, plan, facts, console::err);
    }
    if let Some(most) = args.run.max_changes.filter(|&most| plan.changes > most) {
        console::warn(format_args!("{} changes are more than --max-changes {most}: nothing is sent", plan.changes));
        brake.pull(Cause::StopRule);
        return Ok(true);
    }
    if args.run.yes || plan.changes == 0 {
        return Ok(brake.cause().is_none());
    }
    let Connection { host, user, .. } = connection;
    ask(&format!("Give {} mailboxes on {host} (account {user}) their new passwords?", plan.changes), brake).await
}

/// Shows why the panel could not be asked, and ends the run before its first change.
fn shut_out(end: &NotAsked, connection: &Connection, brake: &Brake) {
    if let NotAsked::Fault(fault) = end {
        console::show_failure(&not_let_in(fault, &connection.host));
        if brake.cause().is_none() {
            brake.pull(Cause::Unreachable);
        }
    }
}

fn settings(args: &ApplyArgs) -> RunSettings {
    RunSettings {
        id: run::run_id(Timestamp::now()),
        jobs: args.pace.jobs,
        verify: args.run.verify.into(),
        max_failures: args.run.max_failures,
        now: Timestamp::now,
    }
}

/// Puts the files in place, shows the summary, and gives the exit code.
fn close(
    args: &ApplyArgs,
    looks: Looks,
    summary: &Summary,
    connection: &Connection,
    list: &str,
) -> Result<Exit, Failure> {
    let about = ReportSummary {
        run: summary.clone(),
        host: connection.host.clone(),
        user: connection.user.clone(),
        list: list.to_owned(),
        insecure: connection.insecure,
    };
    let finished = looks.outputs.finish(&about);
    let (files, exit) = match finished {
        Ok(files) => (files, Exit::of_summary(summary)),
        Err(failure) => (Vec::new(), console::show_failure(&failure).or(Exit::of_summary(summary))),
    };
    if args.output.quiet || looks.events.is_some() {
        return Ok(exit);
    }
    written(looks.tally.show(summary, &files, console::out), exit)
}
