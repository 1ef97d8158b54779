//! Work 6: a panel that takes its time, so that whoever asks for more at once is done sooner.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use crate::bench::Bench;
use crate::finding::{Finding, Goal, Unit, number};
use crate::wire::{self, Results, Site};
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 6, name: "latency", title: "A panel that takes 300 ms", measure };

const LATENCY: Duration = Duration::from_millis(300);

/// So many jobs at once, what they are called, and what is wanted of them.
struct Width {
    jobs: u32,
    cprekey: &'static str,
    aiohttp: &'static str,
    goal: f64,
}

const WIDTHS: [Width; 3] = [
    Width { jobs: 8, cprekey: "cprekey, 8 jobs", aiohttp: "aiohttp, 8 jobs", goal: 0.99 },
    WIDTH_BESIDE_SCRIPT,
    Width { jobs: 128, cprekey: "cprekey, 128 jobs", aiohttp: "aiohttp, 128 jobs", goal: 0.97 },
];

/// The one that is held beside the script.
const WIDTH_BESIDE_SCRIPT: Width =
    Width { jobs: 32, cprekey: "cprekey, 32 jobs", aiohttp: "aiohttp, 32 jobs", goal: 0.99 };

const SCRIPT: &str = "`requests.get` a row";
const FASTER_SCRIPT: &str = "the same without the system's CA file";

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let (turns, script_rows) = (bench.size(25, 7), bench.size(20, 5));
    let site = Site::open(bench, 128 * turns)?;
    site.behave(&json!({"latency_ms": u64::try_from(LATENCY.as_millis())?}))?;
    let mut entrants = Vec::new();
    for Width { jobs, cprekey, aiohttp, .. } in WIDTHS {
        let jobs = jobs as usize;
        entrants.push(wire::cprekey(&site, cprekey, jobs * turns, jobs)?);
        entrants.push(wire::aiohttp(&site, aiohttp, jobs * turns, jobs)?);
    }
    entrants.push(wire::requests(&site, SCRIPT, script_rows)?);
    entrants.push(wire::requests_without_authorities(&site, FASTER_SCRIPT, script_rows)?);
    let results = wire::compete(&site, &entrants)?;
    let mut findings = Vec::new();
    for width in &WIDTHS {
        findings.push(beside_ideal(&results, width.cprekey, width.jobs, Goal::AtLeast(width.goal))?);
        findings.push(beside_ideal(&results, width.aiohttp, width.jobs, Goal::Shown)?);
    }
    findings.push(beside_script(&results, FASTER_SCRIPT, Goal::AtLeast(30.0))?);
    findings.push(beside_script(&results, SCRIPT, Goal::Shown)?);
    Ok(findings)
}

/// The most that so many at once can do: whoever asks for as much at once has the same ceiling.
fn ideal(jobs: u32) -> f64 {
    f64::from(jobs) / LATENCY.as_secs_f64()
}

fn beside_ideal(results: &Results, name: &str, jobs: u32, goal: Goal) -> Result<Finding> {
    let flow = wire::flow(jobs);
    Ok(Finding {
        what: name.to_owned(),
        beside: "the ideal, jobs / latency".to_owned(),
        figure: results.figures(name, |meeting| flow(meeting) / ideal(jobs))?,
        unit: Unit::Times,
        goal,
        context: format!("{}/s of {}/s", number(results.figures(name, &flow)?.median), number(ideal(jobs))),
    })
}

fn beside_script(results: &Results, script: &str, goal: Goal) -> Result<Finding> {
    let Width { jobs, cprekey, .. } = WIDTH_BESIDE_SCRIPT;
    let (own, one_by_one) = (wire::flow(jobs), wire::flow(1));
    let figure = results.ratio_of((cprekey, &own), (script, &one_by_one))?;
    let (own, others) = (results.figures(cprekey, &own)?.median, results.figures(script, &one_by_one)?.median);
    let context = format!("{}/s beside {}/s", number(own), number(others));
    let (what, beside) = (cprekey.to_owned(), script.to_owned());
    Ok(Finding { what, beside, figure, unit: Unit::Times, goal, context })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ideal_is_every_job_answered_once_in_the_panels_time() {
        assert!((ideal(32) - 106.666_666).abs() < 1e-4);
        assert!((ideal(3) - 10.0).abs() < 1e-9);
    }
}
