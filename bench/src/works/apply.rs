//! Work 4: a list's passwords are set, over connections that are kept.

use anyhow::Result;

use crate::bench::Bench;
use crate::finding::{Finding, Goal, Unit, number};
use crate::wire::{self, Results, Site, multiple};
use crate::work::Work;

pub(crate) const WORK: Work =
    Work { number: 4, name: "apply", title: "A hundred thousand passwords, over kept connections", measure };

const JOBS: u32 = 32;

const CPREKEY: &str = "cprekey";
const WRK: &str = "wrk";
const REQWEST: &str = "bare loop with reqwest";
const HYPER: &str = "bare loop with hyper";
const AIOHTTP: &str = "aiohttp";
const CURL: &str = "curl --parallel";
const SCRIPT: &str = "`requests.get` a row";
const FASTER_SCRIPT: &str = "the same without the system's CA file";

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let rows = bench.rows(100_000, 4_000);
    let site = Site::open(bench, rows)?;
    let jobs = JOBS as usize;
    let few = |full: usize| rows.min(bench.size(full, full / 10));
    let results = wire::compete(
        &site,
        &[
            wire::cprekey(&site, CPREKEY, rows, jobs)?,
            wire::bare_reqwest(&site, REQWEST, rows, jobs)?,
            wire::wrk(&site, WRK, bench.size(5, 1), jobs)?,
            wire::bare_hyper(&site, HYPER, rows, jobs)?,
            wire::aiohttp(&site, AIOHTTP, few(20_000), jobs)?,
            wire::curl(&site, CURL, few(5_000), jobs)?,
            wire::requests(&site, SCRIPT, few(100))?,
            wire::requests_without_authorities(&site, FASTER_SCRIPT, few(500))?,
        ],
    )?;
    let what = format!("`apply`, {} rows, {JOBS} jobs", number(f64::from(u32::try_from(rows)?)));
    let mut findings = speed(&results, &what)?;
    findings.extend(cost(&results, &what)?);
    Ok(findings)
}

/// Passwords a second.
fn speed(results: &Results, what: &str) -> Result<Vec<Finding>> {
    let goals = [
        (REQWEST, Goal::AtLeast(0.95)),
        (WRK, Goal::AtLeast(0.75)),
        (HYPER, Goal::Shown),
        (AIOHTTP, Goal::AtLeast(7.0)),
        (CURL, Goal::Shown),
        (SCRIPT, Goal::Shown),
        (FASTER_SCRIPT, Goal::Shown),
    ];
    let from_first_to_last = format!("{what}, from the first change to the last");
    let lines = goals.into_iter().map(|(other, goal)| multiple(results, &from_first_to_last, CPREKEY, other, goal));
    let mut findings: Vec<_> = lines.collect::<Result<_>>()?;
    let whole = |name| Ok::<_, anyhow::Error>(number(results.figures(name, wire::whole_rate)?.median));
    findings.push(Finding {
        what: format!("{what}, the whole process"),
        beside: format!("{REQWEST}, which asks for no mailboxes, and keeps no journal and no report"),
        figure: results.ratio(CPREKEY, REQWEST, wire::whole_rate)?,
        unit: Unit::Times,
        goal: Goal::Shown,
        context: format!("{}/s beside {}/s", whole(CPREKEY)?, whole(REQWEST)?),
    });
    Ok(findings)
}

/// CPU, connections and memory.
fn cost(results: &Results, what: &str) -> Result<Vec<Finding>> {
    let cpu = |name| Ok::<_, anyhow::Error>(number(results.figures(name, wire::cpu_a_row)?.median));
    let line = |beside: &str, figure, unit, goal, context| {
        let (what, beside) = (what.to_owned(), beside.to_owned());
        Finding { what, beside, figure, unit, goal, context }
    };
    let ratio = results.ratio(CPREKEY, REQWEST, wire::cpu_a_row)?;
    let told = format!("{} µs beside {} µs; {WRK} {} µs", cpu(CPREKEY)?, cpu(REQWEST)?, cpu(WRK)?);
    let connections = results.figures(CPREKEY, wire::most_connections)?;
    let most = Goal::AtMost(f64::from(JOBS));
    let memory = format!("{REQWEST} {} MiB", number(results.peak(REQWEST)?.median));
    Ok(vec![
        line("CPU a row, beside the bare loop with reqwest", ratio, Unit::Times, Goal::AtMost(1.25), told),
        line("most connections open at once", connections, Unit::Count, most, String::new()),
        line("peak memory", results.peak(CPREKEY)?, Unit::Mebibytes, Goal::AtMost(64.0), memory),
    ])
}
