//! `cprekey plan`: ask the panel too: what would change, what cannot, and why; changes nothing.

use std::borrow::Cow;
use std::io;

use cprekey_core::brake::Brake;
use cprekey_core::entry::Entry;
use cprekey_core::list::List;
use cprekey_core::paced::Paced;
use cprekey_core::plan::{self, Facts, NotAsked, Plan, Standpoint};
use cprekey_core::text;
use cprekey_frontend::connection::{Connection, PaceArgs};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{runtime, signals};
use serde::Serialize;

use super::session::{connect, has_change, not_let_in, read_list};
use crate::args::{OutputArgs, OutputFormat, PlanArgs};
use crate::{console, look};

/// The plan in numbers.
#[derive(Serialize)]
#[serde(tag = "event", rename = "plan")]
struct PlanEvent<'a> {
    user: Option<Cow<'a, str>>,
    required_strength: Option<u8>,
    changes: usize,
    refused: usize,
    repeats: usize,
    invalid: usize,
    skipped: usize,
    login_suspended: usize,
    notes: &'a [String],
}

/// Plans.
///
/// # Errors
///
/// Where the list or an option is not right, or the panel cannot be asked.
pub(super) fn plan(args: PlanArgs) -> Result<Exit, Failure> {
    console::choose_color(args.output.color);
    let PlanArgs { list, skip_invalid, who, connection, pace, output, volume } = args;
    let list = read_list(list, skip_invalid, &output, &volume)?;
    if !has_change(&list.entries) {
        return Ok(console::nothing_to_do(&output));
    }
    let (connection, standpoint) = connect(connection, who, &pace, &output)?;
    let facts = runtime::start()?.block_on(ask(
        &list.entries,
        &pace,
        &look::Progress::new(&output, &volume),
        &connection,
        &standpoint,
    ))?;
    let plan = plan::plan(&list.entries, &facts);
    let exit = if plan.ruled_out.is_empty() && plan.invalid == 0 { Exit::Done } else { Exit::SomeRefused };
    console::written(show(&output, &list, &plan, &facts), exit)
}

async fn ask(
    entries: &[Entry],
    pace: &PaceArgs,
    progress: &look::Progress,
    connection: &Connection,
    standpoint: &Standpoint,
) -> Result<Facts, Failure> {
    let brake = Brake::default();
    signals::watch(brake.clone()).map_err(|error| Failure::new(Exit::Failed, error))?;
    connection.prepare(&brake).await?;
    let overlap = pace.overlaps(!connection.is_remote());
    let paced = Paced::new(connection.panel(), pace.rate, pace.retry_policy(), brake, progress).overlapping(overlap);
    plan::preflight(&paced, entries, standpoint).await.map_err(|end| match end {
        NotAsked::Fault(fault) => not_let_in(&fault, connection),
        NotAsked::Interrupted => Failure::new(Exit::Interrupted, "interrupted; nothing was changed"),
    })
}

fn show(output: &OutputArgs, list: &List, plan: &Plan, facts: &Facts) -> io::Result<()> {
    if !output.quiet {
        facts.notes.iter().for_each(console::warn);
    }
    if output.output == OutputFormat::Human {
        return if output.quiet { Ok(()) } else { look::show_plan(&list.entries, plan, facts, console::out) };
    }
    look::planned_rows(&list.entries, plan).try_for_each(|row| look::write_event(&row))?;
    look::write_event(&PlanEvent {
        user: facts.user.as_deref().map(text::safe),
        required_strength: facts.required_strength,
        changes: plan.changes,
        refused: plan.ruled_out.len(),
        repeats: plan.repeats,
        invalid: plan.invalid,
        skipped: plan.skipped,
        login_suspended: plan.suspended.len(),
        notes: &facts.notes,
    })
}
