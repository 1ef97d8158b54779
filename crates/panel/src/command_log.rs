//! The log of local programs: one line of JSON for each, with what everybody on the machine could have seen of it.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use crate::dialogue::{Hello, Raw};
use crate::private_file::open_private;

/// An open log.
pub(crate) struct CommandLog(File);

impl CommandLog {
    /// Opens the log and goes on at its end.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        open_private(path).map(Self)
    }

    /// Writes down what the program was started as and with, and what its environment names; never its input.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn write(&self, program: &str, hello: &Hello) -> io::Result<()> {
        let line = json!({
            "at": format!("{:.6}", Timestamp::now()),
            "program": program,
            "euid": hello.euid,
            "arguments": texts(&hello.arguments),
            "environment": texts(&hello.environment),
        });
        (&self.0).write_all(format!("{line}\n").as_bytes())
    }
}

fn texts(raw: &[Raw]) -> Vec<String> {
    raw.iter().map(|one| String::from_utf8_lossy(&one.0).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::Value;

    use super::*;

    #[test]
    fn a_line_tells_who_was_started_with_what() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let arguments = vec![Raw(b"./uapi".to_vec()), Raw(b"a=\xff".to_vec())];
        let hello = Hello { arguments, euid: 7, environment: vec![Raw(b"HOME".to_vec())] };
        CommandLog::open(file.path()).unwrap().write("uapi", &hello).unwrap();
        let line: Value = serde_json::from_slice(&std::fs::read(file.path()).unwrap()).unwrap();
        assert_eq!(
            (&line["program"], &line["euid"], &line["environment"]),
            (&json!("uapi"), &json!(7), &json!(["HOME"]))
        );
        assert_eq!(line["arguments"], json!(["./uapi", "a=\u{fffd}"]));
    }
}
