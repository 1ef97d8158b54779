//! Many panels at once, each at its own rate, from one thread of one process.

use anyhow::{Context as _, Result, ensure};

use super::super::changing::mailboxes;
use super::bent::Growth;
use crate::bench::Bench;
use crate::changes::{arrivals, changes};
use crate::control::Control;
use crate::figures::Figures;
use crate::finding::{Finding, Goal, Unit, number};
use crate::fleet::{Drive, Fleet};
use crate::real::{of_size, real};
use crate::shell::note;

const PANELS: &[usize] = &[1, 10, 50, 200];
const QUICK_PANELS: &[usize] = &[1, 5, 20];

/// How many changes a second each panel gets, and for how long.
const RATE: usize = 10;
const SECONDS: usize = 20;
const QUICK_SECONDS: usize = 4;

/// How many jobs each panel has, as where nothing is said.
const JOBS: usize = 4;

/// What was seen of so many panels, round by round.
#[derive(Default)]
struct Seen {
    /// By how much the rate of the panel that is farthest off is missed, in percent.
    misses: Vec<f64>,
    /// CPU time, in milliseconds.
    times: Vec<f64>,
    /// Peak memory, in bytes.
    peaks: Vec<f64>,
}

/// So many panels at once.
///
/// # Errors
///
/// Where not every mailbox of each was changed.
pub(super) fn from_one_process(bench: &Bench) -> Result<Vec<Finding>> {
    let counts = if bench.quick { QUICK_PANELS } else { PANELS };
    let rows = RATE * bench.size(SECONDS, QUICK_SECONDS);
    let mut all = Vec::new();
    for &count in counts {
        all.push(seen(bench, count, rows)?);
    }
    let mut findings = Vec::new();
    for (&count, seen) in counts.iter().zip(&all) {
        findings.push(Finding {
            what: format!("{count} panels at {RATE}/s each, from one thread: off the steady rate"),
            beside: "the rate of the panel that is farthest off".to_owned(),
            figure: Figures::of(&seen.misses)?,
            unit: Unit::Percent,
            goal: Goal::AtMost(1.0),
            context: format!("{rows} changes each, CPU {} ms", number(Figures::of(&seen.times)?.median)),
        });
    }
    let grown = |what, unit, cost: fn(&Seen) -> &Vec<f64>| {
        let costs = all.iter().map(|seen| cost(seen).clone()).collect();
        Growth { what, each: "panel", counts, costs, unit }.findings(Goal::Shown)
    };
    findings.extend(grown("many panels, CPU time", "ms", |seen| &seen.times)?);
    findings.extend(grown("many panels, peak memory", "bytes", |seen| &seen.peaks)?);
    Ok(findings)
}

fn seen(bench: &Bench, count: usize, rows: usize) -> Result<Seen> {
    let fleet = Fleet::start(bench, &mailboxes(rows, ""), count)?;
    let drive = Drive { what: "runs", rate: format!("{RATE}/s"), jobs: JOBS, rows };
    let mut seen = Seen::default();
    for round in 1..=bench.rounds {
        let (sample, made) = fleet.drive(bench, &drive)?;
        ensure!(made.len() == count, "of {count} panels {} were driven", made.len());
        let misses = fleet.controls()?.iter().map(|control| miss(control, rows)).collect::<Result<Vec<_>>>()?;
        let worst = misses.into_iter().fold(0.0, f64::max);
        note(&format!("round {round} of {}: {count} panels: off by at most {} %", bench.rounds, number(worst)));
        seen.misses.push(worst);
        seen.times.push(sample.cpu.as_secs_f64() * 1000.0);
        seen.peaks.push(real(sample.peak));
    }
    Ok(seen)
}

/// By how much the rate of one panel is missed, in percent.
fn miss(control: &Control, rows: usize) -> Result<f64> {
    let steady = arrivals(&changes(control, rows)?).steady_rate().context("too little was changed to see a rate")?;
    Ok((steady / of_size(RATE) - 1.0).abs() * 100.0)
}
