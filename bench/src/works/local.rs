//! Work 9: the panel's programs on its own machine, beside the barest loop in C that calls the same program with the same words and inputs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rustix::process::geteuid;
use serde_json::{Map, Value};

use super::changing::{ACCOUNT, apply, mailboxes, run};
use crate::bench::Bench;
use crate::beside::slower;
use crate::changes::arrivals;
use crate::contest::{Contender, contest};
use crate::finding::{Finding, Goal};
use crate::lists::{Kind, list};
use crate::panel::{Panel, write_private};
use crate::sample::{Process, Sample};
use crate::shell::output_of;
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 9, name: "local", title: "The panel's own programs", measure };

const CALLS: usize = 500;
const QUICK_CALLS: usize = 60;
const JOBS: &[usize] = &[1, 2, 4];
const QUICK_JOBS: &[usize] = &[1, 2];

const CPREKEY: &str = "cprekey";
const WITHOUT_JOURNAL: &str = "cprekey without a journal";
const LOOP: &str = "a loop in C";

/// Calls of one program, from a list.
struct Calls<'a> {
    bench: &'a Bench,
    panel: Panel,
    count: usize,
    list: PathBuf,
}

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let count = bench.rows(CALLS, QUICK_CALLS);
    let owner = if geteuid().is_root() { String::new() } else { format!("uid = {}", geteuid().as_raw()) };
    let panel = Panel::start(bench, &mailboxes(count, &owner), &["--no-hashing"])?;
    let calls = Calls { bench, panel, count, list: list(bench, Kind::Csv, count, 1)? };
    let jobs = if bench.quick { QUICK_JOBS } else { JOBS };
    let bare = calls.bare()?;
    jobs.iter().map(|&jobs| calls.beside(&bare, jobs)).collect::<Result<Vec<_>>>().map(|findings| findings.concat())
}

/// The loop in C: the program itself, what it gives to every call, and the words of each.
struct Bare {
    program: PathBuf,
    inputs: PathBuf,
    words: Vec<String>,
}

impl Calls<'_> {
    /// Makes the loop ready, to call what cprekey has been seen to call.
    fn bare(&self) -> Result<Bare> {
        self.timed(&self.cprekey(1)?)?;
        let log = fs::read_to_string(self.panel.fact("command_log")?).context("the log of programs cannot be read")?;
        let last: Value = serde_json::from_str(log.lines().last().context("no program was started")?)?;
        let words = last["arguments"].as_array().context("the log holds no arguments")?;
        let words: Vec<_> = words.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        ensure!(words.iter().any(|word| word == "--input=json"), "the program was not given its input: {words:?}");
        let by_whm = words.iter().any(|word| word == "uapi_cpanel");
        let inputs = self.panel.folder().join("inputs");
        write_private(&inputs, &inputs_of(&self.list, by_whm)?)?;
        Ok(Bare { program: compiled(self.bench)?, inputs, words })
    }

    /// What cprekey takes beside the loop, with so many calls under way at once.
    fn beside(&self, bare: &Bare, jobs: usize) -> Result<Vec<Finding>> {
        let cprekey = self.cprekey(jobs)?;
        let without_journal = self.cprekey(jobs)?.argument("--no-journal");
        let calls = Process::new(self.bench, &bare.program).on_any_core().argument(jobs.to_string());
        let calls = calls.argument(&bare.inputs).arguments(&bare.words);
        let contenders = [
            Contender::new(CPREKEY, || self.timed(&cprekey)),
            Contender::new(LOOP, || self.timed(&calls)),
            Contender::new(WITHOUT_JOURNAL, || self.timed(&without_journal)),
        ];
        let standings = contest(self.bench.rounds, &contenders)?;
        let bare = standings.of(LOOP)?;
        let what = |what: &str| format!("{} calls of the panel's program, {jobs} at once, {what}", self.count);
        let goal = Goal::AtMost(1.03);
        Ok(vec![
            slower(&what("as users run it"), standings.of(CPREKEY)?, bare, goal)?,
            slower(&what("without a journal"), standings.of(WITHOUT_JOURNAL)?, bare, Goal::Shown)?,
        ])
    }

    fn cprekey(&self, jobs: usize) -> Result<Process> {
        let process = apply(self.bench, &self.panel, &self.list).on_any_core();
        let process = process.arguments(["--local", "--bin-dir", self.panel.fact("bin_dir")?]);
        Ok(process.arguments(["--rate", "none", "--jobs", &jobs.to_string()]))
    }

    /// Runs it; its time is that from the first change to the last, as the panel has it, because finding out about the panel is no part of the loop.
    fn timed(&self, process: &Process) -> Result<Sample> {
        let (sample, changes) = run(process, &self.panel, self.count)?;
        Ok(Sample { wall: Duration::from_secs_f64(arrivals(&changes).span()), ..sample })
    }
}

/// What each call is given on standard input, a line each.
fn inputs_of(list: &Path, by_whm: bool) -> Result<String> {
    let mut inputs = String::new();
    for row in csv::Reader::from_path(list)?.records() {
        let row = row?;
        let mut input = Map::new();
        if by_whm {
            let fields = [("cpanel.user", ACCOUNT), ("cpanel.module", "Email"), ("cpanel.function", "passwd_pop")];
            input.extend(fields.map(|(key, value)| (key.to_owned(), Value::from(value))));
        }
        for (key, place) in [("email", 0), ("password", 1)] {
            input.insert(key.to_owned(), row.get(place).context("a row is too short")?.into());
        }
        inputs += &Value::Object(input).to_string();
        inputs.push('\n');
    }
    Ok(inputs)
}

fn compiled(bench: &Bench) -> Result<PathBuf> {
    let program = bench.folder().join("calls");
    output_of(Command::new("cc").args(["-O2", "-o"]).arg(&program).arg(Bench::peer("calls.c")))?;
    Ok(program)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn inputs_name_the_function_only_where_the_words_do_not() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "email,password,name\nuser1@example.com,a\"b,Anna\n").unwrap();
        assert_eq!(
            inputs_of(file.path(), false).unwrap(),
            "{\"email\":\"user1@example.com\",\"password\":\"a\\\"b\"}\n"
        );
        let by_whm = inputs_of(file.path(), true).unwrap();
        assert!(by_whm.contains("\"cpanel.user\":\"shop\"") && by_whm.ends_with("}\n"), "{by_whm}");
    }
}
