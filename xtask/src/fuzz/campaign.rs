//! One fuzz target's run.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::corpus;
use super::said::Said;
use super::target::Target;
use crate::shell::root;

/// How targets are run.
pub(super) struct Campaign {
    /// The folder where they are.
    pub(super) programs: PathBuf,
    /// For how long.
    pub(super) time: Duration,
}

/// What bounds every single input: memory in all and in one piece, in MiB, and seconds.
const BOUNDS: [&str; 3] = ["-rss_limit_mb=512", "-malloc_limit_mb=128", "-timeout=10"];

/// What the sanitizer need not keep: where each piece of memory was asked for, and for long what was given back.
const SANITIZER: &str = "malloc_context_size=0:quarantine_size_mb=16:detect_odr_violation=0";

/// How a run ended.
pub(super) struct End {
    /// What it did, in a line.
    pub(super) told: String,
    /// The input that the target crashed over, and what it said.
    pub(super) crash: Option<String>,
}

impl Campaign {
    /// Runs a target from its corpus. All that it says goes into a file.
    pub(super) fn run(&self, target: &Target) -> Result<End> {
        let corpus = corpus::prepare(target)?;
        let found = root().join("target/fuzz-crashes").join(target.name);
        fs::create_dir_all(&found).with_context(|| format!("{} cannot be made", found.display()))?;
        let log = found.with_extension("log");
        let file = fs::File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        let status = Command::new(self.programs.join(target.name))
            .args(BOUNDS)
            .args(["-print_final_stats=1", "-detect_leaks=0"])
            .arg(format!("-max_total_time={}", self.time.as_secs()))
            .arg(format!("-max_len={}", target.longest))
            .arg(format!("-dict={}", corpus::dictionary(target).display()))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .arg(&corpus)
            .env("ASAN_OPTIONS", SANITIZER)
            .current_dir(root())
            .stdout(Stdio::null())
            .stderr(file)
            .status()
            .with_context(|| format!("the fuzz target {} cannot be started", target.name))?;
        let text = fs::read(&log).with_context(|| format!("{} cannot be read", log.display()))?;
        let said = Said::of(&String::from_utf8_lossy(&text));
        let crash = (!status.success()).then(|| said.crash(&log));
        Ok(End { told: said.told(), crash })
    }
}
