//! How what is done in a second grows with the jobs, on a panel that takes its time for every answer.

use anyhow::{Context as _, Result};

use super::super::changing::{apply_by_owner, mailboxes, run};
use super::bent::Growth;
use crate::bench::Bench;
use crate::changes::arrivals;
use crate::figures::Figures;
use crate::finding::{Finding, Goal, Unit, number};
use crate::lists::{Kind, list};
use crate::panel::Panel;
use crate::real::{of_size, real};
use crate::shell::note;

const JOBS: &[usize] = &[1, 8, 64, 512];
const QUICK_JOBS: &[usize] = &[1, 8, 32];

/// How many changes each job makes.
const EACH: usize = 40;
const QUICK_EACH: usize = 8;

/// How long the panel takes for an answer, in milliseconds.
const LATENCY: u32 = 300;

/// Of a straight line from one job.
const GOAL: Goal = Goal::AtLeast(0.95);

/// So many jobs at once.
///
/// # Errors
///
/// Where they do not do their work.
pub(super) fn at_once(bench: &Bench) -> Result<Vec<Finding>> {
    let jobs = if bench.quick { QUICK_JOBS } else { JOBS };
    let each = bench.size(EACH, QUICK_EACH);
    let most = jobs.iter().max().copied().unwrap_or_default() * each;
    let latency = format!("{LATENCY}ms");
    let panel = Panel::start(bench, &mailboxes(most, ""), &["--no-hashing", "--latency", &latency])?;
    let (mut speeds, mut peaks) = (vec![Vec::new(); jobs.len()], vec![Vec::new(); jobs.len()]);
    for round in 1..=bench.rounds {
        for (place, &jobs) in jobs.iter().enumerate() {
            let process = apply_by_owner(bench, &panel, &list(bench, Kind::Csv, jobs * each, 1)?)?;
            let process = process.arguments(["--overlap", "--rate", "none", "--jobs", &jobs.to_string()]);
            let (sample, changes) = run(&process, &panel, jobs * each)?;
            // From the first change to the last each job has made all but one of its own.
            let speed = of_size(jobs * (each - 1)) / arrivals(&changes).span();
            note(&format!("round {round} of {}: {jobs} jobs: {} a second", bench.rounds, number(speed)));
            speeds[place].push(speed);
            peaks[place].push(real(sample.peak));
        }
    }
    let mut findings = straight(jobs, &speeds)?;
    let memory = Growth { what: "`apply`, peak memory", each: "job", counts: jobs, costs: peaks, unit: "bytes" };
    findings.extend(memory.findings(Goal::Shown)?);
    Ok(findings)
}

/// What the jobs do in a second beside what one does, as many times.
fn straight(jobs: &[usize], speeds: &[Vec<f64>]) -> Result<Vec<Finding>> {
    let one = speeds.first().context("nothing was measured")?;
    jobs.iter()
        .zip(speeds)
        .skip(1)
        .map(|(&jobs, speeds)| {
            let line: Vec<_> = one.iter().map(|one| one * of_size(jobs)).collect();
            Ok(Finding {
                what: format!("{jobs} jobs, {LATENCY} ms an answer: changes a second"),
                beside: format!("{jobs} × one job"),
                figure: Figures::of_ratios(speeds, &line)?,
                unit: Unit::Times,
                goal: GOAL,
                context: format!(
                    "{} a second, and one job {}; with the opening of all connections",
                    number(Figures::of(speeds)?.median),
                    number(Figures::of(one)?.median)
                ),
            })
        })
        .collect()
}
