//! Core dumps: what a program that is killed may leave of its memory.

use crate::finding::Search;
use crate::trace::Trace;

/// The name of this detector.
pub(crate) const DUMPS: &str = "core dumps";

/// Looks at how every process of the watched program ended. The system says so of a dump also where it goes to a program of its own,
/// and lies in no file here.
pub(crate) fn search(trace: &Trace, search: &mut Search) {
    for call in trace.of(&["+++"]).filter(|call| trace.is_ours(call)) {
        search.require(!call.line.contains("core dumped"), DUMPS, &call.program, &call.line);
    }
}
