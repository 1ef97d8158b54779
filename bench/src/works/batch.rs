//! Work 8: many changes in one request to the WHM face, of a panel that takes so long for a request and so long for each change in it.

use anyhow::{Result, ensure};
use serde_json::json;

use super::changing::{apply_by_root, mailboxes, run};
use crate::bench::Bench;
use crate::changes::Change;
use crate::figures::Figures;
use crate::finding::{Finding, Goal, Unit, in_seconds, number};
use crate::knee::{Point, knee, rises};
use crate::lists::{Kind, list};
use crate::panel::Panel;
use crate::real::{of_size, real};
use crate::shell::note;
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 8, name: "batch", title: "Many changes in one request", measure };

/// What the panel takes, in milliseconds.
const REQUEST: u64 = 150;
const ITEM: u64 = 20;

/// What is measured: as many rows as make whole rounds of all jobs at every size, but for the last, smaller ones.
const SIZES: &[usize] = &[1, 2, 5, 10, 20, 25, 50, 100];
const QUICK_SIZES: &[usize] = &[1, 5, 25];
const ROWS: usize = 1_200;
const QUICK_ROWS: usize = 200;
const JOBS: usize = 4;
const QUICK_JOBS: usize = 8;

/// How much of the knee's rise above the chord a size must have to be at the knee: around it the curve is nearly level.
const AT_KNEE: f64 = 0.98;

/// One size, and how long all changes took, in seconds, round by round.
struct Case {
    size: usize,
    took: Vec<f64>,
}

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let rows = bench.rows(ROWS, QUICK_ROWS);
    let jobs = bench.size(JOBS, QUICK_JOBS);
    let sizes = if bench.quick { QUICK_SIZES } else { SIZES };
    let panel = Panel::start(bench, &mailboxes(ROWS.max(rows), ""), &["--no-hashing"])?;
    let default = default_size(bench, &panel)?;
    let mut cases: Vec<_> = sizes.iter().map(|&size| Case { size, took: Vec::new() }).collect();
    for round in 1..=bench.rounds {
        for case in &mut cases {
            let took = took(bench, &panel, case.size, rows, jobs)?;
            note(&format!("round {round} of {}: {} together: {}", bench.rounds, case.size, in_seconds(took)));
            case.took.push(took);
        }
    }
    let mut findings = Vec::new();
    for case in &cases {
        findings.push(case.finding(rows, jobs)?);
    }
    findings.extend(against_single(&cases, default)?);
    findings.extend(at_the_knee(&cases, rows, default)?);
    Ok(findings)
}

/// How many changes go together where nothing is said, by how many requests a list takes of a job alone.
fn default_size(bench: &Bench, panel: &Panel) -> Result<usize> {
    let list = list(bench, Kind::Csv, ROWS, 1)?;
    let process = apply_by_root(bench, panel, &list)?.arguments(["--rate", "none", "--jobs", "1", "--keep-going"]);
    run(&process, panel, ROWS)?;
    let batches = panel.counters()?["functions"]["whm::batch"].as_u64().unwrap_or_default();
    ensure!(batches > 0, "nothing went together where nothing was said");
    Ok(ROWS.div_ceil(usize::try_from(batches)?))
}

/// From the first change to the last answer, in seconds.
fn took(bench: &Bench, panel: &Panel, size: usize, rows: usize, jobs: usize) -> Result<f64> {
    // A change by itself is a request and an item too, but for the panel no batch.
    let request = if size == 1 { REQUEST + ITEM } else { REQUEST };
    panel.post("/behaviour", &json!({"latency_ms": request, "batch": {"known": true, "command_ms": ITEM}}))?;
    let list = list(bench, Kind::Csv, rows, 1)?;
    let process = apply_by_root(bench, panel, &list)?.argument("--overlap");
    let process = process.arguments(["--rate", "none", "--jobs", &jobs.to_string(), "--batch", &size.to_string()]);
    let (_, changes) = run(&process, panel, rows)?;
    Ok(until_answered(&changes))
}

/// The seconds from the first change until the last request was answered, which the panel does a known time after it has made its changes.
fn until_answered(changes: &[Change]) -> f64 {
    let first = changes.iter().map(|change| change.at).min().unwrap_or_default();
    let answered = requests(changes).into_iter().map(|(at, items)| at + 1_000 * (REQUEST + ITEM * items)).max();
    real(answered.unwrap_or_default().saturating_sub(first)) / 1e6
}

/// The requests that changes came in: when, and how many in each. The changes of one follow each other at once, and the next request on its
/// connection leaves when it has been answered.
fn requests(changes: &[Change]) -> Vec<(u64, u64)> {
    let mut requests: Vec<(Change, u64)> = Vec::new();
    for change in changes {
        let same = requests
            .last_mut()
            .filter(|(first, _)| first.connection == change.connection && change.at - first.at < 1_000 * REQUEST);
        match same {
            Some((_, items)) => *items += 1,
            None => requests.push((*change, 1)),
        }
    }
    requests.into_iter().map(|(first, items)| (first.at, items)).collect()
}

/// How long it would take where every job always had a full request under way, in seconds.
fn ideal(size: usize, rows: usize, jobs: usize) -> f64 {
    let request = real(REQUEST) + real(ITEM) * of_size(size);
    of_size(rows) / of_size(size * jobs) * request / 1000.0
}

impl Case {
    fn finding(&self, rows: usize, jobs: usize) -> Result<Finding> {
        let ideal = ideal(self.size, rows, jobs);
        let took = Figures::of(&self.took)?;
        let shares: Vec<_> = self.took.iter().map(|took| ideal / took).collect();
        Ok(Finding {
            what: format!("{} in one request, {jobs} jobs", self.size),
            beside: format!("the ideal: {REQUEST} ms a request, {ITEM} ms a change"),
            figure: Figures::of(&shares)?,
            unit: Unit::Times,
            goal: Goal::AtLeast(0.95),
            context: format!(
                "{} changes a second: {rows} in {}, and ideally in {}",
                number(of_size(rows) / took.median),
                in_seconds(took.median),
                in_seconds(ideal)
            ),
        })
    }
}

/// What the default gains over single calls by the same jobs.
fn against_single(cases: &[Case], default: usize) -> Result<Option<Finding>> {
    let (single, chosen) = (of(cases, 1), of(cases, default));
    let Some((single, chosen)) = single.zip(chosen) else { return Ok(None) };
    Ok(Some(Finding {
        what: format!("{default} in one request, as where nothing is said"),
        beside: "single calls, same jobs".to_owned(),
        figure: Figures::of_ratios(&single.took, &chosen.took)?,
        unit: Unit::Times,
        goal: Goal::Shown,
        context: "how much quicker".to_owned(),
    }))
}

/// Whether the default is the knee of the curve of changes a second.
fn at_the_knee(cases: &[Case], rows: usize, default: usize) -> Result<Option<Finding>> {
    let curve = cases
        .iter()
        .map(|case| Ok(Point { size: of_size(case.size), gain: of_size(rows) / Figures::of(&case.took)?.median }));
    let curve = curve.collect::<Result<Vec<_>>>()?;
    // The ends of the curve lie on the line themselves.
    let inner = 1..cases.len().saturating_sub(1);
    let place = inner.into_iter().find(|&place| cases[place].size == default);
    let Some(((place, knee), rises)) = place.zip(knee(&curve)).zip(rises(&curve)) else { return Ok(None) };
    let share = rises[place] / rises[knee];
    Ok(Some(Finding {
        what: format!("{default} in one request, as where nothing is said"),
        beside: format!("the knee of the curve, at {}", cases[knee].size),
        figure: Figures { median: share, least: share, most: share },
        unit: Unit::Times,
        goal: Goal::AtLeast(AT_KNEE),
        context: "height above the straight line from the smallest size to the largest; the knee is farthest above it"
            .to_owned(),
    }))
}

fn of(cases: &[Case], size: usize) -> Option<&Case> {
    cases.iter().find(|case| case.size == size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(at: u64, connection: u64) -> Change {
        Change { at, connection }
    }

    #[test]
    fn changes_that_come_together_are_one_request() {
        let changes =
            [change(5, 1), change(9, 1), change(900, 2), change(170_005, 1), change(170_009, 1), change(170_010, 1)];
        assert_eq!(requests(&changes), [(5, 2), (900, 1), (170_005, 3)]);
        let last = 170_005 + 1_000 * (150 + 3 * 20) - 5;
        assert!((until_answered(&changes) - real(last) / 1e6).abs() < 1e-9);
    }

    #[test]
    fn the_ideal_is_full_requests_on_all_jobs() {
        assert!((ideal(25, 1_200, 4) - 7.8).abs() < 1e-9);
        assert!((ideal(1, 1_200, 4) - 51.0).abs() < 1e-9);
    }
}
