//! The rehearsal panel, started for a chore and stopped after it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// A panel that runs until this value is dropped.
pub(crate) struct Panel {
    process: Child,
    pub(crate) ready: Ready,
}

/// What the panel says when it is ready.
#[derive(Deserialize)]
pub(crate) struct Ready {
    /// `127.0.0.1:PORT`, where its cPanel face listens.
    pub(crate) cpanel: String,
    /// The same of its WHM face.
    pub(crate) whm: String,
    /// Where its local programs are.
    pub(crate) bin_dir: Option<PathBuf>,
    /// Its certificate authority.
    pub(crate) ca_file: PathBuf,
    /// A token of each account.
    pub(crate) tokens: BTreeMap<String, String>,
    /// A token of each user of WHM.
    pub(crate) whm_tokens: BTreeMap<String, String>,
}

impl Panel {
    /// Starts the panel with `panel.toml` in this folder, where it keeps its state too, and with these options, and waits until it is ready. It
    /// ends when this program does, or the one that [`Self::life`] was given to; Ctrl-C does not reach it.
    pub(crate) fn start(program: &Path, folder: &Path, options: &[&str]) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["--config", "panel.toml", "--state", "panel", "--until-stdin-closes"])
            .args(options)
            .current_dir(folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        let mut line = String::new();
        let output = process.stdout.take().context("the panel has no standard output")?;
        BufReader::new(output).read_line(&mut line).context("the panel says nothing")?;
        let ready = serde_json::from_str(&line).context("the panel did not say that it is ready")?;
        Ok(Self { process, ready })
    }

    /// What keeps the panel alive, to be given to another program as its standard input: when that one ends, so does the panel.
    pub(crate) fn life(&mut self) -> Result<Stdio> {
        self.process.stdin.take().map(Stdio::from).context("the panel's life was given away before")
    }
}

impl Drop for Panel {
    /// Closes its standard input, which ends it, and waits for that.
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
