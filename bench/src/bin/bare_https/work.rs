//! The rows of a list, taken one by one, and what counts as done.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, ensure};
use form_urlencoded::Serializer;
use serde::Deserialize;

/// What the requests call.
pub(crate) const PATH: &str = "/execute/Email/passwd_pop";

/// What stands in every request, beside who sends it.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A list and how far it is done.
pub(crate) struct Work {
    rows: Vec<Row>,
    next: AtomicUsize,
    done: AtomicUsize,
}

/// One row.
#[derive(Deserialize)]
pub(crate) struct Row {
    email: String,
    password: String,
}

/// What is read of a reply.
#[derive(Deserialize)]
struct Reply {
    status: u8,
}

impl Row {
    /// The form that asks for this password.
    pub(crate) fn form(&self) -> String {
        let capacity = self.email.len() + 3 * self.password.len() + 20;
        let mut form = Serializer::new(String::with_capacity(capacity));
        form.append_pair("email", &self.email).append_pair("password", &self.password);
        form.finish()
    }
}

impl Work {
    /// Reads a CSV with the columns `email` and `password`.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or a row has not got both.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let mut reader = csv::Reader::from_path(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let rows = reader.deserialize().collect::<Result<_, _>>().context("a row is not right")?;
        Ok(Self { rows, next: AtomicUsize::new(0), done: AtomicUsize::new(0) })
    }

    /// The next row that nobody has taken.
    pub(crate) fn take(&self) -> Option<&Row> {
        self.rows.get(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Looks at a reply, and counts its row as done.
    ///
    /// # Errors
    ///
    /// When it says anything but success.
    pub(crate) fn settle(&self, status: u16, body: &[u8]) -> Result<()> {
        ensure!(status == 200, "refused with {status}");
        let reply: Reply = serde_json::from_slice(body).context("a reply is no envelope")?;
        ensure!(reply.status == 1, "refused: {}", String::from_utf8_lossy(body));
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// How many rows are done.
    pub(crate) fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn work(text: &str) -> Work {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Work::read(file.path()).unwrap()
    }

    #[test]
    fn every_row_is_taken_once_and_encoded() {
        let work = work("email,password\nanna@example.com,a&b=1\nbert@example.com,x\n");
        let forms: Vec<_> = std::iter::from_fn(|| work.take()).map(Row::form).collect();
        assert_eq!(forms, ["email=anna%40example.com&password=a%26b%3D1", "email=bert%40example.com&password=x"]);
    }

    #[test]
    fn only_success_counts_as_done() {
        let work = work("email,password\n");
        for (status, body) in [(200, "{\"status\":0}"), (503, "{\"status\":1}"), (200, "<html>")] {
            assert!(work.settle(status, body.as_bytes()).is_err(), "{status} {body}");
        }
        work.settle(200, b"{\"status\":1,\"errors\":null}").unwrap();
        assert_eq!(work.done(), 1);
    }
}
