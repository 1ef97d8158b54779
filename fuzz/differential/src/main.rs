//! Reads generated text lists with our reader and with Python's csv, and holds both results against each other, cell by cell.
//!
//! `differential FILES SEED`: says one line of what was read, or names the first file that is read otherwise and in no way that
//! `docs/CSV.md` lists.

mod compare;
mod generate;
mod python;
mod tally;

use std::env;
use std::io::{self, Write as _};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use cprekey_core::list::fuzzing::records;

use compare::compare;
use generate::Generator;
use python::Python;
use tally::Tally;

/// How many files go to Python at once.
const BATCH: u64 = 2_000;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [files, seed] = arguments.as_slice() else { bail!("usage: differential FILES SEED") };
    let files: u64 = files.parse().context("FILES is a number")?;
    let seed: u64 = seed.parse().context("SEED is a number")?;
    let began = Instant::now();
    let tally = read_all(files, seed)?;
    let seconds = began.elapsed().as_secs_f64();
    writeln!(io::stdout(), "differential: {tally} (seed {seed}, {seconds:.0} s)")?;
    Ok(())
}

fn read_all(files: u64, seed: u64) -> Result<Tally> {
    let mut generator = Generator::new(seed);
    let mut python = Python::start()?;
    let mut tally = Tally::default();
    let mut left = files;
    while left > 0 {
        let cases: Vec<_> = (0..left.min(BATCH)).map(|_| generator.case()).collect();
        left -= cases.len() as u64;
        python.send(&cases)?;
        let ours: Vec<_> = cases.iter().map(|case| records(&case.bytes, case.delimiter, case.encoding)).collect();
        for ((case, ours), theirs) in cases.iter().zip(&ours).zip(python.receive()?) {
            match compare(case, ours, &theirs) {
                Ok(found) => tally.add(&found),
                Err(what) => bail!("{what}\n{case:?}\ncprekey: {ours:?}\nPython: {theirs:?}"),
            }
        }
    }
    Ok(tally)
}
