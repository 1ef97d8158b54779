//! Names of files, and whatever else a system call says to the system and to nobody's descriptor.

use crate::finding::Search;
use crate::trace::Trace;

use super::writes::WRITES;

/// The name of this detector.
pub(crate) const NAMES: &str = "names";

/// Searches the strings of every call that neither starts a program nor writes.
pub(crate) fn search(trace: &Trace, search: &mut Search) {
    for call in &trace.calls {
        if call.name.starts_with("exec") || WRITES.contains(&call.name.as_str()) {
            continue;
        }
        for text in call.strings().concat() {
            search.look(NAMES, || format!("{} of {}", call.name, call.program), &text);
        }
    }
}
