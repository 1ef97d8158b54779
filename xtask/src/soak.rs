//! `cargo xtask soak`: what looks for faults at length. The short form is part of what every change is held to.

use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::shell::say;
use crate::{bombs, chaos, coverage, crash, differential, fuzz, instructions, mutants, secret_scan, test, truth};

/// How much of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Length {
    /// A few minutes.
    Short,
    /// As long as it is worth it.
    Long,
}

/// How long each fuzz target runs, in seconds.
const TWENTY_MINUTES: u64 = 20 * 60;
const HALF_A_MINUTE: u64 = 30;

/// One step: its name, what it does, and whether the short form has it.
struct Step {
    name: &'static str,
    run: fn(Length) -> Result<()>,
    short: bool,
}

const STEPS: &[Step] = &[
    Step { name: "differential", run: differential, short: true },
    Step { name: "crash", run: kill, short: true },
    Step { name: "power", run: power, short: true },
    Step { name: "torture", run: torture, short: true },
    Step { name: "lock-race", run: lock_race, short: true },
    Step { name: "journal-torture", run: |_| crash::journal(300, 1), short: false },
    Step { name: "chaos", run: chaos, short: true },
    Step { name: "secret-scan", run: |_| secret_scan::run(&[]), short: true },
    Step { name: "truth", run: truth_of, short: true },
    Step { name: "spreadsheets", run: |_| test::spreadsheets(), short: true },
    // These build everything once more: as users have it, with counters of what is run, with what the fuzzer watches, and for the mutants.
    Step { name: "instructions", run: |_| instructions::run(false), short: true },
    Step { name: "coverage", run: |_| coverage::run(), short: true },
    Step { name: "fuzz", run: fuzz, short: true },
    Step { name: "bombs", run: |_| bombs::run(), short: false },
    Step { name: "mutants", run: |_| mutants::run(&[]), short: false },
];

impl Length {
    /// The length that the command line says.
    pub(crate) const fn chosen(short: bool) -> Self {
        if short { Self::Short } else { Self::Long }
    }

    /// So much of something.
    const fn of(self, short: usize, long: usize) -> usize {
        match self {
            Self::Short => short,
            Self::Long => long,
        }
    }
}

/// Takes the steps in order and stops at the first that fails.
pub(crate) fn run(length: Length) -> Result<()> {
    let began = Instant::now();
    let mut times = Vec::new();
    for step in STEPS.iter().filter(|step| step.short || length == Length::Long) {
        let begins = Instant::now();
        (step.run)(length).with_context(|| format!("the soak ended at {}", step.name))?;
        times.push(format!("{} {} s", step.name, begins.elapsed().as_secs()));
    }
    say(&format!("soak: {} steps in {} s ({})", times.len(), began.elapsed().as_secs(), times.join(", ")));
    Ok(())
}

fn differential(length: Length) -> Result<()> {
    let files = match length {
        Length::Short => 20_000,
        Length::Long => 1_000_000,
    };
    differential::run(files, 1)
}

fn kill(length: Length) -> Result<()> {
    crash::run(crash::Mode::Kill, length.of(150, 2_500), 1)
}

fn power(length: Length) -> Result<()> {
    crash::run(crash::Mode::Power, length.of(100, 1_040), 1)
}

fn torture(length: Length) -> Result<()> {
    crash::torture(length.of(200, 2_400), 1)
}

fn lock_race(length: Length) -> Result<()> {
    crash::lock_race(length.of(2, 20))
}

/// With 100 mailboxes it takes about 10 s, most of it until a change can be seen.
fn truth_of(length: Length) -> Result<()> {
    let mailboxes = match length {
        Length::Short => 100,
        Length::Long => 2_000,
    };
    truth::run(mailboxes, 1)
}

/// A minute of it, or a hundred thousand runs.
fn chaos(length: Length) -> Result<()> {
    let seeds = match length {
        Length::Short => chaos::SEEDS,
        Length::Long => 1_300,
    };
    chaos::run(seeds, 1, None)
}

fn fuzz(length: Length) -> Result<()> {
    let seconds = match length {
        Length::Short => HALF_A_MINUTE,
        Length::Long => TWENTY_MINUTES,
    };
    fuzz::run(seconds, &[])
}
