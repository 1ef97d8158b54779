//! Writes: to files, to pipes and to sockets, whose bytes must tell nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::allowed::Allowed;
use crate::finding::Search;
use crate::trace::{Call, Trace};

/// The name of this detector.
pub(crate) const WRITES_DETECTOR: &str = "writes";

/// What stands for the standard input of another program, where secrets may be by right.
pub(crate) const INPUT: &str = "standard input";

/// The system calls whose bytes strace shows.
pub(crate) const WRITES: [&str; 8] =
    ["write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg"];

/// Those whose bytes nobody sees, so that there must be none.
const UNSEEN: [&str; 7] =
    ["sendfile", "splice", "tee", "vmsplice", "copy_file_range", "io_uring_setup", "process_vm_writev"];

/// Searches what the watched program wrote, all that went to one place as one text. Passed over are the standard input of what it
/// started, and the files that are there to hold passwords, which must be for their owner alone from their first moment on.
///
/// A socket to the panel is not passed over: what goes there is to be ciphertext.
pub(crate) fn search(trace: &Trace, allowed: &Allowed, search: &mut Search) {
    for call in trace.of(&UNSEEN).filter(|call| trace.is_ours(call) && !call.line.contains(" = -1 ")) {
        search.require(false, WRITES_DETECTOR, &call.line, "nobody sees what that writes");
    }
    let inputs = inputs_of_others(trace);
    for (target, (bytes, count)) in streams(trace) {
        search.places += count - 1;
        let name = name_in_the_end(trace, target);
        if inputs.contains(target) {
            search.finds_by_right(INPUT, &bytes);
        } else if !allowed.may_hold_secrets(&name) {
            search.look(WRITES_DETECTOR, || target.to_owned(), &bytes);
        } else if search.finds_by_right(&name, &bytes) {
            search.require(is_made_private(trace, target), WRITES_DETECTOR, &name, "not made for its owner alone");
            search.require(is_well_kept(&name, allowed), WRITES_DETECTOR, &name, "left, or left for others to read");
        }
    }
}

/// All that the watched program wrote to each place, and in how many calls.
fn streams(trace: &Trace) -> BTreeMap<&str, (Vec<u8>, usize)> {
    let mut streams: BTreeMap<_, (Vec<u8>, usize)> = BTreeMap::new();
    for call in trace.of(&WRITES).filter(|call| trace.is_ours(call)) {
        let (bytes, count) = streams.entry(call.target()).or_default();
        bytes.extend(call.strings().concat().concat());
        *count += 1;
    }
    streams
}

/// The pipes and sockets that are the standard input of a program which the watched one started.
fn inputs_of_others(trace: &Trace) -> BTreeSet<&str> {
    let others: BTreeSet<_> = trace.calls.iter().filter(|call| !trace.is_ours(call)).map(|call| call.process).collect();
    let inputs = trace.of(&["dup2", "dup3"]).filter(|call| others.contains(&call.process) && becomes_input(call));
    inputs.map(Call::target).filter(|target| !target.starts_with('/')).collect()
}

/// Whether its second descriptor is standard input.
fn becomes_input(call: &Call) -> bool {
    let second = call.line.split(">, ").nth(1).unwrap_or_default();
    ["0<", "0)", "0,"].iter().any(|input| second.starts_with(input))
}

/// The name that a file has after all renaming.
fn name_in_the_end(trace: &Trace, target: &str) -> String {
    let mut name = target.to_owned();
    for call in trace.of(&["rename", "renameat", "renameat2"]) {
        if let [from, to] = &call.strings().concat()[..]
            && is_named(&name, from)
        {
            name = String::from_utf8_lossy(to).into_owned();
        }
    }
    name
}

/// Whether a call that names a file so means the file that lies there.
fn is_named(file: &str, name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name);
    Path::new(file).ends_with(name.trim_start_matches("./"))
}

/// Whether a file was new when it was made, and its owner's alone.
fn is_made_private(trace: &Trace, file: &str) -> bool {
    trace.of(&["open", "openat"]).any(|call| {
        let is_it = call.strings().concat().first().is_some_and(|name| is_named(file, name));
        is_it && call.line.contains("O_CREAT|O_EXCL") && call.line.contains(", 0600)")
    })
}

/// Whether a file is gone, or is there for its owner alone where it is to stay.
fn is_well_kept(name: &str, allowed: &Allowed) -> bool {
    match fs::metadata(allowed.path(name)) {
        Ok(found) => allowed.stays(name) && found.mode() & 0o777 == 0o600,
        Err(_) => true,
    }
}
