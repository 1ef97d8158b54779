//! The program of the Python package `cpanel-cli`, as it is.

use std::process::Command;

use cprekey_tests::{Panel, Place, client};
use serde_json::{Value, json};

use crate::client::{Client, command};

/// The program, which is given the panel as a host.
pub(crate) struct CpanelCli<'a> {
    place: &'a Place,
    host: String,
}

/// The program at this panel. It has no option for a port, and puts 2083 behind the host; behind a slash nobody reads that. It checks no certificate.
pub(crate) fn new<'a>(place: &'a Place, panel: &Panel) -> CpanelCli<'a> {
    CpanelCli { place, host: format!("{}/", panel.host()) }
}

impl CpanelCli<'_> {
    fn command(&self, call: &Value) -> Command {
        let mut command = command(self.place, client("python/bin/python"));
        command.env("CPANEL_HOSTNAME", &self.host);
        command.env("CPANEL_USERNAME", call["as"].as_str().unwrap());
        command.env("CPANEL_UTOKEN", call["secret"].as_str().unwrap());
        command
            .args(["-m", "cpanel"])
            .args(call["command"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()));
        command
    }
}

impl Client for CpanelCli<'_> {
    /// What it prints is JSON, or `OK`; what it complains of is text.
    fn ask(&mut self, call: &Value) -> Value {
        let output = self.command(call).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let printed = text(&output.stdout);
        json!({
            "exit": output.status.code(),
            "printed": serde_json::from_str(&printed).unwrap_or(Value::String(printed)),
            "complaint": text(&output.stderr),
        })
    }
}
