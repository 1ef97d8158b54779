//! A rehearsal panel on the core of servers, for as long as it is measured at.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

use crate::bench::{Bench, pinned};
use crate::control::Control;

/// A running panel; it ends when this is dropped.
pub(crate) struct Panel {
    process: Child,
    ready: Value,
    control: Control,
    folder: TempDir,
}

impl Panel {
    /// Starts a panel with this configuration (TOML) and these further arguments, and waits until it is ready.
    ///
    /// # Errors
    ///
    /// Where it does not come to that.
    pub(crate) fn start(bench: &Bench, config: &str, arguments: &[&str]) -> Result<Self> {
        let folder = TempDir::new().context("there is no place for a panel")?;
        let file = folder.path().join("panel.toml");
        write_private(&file, config)?;
        let mut process = pinned(bench.server_core(), &bench.program("cprekey-panel"))
            .arg("--until-stdin-closes")
            .arg("--config")
            .arg(file)
            .arg("--state")
            .arg(folder.path().join("state"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cprekey-panel cannot be started")?;
        let mut line = String::new();
        let output = process.stdout.take().context("the panel has no output")?;
        BufReader::new(output).read_line(&mut line).context("the panel cannot be read")?;
        let ready: Value = serde_json::from_str(&line).unwrap_or_default();
        let control = Control::new(ready["control"].as_str().unwrap_or_default());
        let panel = Self { process, ready, control, folder };
        if panel.ready["ready"] != true {
            bail!("the panel is not ready: {line:?}");
        }
        Ok(panel)
    }

    /// What its ready line says by this name.
    ///
    /// # Errors
    ///
    /// Where it does not say it.
    pub(crate) fn fact(&self, name: &str) -> Result<&str> {
        self.ready[name].as_str().with_context(|| format!("the panel does not say its {name}"))
    }

    /// `localhost:PORT`, as a user would name it.
    ///
    /// # Errors
    ///
    /// Where the panel does not say it.
    pub(crate) fn host(&self) -> Result<String> {
        Ok(self.fact("cpanel")?.replace("127.0.0.1", "localhost"))
    }

    /// `localhost:PORT` of its WHM.
    ///
    /// # Errors
    ///
    /// Where the panel does not say it.
    pub(crate) fn whm_host(&self) -> Result<String> {
        Ok(self.fact("whm")?.replace("127.0.0.1", "localhost"))
    }

    /// A file, for its user alone, with the token of an account.
    ///
    /// # Errors
    ///
    /// Where there is none, or it cannot be written.
    pub(crate) fn token_file(&self, account: &str) -> Result<PathBuf> {
        self.written("tokens", account)
    }

    /// The same of a user of WHM.
    ///
    /// # Errors
    ///
    /// As above.
    pub(crate) fn whm_token_file(&self, user: &str) -> Result<PathBuf> {
        self.written("whm_tokens", user)
    }

    /// The CPU time that it has used until now.
    ///
    /// # Errors
    ///
    /// Where the system does not say it.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).context("the panel is gone")?;
        cpu(&stat).context("the panel's CPU time cannot be read")
    }

    /// A folder that is gone when the panel is.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it has counted since its start, or since the counters were reset.
    ///
    /// # Errors
    ///
    /// Where it does not say it.
    pub(crate) fn counters(&self) -> Result<Value> {
        Ok(self.get("/state")?["counters"].take())
    }

    /// One of its counters.
    ///
    /// # Errors
    ///
    /// Where it counts no such thing.
    pub(crate) fn count(&self, name: &str) -> Result<u64> {
        self.counters()?[name].as_u64().with_context(|| format!("the panel counts no {name}"))
    }

    /// Counts from nothing again, and forgets the changes made so far.
    ///
    /// # Errors
    ///
    /// Where the panel does not do it.
    pub(crate) fn reset_counters(&self) -> Result<()> {
        self.post("/reset-counters", &Value::Object(serde_json::Map::new())).map(|_| ())
    }

    /// What stands at this path of its control port.
    ///
    /// # Errors
    ///
    /// Where nothing does.
    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        self.control.get(path)
    }

    /// What comes of sending this to a path of its control port.
    ///
    /// # Errors
    ///
    /// Where the panel does not take it.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.control.post(path, body)
    }

    /// Its control port.
    pub(crate) const fn control(&self) -> &Control {
        &self.control
    }

    fn written(&self, kind: &str, name: &str) -> Result<PathBuf> {
        let token = self.ready[kind][name].as_str().with_context(|| format!("the panel has no token of {name}"))?;
        let file = self.folder().join(format!("{kind}-{name}"));
        write_private(&file, token)?;
        Ok(file)
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

/// The CPU time in a line of `/proc/PID/stat`, in user and system mode together. Linux counts it there in hundredths of a second (proc(5)); the
/// program's name, which stands in brackets, may hold anything.
fn cpu(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut times = fields.split(' ').skip(11).map_while(|field| field.parse::<u64>().ok());
    Some(Duration::from_millis(10 * (times.next()? + times.next()?)))
}

/// Writes a file for its user alone.
///
/// # Errors
///
/// Where it cannot be written.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<()> {
    let file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_time_is_read_behind_whatever_name() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194560 1 0 0 0 250 30 0 0 20 0 1 0 9 1 1";
        assert_eq!(cpu(stat), Some(Duration::from_millis(2_800)));
        assert_eq!(cpu("7 (a) S 1"), None);
    }
}
