//! What keeps a program's memory to itself, from the first line of `main`.

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// Leaves no core dump, and lets no other process of the same user look into this one: neither its memory, nor its environment, nor its open
/// files. Root still can.
///
/// What is started from here has the limit too, and is else as it would be. Where the system refuses, the program goes on without.
pub fn harden() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _refused = setrlimit(Resource::Core, none);
    let _refused = set_dumpable_behavior(DumpableBehavior::NotDumpable);
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
