//! What becomes of a run that is killed, whose power fails, whose disk says no, or that is started fifty times at once: nothing is lost, nothing is
//! doubled, everything is told.
//!
//! `cargo xtask crash`, `torture`, `lock-race` and `journal-torture` build what this needs, run it, and say the sum. A followed program is stopped at
//! every system call, so that "at every moment" means just that. Root is needed: for whoever is not, a hardened program's files cannot be told.

#![cfg(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod chance;
mod damage;
mod fault;
mod follow;
mod image;
mod judge;
mod kill;
mod left;
mod lock_race;
mod power;
mod scene;
mod sum;
mod torture;
mod workers;
