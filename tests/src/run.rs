//! A program that runs, and one that has ended.

use std::ffi::OsString;
use std::fmt;
use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStdin, Command};

use serde_json::Value;

use crate::deadline::{DEADLINE, Reading};
use crate::place::Place;
use crate::report::Row;

/// A program that runs. It is killed where it outlives the deadline, or this; where a shell runs it, with all that the shell started.
pub struct Running<'a> {
    place: &'a Place,
    process: Child,
    /// The process group that is its own, until it has ended.
    group: Option<u32>,
    arguments: Vec<OsString>,
    stdin: Option<ChildStdin>,
    stdout: Reading,
    stderr: Reading,
}

/// A program that has ended.
#[derive(Debug)]
pub struct Run {
    /// Its exit code; 128 and the number of the signal where one ended it.
    pub code: i32,
    /// Whether its memory was dumped when a signal ended it.
    pub dumped_core: bool,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
    arguments: Vec<OsString>,
    report: Option<Vec<Row>>,
}

impl<'a> Running<'a> {
    pub(crate) fn new(place: &'a Place, mut process: Child, leads_group: bool, arguments: Vec<OsString>) -> Self {
        let group = leads_group.then(|| process.id());
        let stdout = Reading::begin(process.stdout.take().unwrap());
        let stderr = Reading::begin(process.stderr.take().unwrap());
        Self { place, group, stdin: process.stdin.take(), process, arguments, stdout, stderr }
    }

    /// What it has written to standard output until now.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.stdout.so_far()).into_owned()
    }

    /// What it has written to standard error until now.
    pub fn complained(&self) -> String {
        String::from_utf8_lossy(&self.stderr.so_far()).into_owned()
    }

    /// Types this, where its standard input was left open.
    pub fn type_in(&mut self, text: &str) {
        let input = self.stdin.as_mut().unwrap();
        input.write_all(text.as_bytes()).and_then(|()| input.flush()).unwrap();
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Sends it a signal by its name, as in `INT`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.pid().to_string()]).status().unwrap();
        assert!(sent.success(), "SIG{name} could not be sent");
    }

    /// Waits until it has ended, and searches what it wrote for secrets.
    pub fn wait(self) -> Run {
        let place = self.place;
        let run = self.end();
        place.assert_no_leak(&[("standard output", run.stdout.as_bytes()), ("standard error", run.stderr.as_bytes())]);
        run
    }

    /// Waits until it has ended, and leaves the search to the caller.
    pub fn end(mut self) -> Run {
        let [stdout, stderr] = [&self.stdout, &self.stderr].map(|stream| {
            stream.whole().unwrap_or_else(|| panic!("{:?} has not ended in {DEADLINE:?}", self.arguments))
        });
        let status = self.process.wait().unwrap();
        self.group = None;
        Run {
            dumped_core: status.core_dumped(),
            code: status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default()),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
            arguments: std::mem::take(&mut self.arguments),
            report: self.place.path("report.csv").exists().then(|| self.place.report("report.csv")),
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if let Some(group) = self.group {
            let _ended_already = Command::new("kill").args(["-s", "KILL", "--", &format!("-{group}")]).status();
        }
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

impl Run {
    /// The rows of the report that [`Place::apply`] asks for.
    pub fn report(&self) -> &[Row] {
        self.report.as_deref().unwrap_or_else(|| panic!("there is no report.csv: {self}"))
    }

    /// The events on standard output, which must be nothing else: a JSON object a line, each with its `event`.
    pub fn events(&self) -> Vec<Value> {
        let event = |line: &str| {
            let object: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}: {self}"));
            assert!(object["event"].is_string(), "{line}: {self}");
            object
        };
        self.stdout.lines().map(event).collect()
    }

    /// The outcomes of that report, in its order.
    pub fn outcomes(&self) -> Vec<&str> {
        self.report().iter().map(|row| row.outcome.as_str()).collect()
    }
}

impl fmt::Display for Run {
    /// Everything that one wants to see when a test has failed.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, stdout, stderr, arguments, .. } = self;
        write!(formatter, "{arguments:?} ended with {code}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }
}
