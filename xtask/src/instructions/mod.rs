//! `cargo xtask instructions`: how many instructions a few works of cprekey take, held against what is on record. Unlike time, their number
//! is nearly the same on every run, however busy the machine is.

mod callgrind;
mod judgement;
mod lists;
mod record;
mod stage;
mod work;

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::shell::{cargo, output_of, root, say};
use crate::tools;
use judgement::{Judgement, judge, thousands};
use record::Record;
use stage::Stage;
use work::Work;

/// Builds the programs as users have them, counts, and fails where a work takes over 3 % more than is on record; or renews the record.
pub(crate) fn run(renew: bool) -> Result<()> {
    tools::prepare_counting()?;
    cargo(&["build", "--release", "--package", "cprekey", "--package", "cprekey-panel", "--bins"], &[])?;
    let counted = count()?;
    let made_with = format!("{}, {}", version_of("rustc")?, version_of("valgrind")?);
    if renew {
        return Record { made_with, instructions: counted }.write();
    }
    compare(&Record::read()?, &counted, &made_with)
}

/// The instructions of each work, by its name.
fn count() -> Result<BTreeMap<String, u64>> {
    let stage = Stage::new(root().join("target/instructions"))?;
    let counted = Work::ALL.into_iter().map(|work| {
        let instructions = stage.count(work)?;
        say(&format!("instructions: {} takes {}", work.name(), thousands(instructions)));
        Ok((work.name().to_owned(), instructions))
    });
    counted.collect()
}

/// Says what is no more as it was, and fails where that is worse.
fn compare(record: &Record, counted: &BTreeMap<String, u64>, made_with: &str) -> Result<()> {
    let mut worse = Vec::new();
    for (name, &now) in counted {
        match judge(name, record.instructions.get(name).copied(), now) {
            Judgement::AsItWas => {}
            Judgement::Better(told) => say(&format!("instructions: {told}")),
            Judgement::Worse(told) => worse.push(told),
        }
    }
    if worse.is_empty() {
        say(&format!("instructions: {} works take no more than {} says", counted.len(), record::PATH));
        return Ok(());
    }
    if record.made_with != made_with {
        let before = &record.made_with;
        worse.push(format!(
            "the record was made with {before}; this was counted with {made_with}, which alone may be why"
        ));
    }
    bail!("{}", worse.join("\n"));
}

fn version_of(program: &str) -> Result<String> {
    Ok(output_of(program, &["--version"])?.trim().to_owned())
}
