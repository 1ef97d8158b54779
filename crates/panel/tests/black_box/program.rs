//! Starts the program, and ends it when the test is over.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;

use serde_json::{Value, json};

use super::client::{Answer, Client, plain};

/// A password that the panel takes, and the same as a form value.
pub(super) const STRONG: &str = "Kx9#mQ2+vL 7!pR4&";
pub(super) const STRONG_FORM: &str = "Kx9%23mQ2%2BvL%207!pR4%26";

/// A running panel.
pub(super) struct Program {
    child: Child,
    /// The line it printed.
    pub(super) ready: Value,
}

impl Program {
    /// Starts it with these options, and waits until it is ready. It ends when its standard input is closed.
    pub(super) fn start(options: &[&str]) -> Self {
        let mut child =
            command(options).arg("--until-stdin-closes").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["ready"], true);
        Self { child, ready }
    }

    /// Closes its standard input and waits for its end.
    pub(super) fn stop(mut self) -> ExitStatus {
        drop(self.child.stdin.take());
        self.child.wait().unwrap()
    }

    /// Sends it a signal and waits for its end; its standard input stays open.
    pub(super) fn kill(mut self, signal: &str) -> ExitStatus {
        send(signal, &self.child);
        let input = self.child.stdin.take();
        let status = self.child.wait().unwrap();
        drop(input);
        status
    }

    /// A client of its cPanel face that trusts its certificate.
    pub(super) fn client(&self) -> Client {
        Client::new(self.text("cpanel"), Path::new(self.text("ca_file")))
    }

    /// Calls a function of WHM API 1 with a form, as `root`.
    pub(super) fn whm(&self, function: &str, form: &str) -> Value {
        let authorization = format!("whm root:{}", self.ready["whm_tokens"]["root"].as_str().unwrap());
        self.whm_as(&authorization, function, form).json()
    }

    /// The same with a credential of one's own.
    pub(super) fn whm_as(&self, authorization: &str, function: &str, form: &str) -> Answer {
        let client = Client::new(self.text("whm"), Path::new(self.text("ca_file")));
        client.post(&format!("/json-api/{function}"), &format!("api.version=1&{form}"), authorization)
    }

    /// Calls a function with a form, as `shop`.
    pub(super) fn call(&self, function: &str, form: &str) -> Value {
        self.client().post(&format!("/execute/{function}"), form, &self.bearer()).json()
    }

    /// The header of a token that holds.
    pub(super) fn bearer(&self) -> String {
        format!("cpanel shop:{}", self.token())
    }

    /// A token that holds.
    pub(super) fn token(&self) -> &str {
        self.ready["tokens"]["shop"].as_str().unwrap()
    }

    /// Asks the control port.
    pub(super) fn control(&self, method: &str, path: &str, body: &str) -> Value {
        plain(self.text("control"), method, path, body).json()
    }

    /// What the control port says about a password.
    pub(super) fn verify(&self, address: &str, password: &str) -> Value {
        self.control("POST", "/verify", &json!({"address": address, "password": password}).to_string())
    }

    /// A file of the state folder.
    pub(super) fn file(&self, path: &str) -> String {
        fs::read_to_string(Path::new(self.text("state")).join(path)).unwrap()
    }

    fn text(&self, key: &str) -> &str {
        self.ready[key].as_str().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Runs the program to its end.
pub(super) fn run(options: &[&str]) -> Output {
    command(options).stdin(Stdio::null()).output().unwrap()
}

/// Starts the program, and ends it by a signal as soon as its state folder is there, below `temporary`.
pub(super) fn end_early(options: &[&str], temporary: &Path, signal: &str) -> Output {
    let mut child = command(options);
    child.env("TMPDIR", temporary).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    while fs::read_dir(temporary).unwrap().count() == 0 {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        thread::yield_now();
    }
    send(signal, &child);
    child.wait_with_output().unwrap()
}

fn send(signal: &str, child: &Child) {
    let order = format!("kill -{signal} {}", child.id());
    assert!(Command::new("sh").args(["-c", &order]).status().unwrap().success());
}

fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cprekey-panel"));
    command.args(options);
    command
}
