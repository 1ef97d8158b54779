//! What a terminal shows, with and without its colours, and what has scrolled away.

use crate::finding::Search;
use crate::terminal::Terminal;

/// The name of this detector.
pub(crate) const SCREEN: &str = "the screen";

/// Searches what can be seen and scrolled back to at this moment.
pub(crate) fn search(terminal: &Terminal, moment: &str, search: &mut Search) {
    for way in [&["-J"][..], &["-J", "-e"], &["-J", "-e", "-C"], &["-a", "-q"]] {
        let shown = terminal.shown(way);
        search.look(SCREEN, || format!("{moment} ({way:?})"), shown.replace('\n', "").as_bytes());
    }
}
