//! Work 5: the same at a panel that closes every connection after its answer.

use anyhow::Result;
use serde_json::json;

use crate::bench::Bench;
use crate::finding::{Finding, Goal, Unit, number};
use crate::wire::{self, Results, Site, multiple};
use crate::work::Work;

pub(crate) const WORK: Work =
    Work { number: 5, name: "closing", title: "A panel that closes every connection", measure };

const JOBS: u32 = 32;

const CPREKEY: &str = "cprekey";
const WRK: &str = "wrk";
const REQWEST: &str = "bare loop with reqwest";
const HYPER: &str = "bare loop with hyper";
const AIOHTTP: &str = "aiohttp";

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let rows = bench.rows(20_000, 1_000);
    let site = Site::open(bench, rows)?;
    site.behave(&json!({"close_each": true}))?;
    let jobs = JOBS as usize;
    let results = wire::compete(
        &site,
        &[
            wire::cprekey(&site, CPREKEY, rows, jobs)?,
            wire::wrk(&site, WRK, bench.size(10, 1), jobs)?,
            wire::bare_reqwest(&site, REQWEST, rows, jobs)?,
            wire::bare_hyper(&site, HYPER, rows, jobs)?,
            wire::aiohttp(&site, AIOHTTP, rows.min(bench.size(5_000, 500)), jobs)?,
        ],
    )?;
    let what = format!("`apply`, {} rows, {JOBS} jobs, a connection for each", number(f64::from(u32::try_from(rows)?)));
    let goals = [(WRK, Goal::AtLeast(1.1)), (REQWEST, Goal::Shown), (HYPER, Goal::Shown), (AIOHTTP, Goal::Shown)];
    let lines = goals.into_iter().map(|(other, goal)| multiple(&results, &what, CPREKEY, other, goal));
    let mut findings: Vec<_> = lines.collect::<Result<_>>()?;
    findings.extend(connections(&results, &what)?);
    Ok(findings)
}

/// How many there were at once, and how they began.
fn connections(results: &Results, what: &str) -> Result<[Finding; 2]> {
    let share = |name| Ok::<_, anyhow::Error>(format!("{name} {:.0} %", results.figures(name, wire::resumed)?.median));
    let line = |beside: &str, figure, unit, goal, context| {
        let (what, beside) = (what.to_owned(), beside.to_owned());
        Finding { what, beside, figure, unit, goal, context }
    };
    let most = results.figures(CPREKEY, wire::most_connections)?;
    let context = format!("{}; {}; {}", share(REQWEST)?, share(WRK)?, share(AIOHTTP)?);
    let resumed = results.figures(CPREKEY, wire::resumed)?;
    Ok([
        line("connections that go on with the TLS of an earlier one", resumed, Unit::Percent, Goal::Shown, context),
        line("most connections open at once", most, Unit::Count, Goal::AtMost(f64::from(JOBS)), String::new()),
    ])
}
