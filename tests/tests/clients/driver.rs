//! Packages of other languages: a script of ours makes their calls, one a line, and reports of each in a line.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use cprekey_tests::{Panel, Place, client};
use serde_json::Value;

use crate::client::{Client, command};
use crate::source;

/// How long a package may take for a call; far more than any needs.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running script; it ends when this is dropped, or when the tests do.
pub(crate) struct Driver {
    process: Child,
    calls: Option<ChildStdin>,
    reports: Receiver<String>,
}

/// The Python package `cpanel-api`.
pub(crate) fn cpanel_api(place: &Place, panel: &Panel) -> Driver {
    let mut python = command(place, client("python/bin/python"));
    python.arg(source("python/cpanel_api_calls.py"));
    python.args([panel.cpanel_port(), panel.whm_port(), panel.ca_file()]);
    Driver::start(python)
}

/// The npm package `cpanel-lib`.
pub(crate) fn cpanel_lib(place: &Place, panel: &Panel) -> Driver {
    let mut node = command(place, "node");
    node.env("NODE_PATH", client("node/node_modules")).env("NODE_EXTRA_CA_CERTS", panel.ca_file());
    // The panel listens on 127.0.0.1; and the package makes buffers as Node once liked it.
    node.args(["--dns-result-order=ipv4first", "--no-deprecation"]).arg(source("node/cpanel_lib_calls.js"));
    node.args([panel.cpanel_port(), panel.whm_port()]);
    Driver::start(node)
}

impl Driver {
    fn start(mut command: Command) -> Self {
        let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = process.unwrap_or_else(|error| panic!("{command:?}: {error}: `cargo xtask test` says more"));
        let (tell, reports) = channel();
        let output = BufReader::new(process.stdout.take().unwrap());
        thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { calls: process.stdin.take(), process, reports }
    }
}

impl Client for Driver {
    fn ask(&mut self, call: &Value) -> Value {
        writeln!(self.calls.as_mut().unwrap(), "{call}").unwrap();
        let report = self.reports.recv_timeout(DEADLINE);
        let report = report.unwrap_or_else(|error| panic!("the script says nothing to {call}: {error}"));
        serde_json::from_str(&report).unwrap()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.calls.take());
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}
