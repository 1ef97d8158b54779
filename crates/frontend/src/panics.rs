//! What a panic shows: where it was, and nothing of what was in memory there.

use std::io::{self, Write};
use std::panic::{self, UnwindSafe};

use crate::exit::Exit;

/// Runs a program so that a bug in it ends with [`Exit::Failed`] and shows its place in the source only.
pub fn contain(program: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| String::from("an unknown place"), ToString::to_string);
        let _gone = writeln!(io::stderr().lock(), "error: a bug in this program, at {place}\n help: please report it");
    }));
    panic::catch_unwind(program).unwrap_or(Exit::Failed)
}

#[cfg(test)]
#[expect(clippy::panic, reason = "it is what is tested")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure() {
        assert_eq!(contain(|| panic!("S3CRET")), Exit::Failed);
        assert_eq!(contain(|| Exit::Done), Exit::Done);
    }
}
