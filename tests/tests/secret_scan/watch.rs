//! A run that is watched from its beginning to its end.

use cprekey_tests::{Invocation, Panel, Place, Run};
use tempfile::TempDir;

use crate::allowed::Allowed;
use crate::detectors::{connections, dumps, files, names, output, processes, server, writes};
use crate::finding::Search;
use crate::tally;
use crate::trace::{STRACE, Trace};

/// A run of which everything is kept that could be seen of it.
pub(crate) struct Watched {
    /// What it wrote, and how it ended.
    pub(crate) run: Run,
    /// What the system saw of it.
    pub(crate) trace: Trace,
}

/// Runs a program to its end with core dumps allowed, and watches it.
pub(crate) fn watch(invocation: Invocation<'_>) -> Watched {
    let (line, folder) = watching();
    let run = invocation.watched(&line).start().end();
    Watched { trace: Trace::read(folder.path()), run }
}

/// A line of shell that watches a program in the place of `{}`, and the folder to which the trace goes.
pub(crate) fn watching() -> (String, TempDir) {
    // Not within the place: the trace has all that was written, to pipes too.
    let folder = tempfile::tempdir().unwrap();
    let strace = STRACE.replace("{}", folder.path().to_str().unwrap());
    (format!("ulimit -c unlimited; exec {strace} {{}}"), folder)
}

/// Takes every detector over a run, all that it left included.
pub(crate) fn search(watched: &Watched, place: &Place, panel: &Panel, allowed: &Allowed, search: &mut Search) {
    let Watched { run, trace } = watched;
    output::search(&run.stdout, &run.stderr, search);
    search_trace(trace, panel, allowed, search);
    search_left(place, panel, search);
}

/// Takes the detectors over what the system saw.
pub(crate) fn search_trace(trace: &Trace, panel: &Panel, allowed: &Allowed, search: &mut Search) {
    processes::search(trace, allowed.variables, search);
    names::search(trace, search);
    writes::search(trace, allowed, search);
    connections::search(trace, &[panel.cpanel_port(), panel.whm_port()], search);
    dumps::search(trace, search);
}

/// Takes the detectors over what is left.
pub(crate) fn search_left(place: &Place, panel: &Panel, search: &mut Search) {
    server::search(panel, search);
    files::search(place, search);
}

/// Notes what was searched; panics where something was found.
pub(crate) fn assert_clean(search: &Search) {
    tally::looked(search.places, search.findings.len());
    let findings: Vec<_> = search.findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{} leaks:\n{}", findings.len(), findings.join("\n"));
}
