//! All that happened in a run, in order, with its time: what two runs of one seed must agree on.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hasher as _};

use crate::clock;

#[derive(Debug, Default)]
pub(crate) struct Log(RefCell<Vec<String>>);

impl Log {
    /// Notes what happens now.
    pub(crate) fn add(&self, what: &str) {
        self.0.borrow_mut().push(format!("{:>9.3} {what}", clock::elapsed().as_secs_f64()));
    }

    pub(crate) fn lines(self) -> Vec<String> {
        self.0.into_inner()
    }
}

/// One number for all lines.
pub(crate) fn hash(lines: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for line in lines {
        hasher.write(line.as_bytes());
        hasher.write_u8(b'\n');
    }
    hasher.finish()
}
