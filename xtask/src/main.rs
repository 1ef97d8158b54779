//! The project's own chores: `cargo xtask CHORE`.

mod additions;
mod bench;
mod bombs;
mod chaos;
mod clients;
mod coverage;
mod crash;
mod demo;
mod dependencies;
mod differential;
mod faults;
mod fuzz;
mod gate;
mod generate;
mod heart;
mod instructions;
mod mutants;
mod panel;
mod private;
mod secret_scan;
mod shell;
mod soak;
mod test;
mod tidy;
mod tools;
mod truth;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use shell::complain;

/// The project's own chores.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the programs, then run every test.
    Test {
        /// What else `cargo test` is given, for example a test's name.
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<String>,
        /// What the test programs are given, for example `--nocapture`.
        #[arg(last = true)]
        programs: Vec<String>,
    },
    /// Open reports in an office suite, and see that no cell of them is a formula.
    Spreadsheets,
    /// Check what must hold before a change is taken, apart from the tests.
    Gate,
    /// Check the rules of the house: which part may import which, and what every file looks like.
    Tidy,
    /// Check the licences, sources and versions of the crates that we use.
    Dependencies,
    /// Show what can go wrong, by number, and what cprekey does about it.
    Faults {
        /// Name the tests of each instead, and fail where one has none.
        #[arg(long)]
        check: bool,
    },
    /// Write the manual page, the completions, and the options in the README, from the program itself.
    Generate {
        /// Change nothing; fail where something is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Run the fuzz targets with whatever input leads them further, and fail where one crashes.
    Fuzz {
        /// How long each target runs.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// The targets to run; all of them unless some are named.
        targets: Vec<String>,
    },
    /// Read generated text lists with our reader and with Python's csv, and fail where they differ in a way that docs/CSV.md does not list.
    Differential {
        /// How many.
        #[arg(long, default_value_t = 20_000)]
        files: u64,
        /// From which they are generated.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Count which lines of the journal, the outcomes, the encodings and the redaction the core's tests run, and fail where they are too few.
    Coverage,
    /// Put one fault after another into the same files, and fail where the core's tests notice too few of them.
    Mutants {
        /// The ends of the files' names; all of them unless some are named.
        files: Vec<String>,
    },
    /// Run lists on panels, networks and users that fail in every way that is known, in virtual time, and fail where what is told of a row is not so.
    Chaos {
        /// How many runs of every fault.
        #[arg(long, default_value_t = chaos::SEEDS)]
        seeds: u64,
        /// From which the first of them is drawn.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The one fault to run; all of them unless it is named.
        #[arg(long)]
        fault: Option<String>,
    },
    /// Run what takes too long for every change: fuzzing, and whatever else looks for faults at length.
    Soak {
        /// A few minutes of it, as every change is held to.
        #[arg(long)]
        short: bool,
    },
    /// Measure cprekey beside what people use today, and beside the best they could write themselves; write docs/BENCHMARKS.md.
    Bench {
        /// `--quick` for small sizes and few rounds, `--rounds N`, `--rows N` (none of which writes the page), and what to measure.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Count the instructions of a few works of cprekey under callgrind, and fail where they are over 3 % more than bench/instructions.toml says.
    Instructions {
        /// Write down what is counted instead.
        #[arg(long)]
        record: bool,
    },
    /// Try lists of few bytes that want much memory, and genuine ones of a million rows, on the program as users have it.
    Bombs,
    /// End runs at the moments at which they make a system call, go on with each, and see that nothing is lost, doubled or untold.
    Crash {
        /// What ends them.
        #[arg(long, value_enum, default_value = "kill")]
        mode: crash::Mode,
        /// At how many moments.
        #[arg(long, default_value_t = 200)]
        points: usize,
        /// From which they are chosen.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Fail every call by which a run works on its files, in every way that disks know.
    Torture {
        /// How many runs.
        #[arg(long, default_value_t = 200)]
        points: usize,
        /// From which the calls and their faults are chosen.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Start fifty runs of one list at the same moment, and see that exactly one of them goes on.
    LockRace {
        /// How often.
        #[arg(long, default_value_t = 20)]
        rounds: usize,
    },
    /// Cut a journal at every byte and change its bits, and see that it is recovered or refused.
    JournalTorture {
        /// How many of these are given to the built program as well.
        #[arg(long, default_value_t = 300)]
        samples: usize,
        /// From which they are chosen.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Search every way by which a secret may get out of the programs.
    SecretScan {
        /// What the test program is given, for example a test's name.
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Change the passwords of many mailboxes, and try every one of them at real mail servers: Dovecot and Exim.
    Truth {
        /// How many.
        #[arg(long, default_value_t = 2_000)]
        mailboxes: usize,
        /// From which the passwords and the samples are drawn.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Change the passwords of sixty mailboxes on a rehearsal panel, and show what cprekey does.
    Demo {
        /// As root does from afar: three accounts through the WHM face, many changes in one request.
        #[arg(long, conflicts_with = "local")]
        whm: bool,
        /// As on the server itself: by the panel's own uapi and whmapi1.
        #[arg(long)]
        local: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<()> {
    match chore {
        Chore::Test { arguments, programs } => test::run(&arguments, &programs),
        Chore::Spreadsheets => test::spreadsheets(),
        Chore::Gate => gate::run(),
        Chore::Tidy => tidy::run(),
        Chore::Dependencies => dependencies::run(),
        Chore::Faults { check: true } => faults::check(),
        Chore::Faults { check: false } => faults::list(),
        Chore::Generate { check: true } => generate::check(),
        Chore::Generate { check: false } => generate::write(),
        Chore::Fuzz { seconds, targets } => fuzz::run(seconds, &targets),
        Chore::Differential { files, seed } => differential::run(files, seed),
        Chore::Coverage => coverage::run(),
        Chore::Mutants { files } => mutants::run(&files),
        Chore::Chaos { seeds, seed, fault } => chaos::run(seeds, seed, fault.as_deref()),
        Chore::Soak { short } => soak::run(soak::Length::chosen(short)),
        Chore::Bench { arguments } => bench::run(&arguments),
        Chore::Instructions { record } => instructions::run(record),
        Chore::Bombs => bombs::run(),
        Chore::Crash { mode, points, seed } => crash::run(mode, points, seed),
        Chore::Torture { points, seed } => crash::torture(points, seed),
        Chore::LockRace { rounds } => crash::lock_race(rounds),
        Chore::JournalTorture { samples, seed } => crash::journal(samples, seed),
        Chore::SecretScan { arguments } => secret_scan::run(&arguments),
        Chore::Truth { mailboxes, seed } => truth::run(mailboxes, seed),
        Chore::Demo { whm, local } => demo::run(demo::Way::chosen(whm, local)),
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_for_cargo_test_reaches_it() {
        for (typed, before) in [
            (&["--", "--nocapture"][..], &["test", "--workspace"][..]),
            (&["text"], &["test", "--workspace"]),
            (&[], &["test", "--workspace"]),
            (&["text", "--", "-p"], &["test", "--workspace"]),
            (&["--package", "cprekey-core", "text", "--", "--nocapture"], &["test"]),
            (&["--package=cprekey-core"], &["test"]),
            (&["text", "-p", "cprekey-core"], &["test"]),
        ] {
            let line = ["xtask", "test"].iter().chain(typed);
            let Chore::Test { arguments, programs } = Arguments::parse_from(line).chore else {
                panic!("another chore")
            };
            assert_eq!(test::command(&arguments, &programs), [before, typed].concat());
        }
    }
}
