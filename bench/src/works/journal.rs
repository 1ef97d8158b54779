//! Work 11: what it costs that every run keeps a journal.

use anyhow::Result;

use crate::bench::Bench;
use crate::finding::{Finding, Goal, Unit, number};
use crate::wire::{self, Results, Site};
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 11, name: "journal", title: "What the journal costs", measure };

const JOBS: u32 = 32;

const WITH: &str = "with its journal";
const WITHOUT: &str = "without a journal";

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let rows = bench.rows(100_000, 4_000);
    let site = Site::open(bench, rows)?;
    let jobs = JOBS as usize;
    let entrants =
        [wire::cprekey(&site, WITH, rows, jobs)?, wire::cprekey(&site, WITHOUT, rows, jobs)?.argument("--no-journal")];
    let results = wire::compete(&site, &entrants)?;
    let what = format!("`apply`, {} rows, {JOBS} jobs", number(f64::from(u32::try_from(rows)?)));
    let line = |more: &str, figure, goal, context| Finding {
        what: format!("{what}, {more}"),
        beside: WITHOUT.to_owned(),
        figure,
        unit: Unit::Times,
        goal,
        context,
    };
    let told = format!("{} beside {}", results.told(WITH)?, results.told(WITHOUT)?);
    // Whoever is faster takes less time.
    let time = results.ratio(WITHOUT, WITH, wire::rate)?;
    let whole = results.ratio(WITHOUT, WITH, wire::whole_rate)?;
    Ok(vec![
        line("from the first change to the last", time, Goal::AtMost(1.05), told),
        line("the whole process", whole, Goal::AtMost(1.05), rates(&results)?),
        line("CPU a row", results.ratio(WITH, WITHOUT, wire::cpu_a_row)?, Goal::Shown, String::new()),
    ])
}

fn rates(results: &Results) -> Result<String> {
    let whole = |name| Ok::<_, anyhow::Error>(number(results.figures(name, wire::whole_rate)?.median));
    Ok(format!("{}/s beside {}/s", whole(WITH)?, whole(WITHOUT)?))
}
