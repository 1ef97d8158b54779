//! Work 7: how well a rate is held, as the panel's own journal has it.

use anyhow::{Context as _, Result};

use super::changing::{apply_by_owner, mailboxes, run};
use crate::arrivals::{Arrivals, unevenness};
use crate::bench::Bench;
use crate::changes::arrivals;
use crate::figures::Figures;
use crate::finding::{Finding, Goal, Unit, number};
use crate::fleet::{Drive, Fleet};
use crate::lists::{Kind, list};
use crate::panel::Panel;
use crate::real::of_size;
use crate::sample::Sample;
use crate::shell::note;
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 7, name: "pace", title: "At most so many a second", measure };

const RATES: &[usize] = &[5, 50, 500, 5_000];
const QUICK_RATES: &[usize] = &[50, 500];
const JOBS: &[usize] = &[1, 8, 64];
const QUICK_JOBS: &[usize] = &[1, 8];

/// How many seconds a rate is held.
const SECONDS: usize = 10;
const QUICK_SECONDS: usize = 3;

/// From this rate on it is seen first whether so many jobs come to it at all.
const FAST: usize = 1_000;

/// The rate at which CPU time counts, and turns are counted.
const COUNTED: usize = 500;

/// What a rate needs room for, to be held.
const ROOM: f64 = 1.1;

/// One rate with so many jobs, and what was seen of it, round by round.
struct Case {
    rate: usize,
    jobs: usize,
    /// By how much the steady rate misses, in percent.
    misses: Vec<f64>,
    /// The most in any second.
    busiest: Vec<f64>,
    /// CPU time, in percent of a core.
    shares: Vec<f64>,
}

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let (rates, jobs) = if bench.quick { (QUICK_RATES, QUICK_JOBS) } else { (RATES, JOBS) };
    let seconds = bench.size(SECONDS, QUICK_SECONDS);
    let most = rates.iter().max().copied().unwrap_or_default() * seconds;
    let panel = Panel::start(bench, &mailboxes(most, ""), &["--no-hashing"])?;
    let mut findings = Vec::new();
    let mut cases = Vec::new();
    for (&rate, &jobs) in rates.iter().flat_map(|rate| jobs.iter().map(move |jobs| (rate, jobs))) {
        match too_slow(bench, &panel, rate, jobs)? {
            Some(finding) => findings.push(finding),
            None => cases.push(Case { rate, jobs, misses: vec![], busiest: vec![], shares: vec![] }),
        }
    }
    for round in 1..=bench.rounds {
        for case in &mut cases {
            let (sample, arrivals) = held(bench, &panel, case.rate * seconds, &format!("{}/s", case.rate), case.jobs)?;
            case.note(&sample, &arrivals)?;
            let Case { rate, jobs, misses, .. } = case;
            let miss = misses.last().copied().unwrap_or_default();
            note(&format!("round {round}: {rate}/s, {jobs} jobs: off by {} %", number(miss)));
        }
    }
    drop(panel);
    for case in &cases {
        findings.extend(case.findings()?);
    }
    for &jobs in jobs.iter().filter(|&&jobs| jobs > 1) {
        findings.push(turns(bench, jobs, seconds)?);
    }
    Ok(findings)
}

/// Applies a list of so many rows at a rate.
fn held(bench: &Bench, panel: &Panel, rows: usize, rate: &str, jobs: usize) -> Result<(Sample, Arrivals)> {
    let list = list(bench, Kind::Csv, rows, 1)?;
    let process = apply_by_owner(bench, panel, &list)?.argument("--overlap");
    let process = process.arguments(["--rate", rate, "--jobs", &jobs.to_string()]);
    let (sample, changes) = run(&process, panel, rows)?;
    Ok((sample, arrivals(&changes)))
}

/// What jobs come to without a limit, where that is too little for a rate.
fn too_slow(bench: &Bench, panel: &Panel, rate: usize, jobs: usize) -> Result<Option<Finding>> {
    if rate < FAST {
        return Ok(None);
    }
    let (_, arrivals) = held(bench, panel, rate, "none", jobs)?;
    let free = arrivals.rate().unwrap_or_default();
    Ok((free < of_size(rate) * ROOM).then(|| Finding {
        what: format!("{rate}/s is not tried with {jobs} jobs"),
        beside: "changes a second without a limit".to_owned(),
        figure: Figures { median: free, least: free, most: free },
        unit: Unit::Count,
        goal: Goal::Shown,
        context: "one request at a time is under way for each job".to_owned(),
    }))
}

impl Case {
    fn note(&mut self, sample: &Sample, arrivals: &Arrivals) -> Result<()> {
        let steady = arrivals.steady_rate().context("too little was changed to see a rate")?;
        self.misses.push((steady / of_size(self.rate) - 1.0).abs() * 100.0);
        self.busiest.push(of_size(arrivals.busiest_second()));
        self.shares.push(sample.cpu.as_secs_f64() / sample.wall.as_secs_f64() * 100.0);
        Ok(())
    }

    fn findings(&self) -> Result<Vec<Finding>> {
        let what = |what: &str| format!("{what} at {}/s, {} jobs", self.rate, self.jobs);
        let shares = Figures::of(&self.shares)?;
        let steady = Finding {
            what: what("off the steady rate"),
            beside: "the rate, behind the first second".to_owned(),
            figure: Figures::of(&self.misses)?,
            unit: Unit::Percent,
            goal: Goal::AtMost(0.5),
            context: format!("CPU {} % of a core", number(shares.median)),
        };
        let most = of_size(self.rate) * 1.02 + 1.0;
        let busiest = Finding {
            what: what("changes in the busiest second"),
            beside: "1.02 × the rate + 1".to_owned(),
            figure: Figures::of(&self.busiest)?,
            unit: Unit::Count,
            goal: Goal::AtMost(most),
            context: "wherever that second begins".to_owned(),
        };
        let share = Finding {
            what: what("CPU"),
            beside: "a core".to_owned(),
            figure: shares,
            unit: Unit::Percent,
            goal: Goal::AtMost(6.0),
            context: "the whole process, with its start, its journal and its report".to_owned(),
        };
        Ok([steady, busiest].into_iter().chain((self.rate == COUNTED).then_some(share)).collect())
    }
}

/// Whether each of many jobs gets its turn.
fn turns(bench: &Bench, jobs: usize, seconds: usize) -> Result<Finding> {
    let rows = COUNTED * seconds;
    let fleet = Fleet::start(bench, &mailboxes(rows, ""), 1)?;
    let drive = Drive { what: "turns", rate: format!("{COUNTED}/s"), jobs, rows };
    let mut uneven = Vec::new();
    let mut made = Vec::new();
    for _ in 0..bench.rounds {
        made = fleet.drive(bench, &drive)?.1;
        uneven.push(unevenness(&made) * 100.0);
    }
    let (least, most) = made.iter().min().zip(made.iter().max()).context("no job made a call")?;
    Ok(Finding {
        what: format!("unfairness at {COUNTED}/s, {jobs} jobs"),
        beside: "the job with the most calls".to_owned(),
        figure: Figures::of(&uneven)?,
        unit: Unit::Percent,
        goal: Goal::AtMost(5.0),
        context: format!(
            "{least} to {most} calls a job at last; counted within, as connections are lent to whoever comes"
        ),
    })
}
