//! `cargo xtask faults`: every numbered fault of `docs/FAULTS.md`, and with `--check` whether the tests that it names are there.

mod page;
mod shown;

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::shell::{root, say};
use page::{Fault, Proof};

/// The page, from the root.
const PAGE: &str = "docs/FAULTS.md";

/// The numbered faults: each group's word, and how many it has.
const GROUPS: &[(&str, usize)] = &[("INP", 42), ("SEC", 30), ("NET", 37), ("PRC", 26), ("POL", 6)];

/// Says what can go wrong, and what cprekey does about it.
pub(crate) fn list() -> Result<()> {
    for fault in faults()? {
        say(&format!("{}  {}\n        {}", fault.number, fault.what, fault.answer));
    }
    Ok(())
}

/// Names the tests of every fault; fails where one has neither a test that is there nor a reason.
pub(crate) fn check() -> Result<()> {
    let faults = faults()?;
    complain(&faults)?;
    for fault in &faults {
        say(&match &fault.proof {
            Proof::Tests(tests) => format!("{}  {}", fault.number, tests.join("\n        ")),
            Proof::NoConcern(reason) => format!("{}  none: {reason}", fault.number),
        });
    }
    say(&told(&faults));
    Ok(())
}

/// The same for the gate, in one line.
pub(crate) fn gate() -> Result<()> {
    let faults = faults()?;
    complain(&faults)?;
    say(&told(&faults));
    Ok(())
}

fn faults() -> Result<Vec<Fault>> {
    let text = fs::read_to_string(root().join(PAGE)).with_context(|| format!("{PAGE} cannot be read"))?;
    page::faults(&text)
}

fn complain(faults: &[Fault]) -> Result<()> {
    let mut wrong = orphans(faults, GROUPS);
    for fault in faults {
        let Proof::Tests(tests) = &fault.proof else { continue };
        wrong.extend(
            tests.iter().filter_map(|test| shown::missing(&root(), test)).map(|why| format!("{}: {why}", fault.number)),
        );
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{PAGE}:\n  {}", wrong.join("\n  ")) }
}

/// The numbers that are missing, doubled, or of no group.
fn orphans(faults: &[Fault], groups: &[(&str, usize)]) -> Vec<String> {
    let all: Vec<String> = groups
        .iter()
        .flat_map(|(group, count)| (1..=*count).map(move |number| format!("{group}-{number:02}")))
        .collect();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for fault in faults {
        if !all.contains(&fault.number) {
            wrong.push(format!("{} is the number of no fault", fault.number));
        }
        if !seen.insert(fault.number.as_str()) {
            wrong.push(format!("{} stands there twice", fault.number));
        }
    }
    wrong.extend(
        all.iter().filter(|number| !seen.contains(number.as_str())).map(|number| format!("{number} is missing")),
    );
    wrong
}

fn told(faults: &[Fault]) -> String {
    let tests: BTreeSet<_> = faults
        .iter()
        .filter_map(|fault| match &fault.proof {
            Proof::Tests(tests) => Some(tests),
            Proof::NoConcern(_) => None,
        })
        .flatten()
        .collect();
    let unconcerned = faults.iter().filter(|fault| matches!(fault.proof, Proof::NoConcern(_))).count();
    let shown = faults.len() - unconcerned;
    format!(
        "faults: {} numbers, {shown} shown by {} tests, {unconcerned} that cannot concern us",
        faults.len(),
        tests.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(number: &str) -> Fault {
        let proof = Proof::Tests(vec!["a.rs::b".to_owned()]);
        Fault { number: number.to_owned(), what: String::new(), answer: String::new(), proof }
    }

    #[test]
    fn every_number_stands_there_once() {
        let groups = &[("INP", 2), ("POL", 1)];
        assert!(orphans(&["INP-01", "INP-02", "POL-01"].map(fault), groups).is_empty());
        assert_eq!(
            orphans(&["INP-01", "INP-01", "NET-01", "POL-01"].map(fault), groups),
            ["INP-01 stands there twice", "NET-01 is the number of no fault", "INP-02 is missing"]
        );
    }

    #[test]
    fn tests_are_counted_once() {
        assert_eq!(
            told(&["INP-01", "INP-02"].map(fault)),
            "faults: 2 numbers, 2 shown by 1 tests, 0 that cannot concern us"
        );
    }
}
