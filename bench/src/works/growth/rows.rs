//! How time and memory grow with the rows of a list.

use anyhow::Result;

use super::super::changing::{apply_by_owner, mailboxes, run_uncounted};
use super::super::checking::{check, told};
use super::bent::Growth;
use crate::bench::Bench;
use crate::finding::{Finding, Goal};
use crate::lists::{Kind, list};
use crate::panel::Panel;
use crate::real::real;
use crate::sample::Sample;
use crate::shell::note;

const CHECKED: &[usize] = &[1_000, 10_000, 100_000, 1_000_000];
const QUICK_CHECKED: &[usize] = &[1_000, 10_000, 100_000];
const APPLIED: &[usize] = &[1_000, 10_000, 100_000];
const QUICK_APPLIED: &[usize] = &[2_000, 10_000, 30_000];

const GOAL: Goal = Goal::AtMost(5.0);

/// `check`: one process that reads a list.
///
/// # Errors
///
/// Where it does not do its work.
pub(super) fn checked(bench: &Bench) -> Result<Vec<Finding>> {
    let counts = if bench.quick { QUICK_CHECKED } else { CHECKED };
    grown(bench, "`check`", counts, |rows| {
        check(bench, &list(bench, Kind::Csv, rows, 1)?).measure()?.ended(0)?.saying(&told(rows))
    })
}

/// `apply` by 32 jobs to a panel that answers at once.
///
/// # Errors
///
/// Where it does not do its work.
pub(super) fn applied(bench: &Bench) -> Result<Vec<Finding>> {
    let counts = if bench.quick { QUICK_APPLIED } else { APPLIED };
    let most = counts.iter().max().copied().unwrap_or_default();
    let panel = Panel::start(bench, &mailboxes(most, ""), &["--no-hashing"])?;
    grown(bench, "`apply`", counts, |rows| {
        let process = apply_by_owner(bench, &panel, &list(bench, Kind::Csv, rows, 1)?)?;
        run_uncounted(&process.arguments(["--overlap", "--jobs", "32", "--rate", "none"]), &panel, rows)
    })
}

/// Measures each count as often as there are rounds.
fn grown(
    bench: &Bench,
    what: &str,
    counts: &[usize],
    measure: impl Fn(usize) -> Result<Sample>,
) -> Result<Vec<Finding>> {
    let (mut times, mut peaks) = (vec![Vec::new(); counts.len()], vec![Vec::new(); counts.len()]);
    for round in 1..=bench.rounds {
        for (place, &count) in counts.iter().enumerate() {
            let sample = measure(count)?;
            note(&format!(
                "round {round} of {}: {what} of {count}: {:?}, {} bytes",
                bench.rounds, sample.wall, sample.peak
            ));
            times[place].push(sample.wall.as_secs_f64() * 1e6);
            peaks[place].push(real(sample.peak));
        }
    }
    let (time, memory) = (format!("{what}, time"), format!("{what}, peak memory"));
    let time = Growth { what: &time, each: "row", counts, costs: times, unit: "µs" };
    let memory = Growth { what: &memory, each: "row", counts, costs: peaks, unit: "bytes" };
    Ok([time.findings(GOAL)?, memory.findings(GOAL)?].concat())
}
