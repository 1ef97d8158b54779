//! `cargo xtask test`: the programs, then every test.

use anyhow::Result;

use crate::shell::{cargo, say};

/// Builds the programs that the black-box tests start, then runs every test, or those that further arguments name. They go to `cargo test`, and to the test
/// programs.
pub(crate) fn run(arguments: &[String], programs: &[String]) -> Result<()> {
    say("test: building the programs, which the black-box tests start");
    cargo(&["build", "--workspace", "--bins"], &[])?;
    say("test: running the tests");
    cargo(&command(arguments, programs), &[])
}

/// What cargo is given: every package, unless some are named. (`arguments` may hold a `--` of its own, and then `programs` is empty.)
pub(crate) fn command<'a>(arguments: &'a [String], programs: &'a [String]) -> Vec<&'a str> {
    let chooses = |argument: &str| argument.starts_with("-p") || argument.starts_with("--package");
    let everything = !arguments.iter().take_while(|argument| *argument != "--").any(|argument| chooses(argument));
    let mut command = vec!["test"];
    command.extend(everything.then_some("--workspace"));
    command.extend(arguments.iter().map(String::as_str));
    if !programs.is_empty() {
        command.push("--");
        command.extend(programs.iter().map(String::as_str));
    }
    command
}
