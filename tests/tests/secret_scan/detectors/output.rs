//! What a program writes to standard output and standard error: summaries, warnings, events.

use crate::finding::Search;

/// The name of this detector.
pub(crate) const OUTPUT: &str = "output";

/// Searches what a program said, line by line and across lines.
pub(crate) fn search(stdout: &str, stderr: &str, search: &mut Search) {
    for (name, text) in [("standard output", stdout), ("standard error", stderr)] {
        for line in text.lines() {
            search.look(OUTPUT, || name.to_owned(), line.as_bytes());
        }
        search.look(OUTPUT, || format!("{name}, all of it"), text.replace('\n', "").as_bytes());
    }
}
