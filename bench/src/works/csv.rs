//! Work 2: a CSV of a million rows.

use anyhow::Result;

use super::checking::{check, told};
use crate::bench::Bench;
use crate::beside::{faster, slower};
use crate::contest::{Contender, contest, peak};
use crate::finding::{Finding, Goal, Unit, number, whole};
use crate::lists::{DOMAINS, Kind, list};
use crate::sample::Process;
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 2, name: "csv", title: "A CSV of a million rows", measure };

const ROWS: usize = 1_000_000;

const CPREKEY: &str = "cprekey";
const BARE: &str = "bare loop over csv's `ByteRecord`";
const PYTHON: &str = "Python's csv";

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let rows = bench.rows(ROWS, 50_000);
    let path = list(bench, Kind::Csv, rows, DOMAINS)?;
    let (changes, all) = (told(rows), format!("{} rows, ", rows + 1));
    let bare = Process::new(bench, &bench.program("bare_csv")).argument(&path);
    let python = Process::new(bench, &bench.python()).argument(Bench::peer("csv_read.py")).argument(&path);
    let contenders = [
        Contender::process(CPREKEY, check(bench, &path), &changes),
        Contender::process(BARE, bare, &all),
        Contender::process(PYTHON, python, &all),
    ];
    let standings = contest(bench.rounds, &contenders)?;
    let own = standings.of(CPREKEY)?;
    let what = format!("`check`, {} rows × 3", whole(rows));
    Ok(vec![
        slower(&what, own, standings.of(BARE)?, Goal::AtMost(2.5))?,
        faster(&what, own, standings.of(PYTHON)?, Goal::AtLeast(4.0))?,
        Finding {
            what,
            beside: "peak memory".to_owned(),
            figure: own.figures(peak)?,
            unit: Unit::Mebibytes,
            goal: Goal::Shown,
            context: format!("the bare loop {} MiB", number(standings.of(BARE)?.figures(peak)?.median)),
        },
    ])
}
