//! The panel's logs: request lines, and the command lines of local programs.

use cprekey_tests::Panel;

use crate::finding::Search;

/// The name of this detector.
pub(crate) const SERVER: &str = "the panel's logs";

/// Searches both logs.
pub(crate) fn search(panel: &Panel, search: &mut Search) {
    for line in panel.access_log() {
        search.look(SERVER, || "access log".to_owned(), line.as_bytes());
    }
    for line in panel.command_log_text().lines() {
        search.look(SERVER, || "command log".to_owned(), line.as_bytes());
    }
}
