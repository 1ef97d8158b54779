//! The log of requests: one line each, as cPanel's `access_log` keeps the request line and never a body.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use hyper::StatusCode;
use jiff::Timestamp;

use crate::http::Connection;
use crate::private_file::open_private;

/// An open log.
pub(crate) struct AccessLog {
    file: File,
    stamp: RefCell<Stamp>,
}

/// The second that was written last, and its text.
#[derive(Default)]
struct Stamp {
    second: i64,
    text: String,
}

impl AccessLog {
    /// Opens the log and goes on at its end.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: open_private(path)?, stamp: RefCell::default() })
    }

    /// Writes one line; `status` is `None` when nothing was answered.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn write(
        &self,
        connection: &Connection,
        user: Option<&str>,
        line: &str,
        status: Option<StatusCode>,
    ) -> io::Result<()> {
        let status = status.map_or(0, |status| status.as_u16());
        self.turn_to(Timestamp::now());
        let time = &self.stamp.borrow().text;
        let (peer, user, number) = (&connection.peer, user.unwrap_or("-"), connection.number);
        let line = format!("{peer} - {user} [{time}] \"{line}\" {status:03} connection={number}\n");
        (&self.file).write_all(line.as_bytes())
    }

    /// Makes the text of the time, as cPanel writes it, once a second.
    fn turn_to(&self, now: Timestamp) {
        let mut stamp = self.stamp.borrow_mut();
        if stamp.second != now.as_second() {
            *stamp = Stamp { second: now.as_second(), text: now.strftime("%m/%d/%Y:%H:%M:%S -0000").to_string() };
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::rc::Rc;

    use super::*;
    use crate::counters::Counters;

    #[test]
    fn a_line_tells_who_asked_what_on_which_connection() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let log = AccessLog::open(file.path()).unwrap();
        let connection = Connection::open("127.0.0.1".to_owned(), &Rc::new(Counters::default()));
        log.write(&connection, Some("shop"), "POST /x HTTP/1.1", Some(StatusCode::OK)).unwrap();
        log.write(&connection, None, "GET / HTTP/1.1", None).unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0].starts_with("127.0.0.1 - shop ["), "{text}");
        assert!(lines[0].ends_with("] \"POST /x HTTP/1.1\" 200 connection=1"), "{text}");
        assert!(lines[1].ends_with("\"GET / HTTP/1.1\" 000 connection=1"), "{text}");
    }

    #[test]
    fn the_time_is_written_as_cpanel_does() {
        let log = AccessLog::open(tempfile::NamedTempFile::new().unwrap().path()).unwrap();
        log.turn_to(Timestamp::from_second(86_400).unwrap());
        assert_eq!(log.stamp.borrow().text, "01/02/1970:00:00:00 -0000");
    }
}
