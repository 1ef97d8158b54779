//! `cargo xtask gate`: what must hold before a change is taken, apart from the tests.

use anyhow::{Context as _, Result};

use crate::shell::{cargo, cargo_program, say, succeeds};
use crate::{dependencies, faults, generate, tidy, tools};

/// One step: its name, what it does, and what to do when it fails.
struct Step {
    name: &'static str,
    run: fn() -> Result<()>,
    mend: &'static str,
}

const STEPS: &[Step] = &[
    Step { name: "format", run: format, mend: "run `cargo fmt`" },
    Step {
        name: "lints",
        run: lints,
        mend: "do what clippy says; `#[expect(lint, reason = \"…\")]` where it is wrong",
    },
    Step { name: "docs", run: docs, mend: "mend the links and examples that rustdoc names" },
    Step { name: "dependencies", run: dependencies::run, mend: "the rules stand in deny.toml" },
    Step { name: "tidy", run: tidy::run, mend: "the rules stand in xtask/src/tidy/rules.rs" },
    Step { name: "faults", run: faults::gate, mend: "name a test, or a reason, for every number in docs/FAULTS.md" },
    Step { name: "generated files", run: generate::check, mend: "run `cargo xtask generate`" },
];

/// Takes the steps in order and stops at the first that fails.
pub(crate) fn run() -> Result<()> {
    for step in STEPS {
        (step.run)().with_context(|| format!("the gate is shut at {}: {}", step.name, step.mend))?;
        say(&format!("gate: {} ok", step.name));
    }
    say("gate: open");
    Ok(())
}

fn format() -> Result<()> {
    have("fmt", "rustfmt")?;
    cargo(&["fmt", "--all", "--check"], &[])?;
    cargo(&["fmt", "--all", "--check", "--manifest-path", "fuzz/Cargo.toml"], &[])
}

fn lints() -> Result<()> {
    have("clippy", "clippy")?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])?;
    // The tests that run by themselves alone are none of "all" targets.
    cargo(
        &[
            "clippy",
            "--package",
            "cprekey-tests",
            "--test",
            "spreadsheets",
            "--test",
            "secret_scan",
            "--test",
            "crash",
            "--",
            "-D",
            "warnings",
        ],
        &[],
    )?;
    // What stands in fuzz/ is built of the same crates, in the same folder.
    tools::prepare_fuzzing()?;
    let fuzz = ["clippy", "--manifest-path", "fuzz/Cargo.toml", "--locked", "--workspace", "--all-targets"];
    cargo(&[&fuzz[..], &["--target-dir", "target", "--", "-D", "warnings"]].concat(), &[])
}

fn docs() -> Result<()> {
    cargo(&["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])
}

/// Makes sure that a part of the toolchain is there.
fn have(subcommand: &str, component: &str) -> Result<()> {
    if succeeds(&cargo_program(), &[subcommand, "--version"]) {
        return Ok(());
    }
    say(&format!("gate: {component} is missing; adding it"));
    let added = succeeds("rustup", &["component", "add", component]);
    added.then_some(()).with_context(|| format!("failed: rustup component add {component}"))
}
