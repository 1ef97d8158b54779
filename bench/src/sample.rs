//! One process, measured from its start to its end.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tempfile::NamedTempFile;

use crate::bench::{Bench, pinned};

/// How much of what a program said is shown where it went wrong.
const LONGEST: usize = 600;

/// A program with its arguments, to be measured as often as wanted. It runs on the core of clients, in an environment of ours alone.
pub(crate) struct Process {
    weigh: PathBuf,
    home: PathBuf,
    core: Option<usize>,
    program: PathBuf,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
}

/// What a process took, and what it said.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// From its start to its end.
    pub(crate) wall: Duration,
    /// CPU time, in user and system mode together.
    pub(crate) cpu: Duration,
    /// The most memory that it held at once, in bytes.
    pub(crate) peak: u64,
    /// Its exit code; over 128 the number of a signal.
    pub(crate) exit: i32,
    /// What it said on standard output.
    pub(crate) said: String,
    /// What it said on standard error.
    pub(crate) complained: String,
}

impl Process {
    /// This program, without arguments.
    pub(crate) fn new(bench: &Bench, program: &Path) -> Self {
        Self {
            weigh: bench.program("weigh"),
            home: bench.home(),
            core: bench.client_core(),
            program: program.to_owned(),
            arguments: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// The same with one more argument.
    pub(crate) fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// The same with more arguments.
    pub(crate) fn arguments<T: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = T>) -> Self {
        arguments.into_iter().fold(self, Self::argument)
    }

    /// The same with one more variable.
    pub(crate) fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// The same on whichever core is free: it starts programs of its own, and they are to run side by side.
    pub(crate) fn on_any_core(self) -> Self {
        Self { core: None, ..self }
    }

    /// Runs it to its end, whatever that is.
    ///
    /// # Errors
    ///
    /// Where it cannot be started.
    pub(crate) fn measure(&self) -> Result<Sample> {
        let note = NamedTempFile::new().context("there is no place for a note")?;
        let output = pinned(self.core, &self.weigh)
            .arg(note.path())
            .arg(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env("HOME", &self.home)
            .env("LANG", "C.UTF-8")
            .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("{} cannot be started", self.weigh.display()))?;
        let (said, complained) = (text(&output.stdout), text(&output.stderr));
        let note = fs::read_to_string(note.path()).context("the note cannot be read")?;
        let Some((wall, cpu, peak)) = weight(&note) else {
            bail!("{} was not weighed: {complained}", self.program.display());
        };
        Ok(Sample { wall, cpu, peak, exit: output.status.code().unwrap_or(-1), said, complained })
    }
}

impl Sample {
    /// The same, if the program ended with this code.
    ///
    /// # Errors
    ///
    /// What it said, if it did not.
    pub(crate) fn ended(self, exit: i32) -> Result<Self> {
        if self.exit != exit {
            bail!("it ended with {}: {}", self.exit, self.in_short());
        }
        Ok(self)
    }

    /// The same, if the program said these words. One that is quick because it does not do its work must not win.
    ///
    /// # Errors
    ///
    /// What it said, if it did not.
    pub(crate) fn saying(self, words: &str) -> Result<Self> {
        if !self.said.contains(words) && !self.complained.contains(words) {
            bail!("it does not say {words:?}, but: {}", self.in_short());
        }
        Ok(self)
    }

    fn in_short(&self) -> String {
        [self.said.trim(), self.complained.trim()].join(" ").chars().take(LONGEST).collect()
    }
}

fn weight(note: &str) -> Option<(Duration, Duration, u64)> {
    let mut numbers = note.split(' ').map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    Some((Duration::from_nanos(next()?), Duration::from_micros(next()?), next()?))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_understood_whole_or_not_at_all() {
        let whole = (Duration::from_millis(2), Duration::from_micros(1500), 4096);
        assert_eq!(weight("2000000 1500 4096"), Some(whole));
        assert_eq!(weight("2000000 1500"), None);
        assert_eq!(weight(""), None);
    }

    #[test]
    fn a_program_that_does_not_do_its_work_is_told() {
        let (wall, cpu) = (Duration::ZERO, Duration::ZERO);
        let sample = Sample {
            wall,
            cpu,
            peak: 0,
            exit: 2,
            said: "9 rows\n".to_owned(),
            complained: "error: no list".to_owned(),
        };
        assert_eq!(sample.clone().ended(0).unwrap_err().to_string(), "it ended with 2: 9 rows error: no list");
        assert!(sample.clone().ended(2).unwrap().saying("9 rows").is_ok());
        assert!(sample.saying("10 rows").is_err());
    }
}
