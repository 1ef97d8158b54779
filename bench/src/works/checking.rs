//! `cprekey check`, as several works measure it.

use std::path::Path;

use crate::bench::Bench;
use crate::sample::Process;

/// `check` of a list.
pub(crate) fn check(bench: &Bench, list: &Path) -> Process {
    Process::new(bench, &bench.program("cprekey")).argument("check").argument(list)
}

/// What it says where every row of a list can be changed.
pub(crate) fn told(rows: usize) -> String {
    format!("{rows} rows: {rows} to change")
}
