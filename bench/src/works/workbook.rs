//! Work 1: a workbook with as many rows as a sheet can have.

use std::path::Path;

use anyhow::Result;

use super::checking::{check, told};
use crate::bench::Bench;
use crate::beside::{faster, slower};
use crate::contest::{Contender, Standing, contest, cpu, peak, wall};
use crate::finding::{Finding, Goal, Unit, in_seconds, number, whole};
use crate::lists::{DOMAINS, Kind, list};
use crate::sample::Process;
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 1, name: "workbook", title: "A workbook of a million rows", measure };

/// The rows of a sheet below its header.
const MOST_ROWS: usize = 1_048_575;

const CPREKEY: &str = "cprekey";
const BARE: &str = "bare loop over calamine's cells";
const OPENPYXL: &str = "openpyxl, read-only";
const CALAMINE: &str = "python-calamine";
const FASTEXCEL: &str = "fastexcel, columns only";

/// One form of workbook, and how much memory it may take, in MiB.
struct Form {
    kind: Kind,
    name: &'static str,
    most_memory: f64,
}

const FORMS: [Form; 2] = [
    Form { kind: Kind::Shared, name: "shared strings", most_memory: 190.0 },
    Form { kind: Kind::Inline, name: "inline strings", most_memory: 64.0 },
];

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let rows = bench.rows(MOST_ROWS, 20_000);
    let mut findings = Vec::new();
    for form in &FORMS {
        let path = list(bench, form.kind, rows, DOMAINS)?;
        findings.extend(compare(bench, form, rows, &path)?);
    }
    Ok(findings)
}

fn compare(bench: &Bench, form: &Form, rows: usize, path: &Path) -> Result<Vec<Finding>> {
    let (changes, all) = (told(rows), format!("{} rows, ", rows + 1));
    let peer = |script| Process::new(bench, &bench.python()).argument(Bench::peer(script)).argument(path);
    let bare = Process::new(bench, &bench.program("bare_cells")).argument(path);
    let contenders = [
        Contender::process(CPREKEY, check(bench, path), &changes),
        Contender::process(BARE, bare, &all),
        Contender::process(CALAMINE, peer("calamine_read.py"), &all),
        Contender::process(FASTEXCEL, peer("fastexcel_read.py"), &all),
        Contender::process(OPENPYXL, peer("openpyxl_read.py"), &all),
    ];
    let standings = contest(bench.rounds, &contenders)?;
    let own = standings.of(CPREKEY)?;
    let what = format!("`check`, {} rows × 3, {}", whole(rows + 1), form.name);
    let mut findings = vec![slower(&what, own, standings.of(BARE)?, Goal::AtMost(1.15))?];
    for (name, goal) in [(OPENPYXL, Goal::AtLeast(15.0)), (CALAMINE, Goal::AtLeast(1.5)), (FASTEXCEL, Goal::Shown)] {
        findings.push(faster(&what, own, standings.of(name)?, goal)?);
    }
    findings.push(memory(what, form, own, standings.of(BARE)?)?);
    Ok(findings)
}

fn memory(what: String, form: &Form, own: &Standing, bare: &Standing) -> Result<Finding> {
    let (wall, cpu) = (own.figures(wall)?.median, own.figures(cpu)?.median);
    let beside = number(bare.figures(peak)?.median);
    Ok(Finding {
        what,
        beside: "peak memory".to_owned(),
        figure: own.figures(peak)?,
        unit: Unit::Mebibytes,
        goal: Goal::AtMost(form.most_memory),
        context: format!("the bare loop {beside} MiB; {} in all, CPU {}", in_seconds(wall), in_seconds(cpu)),
    })
}
