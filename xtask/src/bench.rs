//! `cargo xtask bench`: brings what is needed, builds the programs as users have them, and starts `cprekey-bench`, which measures.

use anyhow::{Context as _, Result};

use crate::shell::{cargo, programs, root, run as start};
use crate::{clients, tools};

/// Measures; `arguments` are those of `cprekey-bench`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    tools::prepare_bench()?;
    clients::prepare_peers()?;
    let packages = ["--package", "cprekey", "--package", "cprekey-panel", "--package", "cprekey-bench"];
    cargo(&[&["build", "--release", "--bins"], &packages[..]].concat(), &[])?;
    let program = programs()?.with_file_name("release").join("cprekey-bench");
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    start(program.to_str().context("the program's path is not UTF-8")?, &arguments, &root())
}
