//! Runs the local programs of a panel.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use serde_json::Value;

use super::program::Program;

/// What a program wrote, and how it ended.
pub(super) struct Said {
    status: ExitStatus,
    /// Its standard output.
    pub(super) stdout: String,
    /// Its standard error.
    pub(super) stderr: String,
}

impl Said {
    /// The code it ended with; none when a signal ended it.
    pub(super) fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// The signal that ended it.
    pub(super) fn signal(&self) -> Option<i32> {
        self.status.signal()
    }

    /// Its standard output, which has to be JSON.
    pub(super) fn json(&self) -> Value {
        let parsed = serde_json::from_str(&self.stdout);
        assert!(parsed.is_ok(), "no JSON: {} {}", self.stdout, self.stderr);
        parsed.unwrap()
    }

    /// Its only word is a complaint with this fragment.
    pub(super) fn complains(&self, fragment: &str) -> bool {
        self.code() == Some(1) && !self.stdout.contains(['{', '-']) && self.stderr.contains(fragment)
    }
}

impl Program {
    /// The folder of the local programs.
    pub(super) fn bin(&self) -> PathBuf {
        PathBuf::from(self.ready["bin_dir"].as_str().unwrap())
    }

    /// A local program, to be run.
    pub(super) fn command(&self, name: &str, arguments: &[&str]) -> Command {
        program(&self.bin().join(name), arguments)
    }

    /// Runs a local program with what stands in a line.
    pub(super) fn local(&self, name: &str, line: &str) -> Said {
        said(&mut self.command(name, &line.split(' ').collect::<Vec<_>>()))
    }

    /// The same with something on its standard input.
    pub(super) fn local_with_input(&self, name: &str, line: &str, input: &str) -> Said {
        let mut command = self.command(name, &line.split(' ').collect::<Vec<_>>());
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        // A program that reads nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        heard(output.status, output.stdout, output.stderr)
    }

    /// `uapi` for `shop`, answered in JSON.
    pub(super) fn uapi(&self, line: &str) -> Value {
        self.local("uapi", &format!("--user=shop --output=json {line}")).json()["result"].clone()
    }

    /// Changes settings.
    pub(super) fn set(&self, settings: &Value) {
        let told = self.control("POST", "/behaviour", &settings.to_string());
        assert_eq!(told["error"], Value::Null);
    }

    /// Gives the panel this rule alone.
    pub(super) fn rule(&self, rule: &Value) {
        self.control("DELETE", "/switch", "");
        let told = self.control("POST", "/switch", &rule.to_string());
        assert_eq!(told["error"], Value::Null);
    }

    /// A counter.
    pub(super) fn count(&self, name: &str) -> u64 {
        self.control("GET", "/state", "")["counters"][name].as_u64().unwrap()
    }
}

/// A program by its path, to be run.
pub(super) fn program(path: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(path);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs a program to its end.
pub(super) fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    heard(output.status, output.stdout, output.stderr)
}

fn heard(status: ExitStatus, stdout: Vec<u8>, stderr: Vec<u8>) -> Said {
    Said { status, stdout: String::from_utf8(stdout).unwrap(), stderr: String::from_utf8(stderr).unwrap() }
}

/// Whether the tests run as root; they say so where they need to and do not.
pub(super) fn is_root() -> bool {
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    if !is_root {
        skip("only root can be root, and become somebody else");
    }
    is_root
}

/// Says why a test ends early.
#[expect(clippy::print_stderr, reason = "a test that does not test says so")]
pub(super) fn skip(why: &str) {
    eprintln!("skipped: {why}");
}
