//! Work 3: a short list, where starting is most of it.

use anyhow::Result;

use super::checking::{check, told};
use crate::bench::Bench;
use crate::beside::faster;
use crate::contest::{Contender, contest, cpu, wall};
use crate::finding::{Finding, Goal, Unit, in_seconds, whole};
use crate::lists::{DOMAINS, Kind, list};
use crate::sample::{Process, Sample};
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 3, name: "start", title: "A short list, and starting", measure };

const ROWS: usize = 1_000;

/// They are short, so that they can be run more often than others.
const TIMES_AS_OFTEN: usize = 4;

const CPREKEY: &str = "cprekey";
const SCRIPT: &str = "the Python script's imports and reading";
const VERSION: &str = "--version";

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let rows = bench.rows(ROWS, ROWS);
    let path = list(bench, Kind::Shared, rows, DOMAINS)?;
    let (changes, read) = (told(rows), format!("{rows} changes"));
    let script = Process::new(bench, &bench.python()).argument(Bench::peer("script_read.py")).argument(&path);
    let version = Process::new(bench, &bench.program("cprekey")).argument(VERSION);
    let contenders = [
        Contender::process(CPREKEY, check(bench, &path), &changes),
        Contender::process(SCRIPT, script, &read),
        Contender::process(VERSION, version, "cprekey "),
    ];
    let standings = contest(bench.rounds * TIMES_AS_OFTEN, &contenders)?;
    let version = standings.of(VERSION)?;
    Ok(vec![
        faster(
            &format!("`check`, {} rows, the whole process", whole(rows)),
            standings.of(CPREKEY)?,
            standings.of(SCRIPT)?,
            Goal::AtLeast(20.0),
        )?,
        Finding {
            what: "`--version`".to_owned(),
            beside: "CPU".to_owned(),
            figure: version.figures(cpu_in_milliseconds)?,
            unit: Unit::Milliseconds,
            goal: Goal::AtMost(5.0),
            context: format!("{} in all", in_seconds(version.figures(wall)?.median)),
        },
    ])
}

fn cpu_in_milliseconds(sample: &Sample) -> f64 {
    cpu(sample) * 1000.0
}
