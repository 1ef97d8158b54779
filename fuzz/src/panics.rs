//! Which panics are faults of ours.

use std::panic::{self, PanicHookInfo};

/// Ends the process at a panic in our own code, before any `catch_unwind` can hide it.
///
/// A panic within a library is left to the code that called the library. Core catches those of the library that reads workbooks, which
/// panics over some damaged ones; one that nobody catches ends the process all the same.
pub fn judge() {
    let fatal = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !is_a_librarys(panic) {
            fatal(panic);
        }
    }));
}

fn is_a_librarys(panic: &PanicHookInfo<'_>) -> bool {
    let file = panic.location().map_or("", |place| place.file());
    file.contains("/registry/src/") || file.starts_with("/rustc/")
}
