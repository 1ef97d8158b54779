//! The panel's control port: plain HTTP on loopback, a connection a question.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;

use crate::deadline::DEADLINE;

/// A client of one control port.
pub(crate) struct Control {
    address: String,
}

impl Control {
    /// A client of the control port at `ADDRESS:PORT`.
    pub(crate) fn new(address: &str) -> Self {
        Self { address: address.to_owned() }
    }

    /// What stands at `path`.
    pub(crate) fn get(&self, path: &str) -> Value {
        self.ask("GET", path, "")
    }

    /// What comes of sending `body` to `path`.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", path, &body.to_string())
    }

    /// What comes of deleting what stands at `path`.
    pub(crate) fn delete(&self, path: &str) -> Value {
        self.ask("DELETE", path, "")
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let length = body.len();
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Length: {length}");
        write!(stream, "{head}\r\nContent-Type: application/json\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{method} {path}: {answer}");
        serde_json::from_str(body).unwrap()
    }
}
