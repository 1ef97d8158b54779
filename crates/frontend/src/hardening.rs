//! What keeps a program's memory to itself, from the first line of `main`.

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

use crate::memory;

/// Leaves no core dump, lets no other process of the same user look into this one, neither into its memory nor its environment nor its open
/// files, and keeps its memory out of the swap space where no limit forbids that. Root still can look.
///
/// What is started from here has the limit on cores too, and is else as it would be. Where the system refuses, the program goes on without.
pub fn harden() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _refused = setrlimit(Resource::Core, none);
    let _refused = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    memory::lock_everything();
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use rustix::process::{dumpable_behavior, getrlimit};

    use super::*;

    /// SEC-10: no core is dumped, whatever the limit was before.
    #[test]
    fn a_hardened_program_leaves_no_core() {
        harden();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
