//! `cargo xtask truth`: what the report says, held against real mail servers: Dovecot and Exim.

use std::env;
use std::fs;

use anyhow::{Context as _, Result};

use crate::shell::{cargo, say};
use crate::tools;

/// The variables that tell the tests how much to try, from which seed, and where to note what they found.
const MAILBOXES: &str = "CPREKEY_TRUTH_MAILBOXES";
const SEED: &str = "CPREKEY_TRUTH_SEED";
const TOLD: &str = "CPREKEY_TRUTH_TOLD";

/// Builds the programs, resets so many mailboxes, and has every new password tried; says the sum.
pub(crate) fn run(mailboxes: usize, seed: u64) -> Result<()> {
    tools::prepare_mail()?;
    cargo(&["build", "--workspace", "--bins"], &[])?;
    let told = env::temp_dir().join(format!("cprekey-truth-{}", std::process::id()));
    let path = told.to_str().context("the temporary folder's path is not UTF-8")?;
    let (mailboxes, seed) = (mailboxes.to_string(), seed.to_string());
    let variables = [(MAILBOXES, mailboxes.as_str()), (SEED, seed.as_str()), (TOLD, path)];
    // One after the other, so that none waits for a server that others keep busy.
    let test = ["test", "--package", "cprekey-tests", "--test", "truth", "--", "--test-threads", "1"];
    let ended = cargo(&test, &variables);
    let parts = fs::read_to_string(&told).unwrap_or_default();
    let _there_is_none = fs::remove_file(&told);
    let parts: Vec<_> = parts.lines().collect();
    say(&format!("truth: {} (seed {seed})", parts.join("; ")));
    ended
}
