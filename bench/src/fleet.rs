//! Many rehearsal panels in one process, and the program of ours that drives them all from one thread.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::bench::{Bench, pinned};
use crate::control::Control;
use crate::panel::write_private;
use crate::sample::{Process, Sample};

/// Panels that run; they end when this is dropped.
pub(crate) struct Fleet {
    process: Child,
    panels: Vec<Value>,
    folder: TempDir,
}

/// What the panels are driven to.
pub(crate) struct Drive {
    /// `runs` on all of them, or `turns` of jobs.
    pub(crate) what: &'static str,
    /// At most so many calls a second to each panel.
    pub(crate) rate: String,
    /// How many jobs there are for each panel.
    pub(crate) jobs: usize,
    /// How many mailboxes of each get a new password.
    pub(crate) rows: usize,
}

impl Fleet {
    /// Starts so many panels with this configuration (TOML), which keep their passwords in memory, and waits until all are ready.
    ///
    /// # Errors
    ///
    /// Where it does not come to that.
    pub(crate) fn start(bench: &Bench, config: &str, count: usize) -> Result<Self> {
        let folder = TempDir::new().context("there is no place for panels")?;
        let file = folder.path().join("panel.toml");
        write_private(&file, config)?;
        let mut process = pinned(bench.server_core(), &bench.program("panels"))
            .arg(count.to_string())
            .args(["--until-stdin-closes", "--no-hashing", "--config"])
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("panels cannot be started")?;
        let output = process.stdout.take().context("the panels have no output")?;
        let mut fleet = Self { process, panels: Vec::new(), folder };
        for line in BufReader::new(output).lines().take(count) {
            fleet.panels.push(serde_json::from_str(&line?).context("a panel is not ready")?);
        }
        ensure!(fleet.panels.len() == count, "of {count} panels {} were ready", fleet.panels.len());
        Ok(fleet)
    }

    /// The control ports of all.
    ///
    /// # Errors
    ///
    /// Where one does not say it.
    pub(crate) fn controls(&self) -> Result<Vec<Control>> {
        self.panels.iter().map(|panel| Ok(Control::new(fact(panel, "control")?))).collect()
    }

    /// Drives the panels, whose counters begin anew before; gives what that took, and how many changes each run or each job made.
    ///
    /// # Errors
    ///
    /// Where it was not done to the end.
    pub(crate) fn drive(&self, bench: &Bench, drive: &Drive) -> Result<(Sample, Vec<u64>)> {
        for control in self.controls()? {
            control.post("/reset-counters", &json!({}))?;
        }
        let panels = self.panels.iter().map(told).collect::<Result<Vec<_>>>()?;
        let Drive { what, rate, jobs, rows } = drive;
        let order = json!({"what": what, "panels": panels, "rate": rate, "jobs": jobs, "rows": rows});
        let file = self.folder.path().join("order.json");
        write_private(&file, &order.to_string())?;
        let sample = Process::new(bench, &bench.program("fleet")).argument(&file).measure()?.ended(0)?;
        let said: Value = serde_json::from_str(&sample.said).context("fleet does not say what it did")?;
        let made = said["changed"].as_array().context("fleet does not say what it changed")?;
        let made = made.iter().map(|made| made.as_u64().context("what it changed is no number"));
        let made = made.collect::<Result<Vec<_>>>()?;
        Ok((sample, made))
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        // They take their folders away themselves.
        let _ended_already = self.process.wait();
    }
}

/// A panel, as `fleet` is told of it.
fn told(panel: &Value) -> Result<Value> {
    let host = fact(panel, "cpanel")?.replace("127.0.0.1", "localhost");
    let (user, token) = panel["tokens"].as_object().and_then(|tokens| tokens.iter().next()).context("no token")?;
    Ok(json!({"host": host, "ca_file": fact(panel, "ca_file")?, "user": user, "token": token}))
}

fn fact<'a>(panel: &'a Value, name: &str) -> Result<&'a str> {
    panel[name].as_str().with_context(|| format!("a panel does not say its {name}"))
}
