//! The control port of a rehearsal panel: plain HTTP on loopback, a connection a question.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// A client of one control port.
pub(crate) struct Control {
    address: String,
}

impl Control {
    /// A client of the control port at `ADDRESS:PORT`.
    pub(crate) fn new(address: &str) -> Self {
        Self { address: address.to_owned() }
    }

    /// What stands at a path.
    ///
    /// # Errors
    ///
    /// Where nothing does.
    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        self.ask("GET", path, "")
    }

    /// What comes of sending this to a path.
    ///
    /// # Errors
    ///
    /// Where the panel does not take it.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.ask("POST", path, &body.to_string())
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Result<Value> {
        let mut stream = TcpStream::connect(&self.address).context("the panel's control port is shut")?;
        let length = body.len();
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Length: {length}");
        write!(stream, "{head}\r\nContent-Type: application/json\r\n\r\n{body}")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("the panel gave no answer")?;
        if !head.starts_with("HTTP/1.1 200 ") {
            bail!("{method} {path}: {answer}");
        }
        serde_json::from_str(body).with_context(|| format!("{method} {path} is no JSON"))
    }
}
