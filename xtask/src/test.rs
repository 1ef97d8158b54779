//! `cargo xtask test`: the programs, the clients that are not ours, then every test.

use anyhow::Result;

use crate::shell::{cargo, say};
use crate::{clients, tools};

/// The package of the black-box tests.
const BLACK_BOX: &str = "cprekey-tests";

/// The seeds of the fuzz targets, what crashed one once among them; built of what the other tests are built of.
const SEEDS: &[&str] =
    &["test", "--manifest-path", "fuzz/Cargo.toml", "--locked", "--workspace", "--target-dir", "target"];

/// Builds the programs that the black-box tests start, and brings what else they start: programs of the system, and the clients that they hold
/// against the panel; then runs every test, or those that
/// further arguments name. They go to `cargo test`, and to the test programs.
pub(crate) fn run(arguments: &[String], programs: &[String]) -> Result<()> {
    say("test: building the programs, which the black-box tests start");
    cargo(&["build", "--workspace", "--bins"], &[])?;
    if takes_black_box(arguments) {
        tools::prepare()?;
        clients::prepare()?;
    }
    say("test: running the tests");
    cargo(&command(arguments, programs), &[])?;
    if arguments.is_empty() && programs.is_empty() {
        tools::prepare_fuzzing()?;
        cargo(SEEDS, &[])?;
    }
    Ok(())
}

/// `cargo xtask spreadsheets`: the reports as an office suite opens them.
pub(crate) fn spreadsheets() -> Result<()> {
    cargo(&["build", "--workspace", "--bins"], &[])?;
    tools::prepare_office()?;
    cargo(&["test", "--package", BLACK_BOX, "--test", "spreadsheets"], &[])
}

/// What cargo is given: every package, unless some are named. (`arguments` may hold a `--` of its own, and then `programs` is empty.)
pub(crate) fn command<'a>(arguments: &'a [String], programs: &'a [String]) -> Vec<&'a str> {
    let everything = !chooses_packages(arguments);
    let mut command = vec!["test"];
    command.extend(everything.then_some("--workspace"));
    command.extend(arguments.iter().map(String::as_str));
    if !programs.is_empty() {
        command.push("--");
        command.extend(programs.iter().map(String::as_str));
    }
    command
}

/// Whether the black-box tests are among the tests that the arguments choose.
fn takes_black_box(arguments: &[String]) -> bool {
    !chooses_packages(arguments) || arguments.iter().any(|argument| argument.contains(BLACK_BOX))
}

fn chooses_packages(arguments: &[String]) -> bool {
    let chooses = |argument: &str| argument.starts_with("-p") || argument.starts_with("--package");
    arguments.iter().take_while(|argument| *argument != "--").any(|argument| chooses(argument))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_are_brought_where_the_black_box_tests_run() {
        for (typed, expected) in [
            (&[][..], true),
            (&["some_filter"], true),
            (&["--", "-p"], true),
            (&["-p", "cprekey-core"], false),
            (&["-p", "cprekey-core", "-pcprekey-tests"], true),
            (&["--package=cprekey-tests"], true),
        ] {
            let arguments: Vec<_> = typed.iter().map(|argument| (*argument).to_owned()).collect();
            assert_eq!(takes_black_box(&arguments), expected, "{typed:?}");
        }
    }
}
