//! The other reader: one Python that reads batch after batch.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::generate::{Case, ENCODINGS};

/// What it runs.
const PROGRAM: &str = include_str!("read.py");

/// What Python makes of a file.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Theirs {
    /// It read it.
    Read {
        /// Whether the text began with a byte order mark, which was taken off.
        mark: bool,
        /// The line on which each record ends, and its cells; an empty line is one without any.
        records: Vec<(u32, Vec<String>)>,
    },
    /// It refused it.
    Refused {
        /// Its own words, or `encoding`.
        error: String,
        /// How many lines it had read.
        line: u32,
    },
}

/// A Python that runs.
pub(crate) struct Python {
    child: Child,
    given: ChildStdin,
    told: ChildStdout,
}

impl Python {
    /// Starts it.
    pub(crate) fn start() -> Result<Self> {
        let mut command = Command::new("python3");
        command.args(["-I", "-c", PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("python3 cannot be started")?;
        let given = child.stdin.take().context("it has no standard input")?;
        let told = child.stdout.take().context("it has no standard output")?;
        Ok(Self { child, given, told })
    }

    /// Gives it a batch, which it reads whole before it answers.
    pub(crate) fn send(&mut self, cases: &[Case]) -> Result<()> {
        let mut batch = u32::try_from(cases.len())?.to_le_bytes().to_vec();
        for case in cases {
            let encoding = ENCODINGS.iter().position(|known| *known == case.encoding).context("an encoding")?;
            batch.extend(u32::try_from(case.bytes.len())?.to_le_bytes());
            batch.extend([case.delimiter, u8::try_from(encoding)?]);
            batch.extend(&case.bytes);
        }
        self.given.write_all(&batch).and_then(|()| self.given.flush()).context("Python takes nothing more")
    }

    /// What it made of the batch.
    pub(crate) fn receive(&mut self) -> Result<Vec<Theirs>> {
        let mut length = [0; 4];
        self.told.read_exact(&mut length).context("Python says nothing more")?;
        let mut answer = vec![0; u32::from_le_bytes(length) as usize];
        self.told.read_exact(&mut answer).context("Python says nothing more")?;
        serde_json::from_slice(&answer).context("Python makes no sense")
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
