//! curl, whose options a call names.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use cprekey_tests::{Panel, Place};
use serde_json::{Value, json};

use crate::client::{Client, command};

/// What every call has beside its own options; the last line that it prints is curl's account of the transfer.
const OPTIONS: &[&str] = &["--silent", "--noproxy", "*", "--max-time", "60", "--write-out", "\n%{json}"];

/// curl, and what the names in braces stand for.
pub(crate) struct Curl<'a> {
    place: &'a Place,
    names: [(&'static str, String); 6],
}

/// curl at this panel.
pub(crate) fn new<'a>(place: &'a Place, panel: &Panel) -> Curl<'a> {
    let at = |host: &str, port: &str| format!("https://{host}:{port}");
    let names = [
        ("{cpanel}", at("localhost", panel.cpanel_port())),
        ("{whm}", at("localhost", panel.whm_port())),
        ("{port}", panel.cpanel_port().to_owned()),
        ("{pin}", panel.pin().to_owned()),
        ("{shop}", panel.token("shop").to_owned()),
        ("{root}", panel.whm_token("root").to_owned()),
    ];
    place.private("ca.pem", std::fs::read(panel.ca_file()).unwrap());
    Curl { place, names }
}

impl Curl<'_> {
    fn run(&self, options: &str) -> Output {
        let mut process = self.command().spawn().unwrap_or_else(|error| panic!("curl: {error}: install curl"));
        // The configuration is short enough to fit into the pipe.
        process.stdin.take().unwrap().write_all(options.as_bytes()).unwrap();
        process.wait_with_output().unwrap()
    }

    /// Reads its options from standard input, and neither those of the user nor the system's authorities.
    fn command(&self) -> Command {
        let mut command = command(self.place, "curl");
        command.arg("--disable").args(OPTIONS).arg("--cacert").arg(self.place.path("ca.pem")).args(["--config", "-"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The options as curl's configuration has them: a line each, and several where there is a list.
    fn configuration(&self, call: &Value) -> String {
        let one = |name: &str, value: &Value| match value {
            Value::Bool(true) => format!("{name}\n"),
            value => format!("{name} = {}\n", quoted(&self.named(value.as_str().unwrap()))),
        };
        let option = |(name, value): (&String, &Value)| match value {
            Value::Array(values) => values.iter().map(|value| one(name, value)).collect(),
            value => one(name, value),
        };
        call.as_object().unwrap().iter().map(option).collect()
    }

    fn named(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

impl Client for Curl<'_> {
    /// Its exit code, the version of HTTP, the status and type of the answer, and its body where that is JSON.
    fn ask(&mut self, call: &Value) -> Value {
        let output = self.run(&self.configuration(call));
        let printed = String::from_utf8(output.stdout).unwrap();
        let (body, transfer) = printed.rsplit_once('\n').unwrap_or_default();
        let transfer: Value = serde_json::from_str(transfer).unwrap_or_else(|error| panic!("{printed}: {error}"));
        json!({
            "exit": output.status.code(),
            "protocol": transfer["http_version"],
            "http": transfer["http_code"],
            "type": transfer["content_type"],
            "answer": serde_json::from_str::<Value>(body).unwrap_or_default(),
        })
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
