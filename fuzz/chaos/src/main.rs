//! Runs whole lists on panels, networks and users that fail in every way that is known, in virtual time, and holds what is told of each
//! row against the truth.
//!
//! `chaos SEEDS FIRST [FAULT]`: so many seeds of every fault, or of the one that is named. The same seed is the same run.

mod bounds;
mod case;
mod claims;
mod clock;
mod disk;
mod envelope;
mod fate;
mod faults;
mod judge;
mod log;
mod notes;
mod panel;
mod planted;
mod reply;
mod resume;
mod rows;
mod server;
mod session;
mod sessions;
mod state;
mod tally;
#[cfg(test)]
mod tests;
mod work;
mod world;

use std::env;
use std::io::{self, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result, bail};

use case::Case;
use faults::{FAULTS, Fault};
use judge::{Rule, Violations, judge, violation};
use planted::{PLANTED, Planted};
use sessions::{Played, play};
use tally::Tally;

/// So many violations are shown.
const SHOWN: usize = 5;

/// So many seeds of every fault are tried to find a planted mistake.
const TRIES: u64 = 40;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (seeds, first, fault) = match arguments.as_slice() {
        [seeds, first] => (seeds, first, None),
        [seeds, first, fault] => (seeds, first, Some(fault.as_str())),
        _ => bail!("usage: chaos SEEDS FIRST [FAULT]"),
    };
    let seeds: u64 = seeds.parse().context("SEEDS is a number")?;
    let first: u64 = first.parse().context("FIRST is a number")?;
    let faults: Vec<&Fault> = FAULTS.iter().filter(|known| fault.is_none_or(|fault| known.name == fault)).collect();
    if faults.is_empty() {
        let names: Vec<&str> = FAULTS.iter().map(|fault| fault.name).collect();
        bail!("there is no such fault; there are {}", names.join(", "));
    }
    if fault.is_none() {
        find_planted()?;
    }
    let tally = run_all(&faults, seeds, first);
    writeln!(io::stdout(), "chaos: {} faults × {seeds} seeds = {tally} (from seed {first})", faults.len())?;
    if tally.violations() > 0 {
        bail!("{} runs do not hold", tally.violations());
    }
    Ok(())
}

/// Makes every run, on all processors.
fn run_all(faults: &[&Fault], seeds: u64, first: u64) -> Tally {
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    let runs: Vec<(&Fault, u64)> =
        (first..first + seeds).flat_map(|seed| faults.iter().map(move |fault| (*fault, seed))).collect();
    let work = || {
        let mut own = Tally::default();
        while let Some((fault, seed)) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (played, violations) = run_twice(fault, *seed);
            own.add(&played, violations.iter().any(|violation| violation.rule == Rule::Replay), !violations.is_empty());
            if own.violations() <= SHOWN {
                show(fault, *seed, &played, &violations);
            }
        }
        tally.lock().expect("no thread panics").join(own);
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    tally.into_inner().expect("no thread panics")
}

/// Makes a run, judges it, and makes it once more to see that it is the same.
fn run_twice(fault: &Fault, seed: u64) -> (Played, Violations) {
    let case = Case::of(fault, seed);
    let mut played = play(&case, None);
    let mut violations = judge(&case, &mut played);
    violations.extend(replay(&case, &played, None));
    (played, violations)
}

fn replay(case: &Case, played: &Played, planted: Option<Planted>) -> Option<judge::Violation> {
    let again = play(case, planted);
    if log::hash(&again.log) == log::hash(&played.log) {
        return None;
    }
    let differs = played.log.iter().zip(&again.log).find(|(one, other)| one != other);
    let words = differs.map_or("one ends before the other".to_owned(), |(one, other)| format!("{one} / {other}"));
    Some(violation(Rule::Replay, words))
}

fn show(fault: &Fault, seed: u64, played: &Played, violations: &Violations) {
    if violations.is_empty() {
        return;
    }
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "chaos: {} with seed {seed} does not hold:", fault.name);
    for violation in violations {
        let _ = writeln!(out, "  {violation}");
    }
    if env::var_os("CHAOS_LOG").is_some() {
        for line in &played.log {
            let _ = writeln!(out, "    {line}");
        }
    }
}

/// Plants every mistake, and fails where one is not found.
fn find_planted() -> Result<()> {
    let missed: Vec<String> =
        PLANTED.iter().filter(|planted| !is_found(**planted)).map(|planted| format!("{:?}", planted.mistake)).collect();
    let found = PLANTED.len() - missed.len();
    writeln!(io::stdout(), "chaos: {found} of {} planted mistakes found", PLANTED.len())?;
    if missed.is_empty() { Ok(()) } else { bail!("not found: {}", missed.join(", ")) }
}

/// Whether a planted mistake breaks its rule in some run.
fn is_found(planted: Planted) -> bool {
    let breaks = |fault: &Fault, seed: u64| {
        let case = Case::of(fault, seed);
        let mut played = play(&case, Some(planted));
        if planted.breaks == Rule::Replay {
            return replay(&case, &played, Some(planted)).is_some();
        }
        judge(&case, &mut played).iter().any(|violation| violation.rule == planted.breaks)
    };
    (1..=TRIES).any(|seed| FAULTS.iter().any(|fault| breaks(fault, seed)))
}
