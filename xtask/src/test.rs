//! `cargo xtask test`: the programs, then every test.

use anyhow::Result;

use crate::shell::{cargo, say};

/// Builds the programs that the black-box tests start, then runs every test. Further arguments go to `cargo test`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    say("test: building the programs, which the black-box tests start");
    cargo(&["build", "--workspace", "--bins"], &[])?;
    say("test: running every test");
    let mut command = vec!["test", "--workspace"];
    command.extend(arguments.iter().map(String::as_str));
    cargo(&command, &[])
}
