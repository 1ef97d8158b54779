//! Panics, which show where they were and nothing of what was there.

use crate::finding::Search;

/// The name of this detector.
pub(crate) const PANICS: &str = "panics";

/// The words of a message or a backtrace.
const TELLTALES: [&str; 4] = ["panicked at", "stack backtrace", "RUST_BACKTRACE", "Traceback"];

/// Searches what a program said that panicked: neither its message, nor who called whom, nor a secret.
pub(crate) fn search(said: &str, search: &mut Search) {
    for telltale in TELLTALES {
        search.require(!said.contains(telltale), PANICS, "what it said", telltale);
    }
    for line in said.lines() {
        search.look(PANICS, || "what it said".to_owned(), line.as_bytes());
    }
}
