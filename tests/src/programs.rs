//! Where the programs are that the tests start: beside the tests themselves, and what was brought for them.

use std::path::PathBuf;

/// The program of that name, as it was built last.
pub fn program(name: &str) -> PathBuf {
    // target/debug/deps/black_box-0123 stands one folder below target/debug/cprekey.
    let path = above_this_test(2).join(name);
    assert!(path.is_file(), "{} is not there: run `cargo xtask test`, which builds it first", path.display());
    path
}

/// The program of that name, built with the feature `failpoints`, in which it can be told to panic.
pub fn program_with_failpoints(name: &str) -> PathBuf {
    let path = above_this_test(3).join("failpoints/debug").join(name);
    assert!(path.is_file(), "{} is not there: run `cargo xtask secret-scan`, which builds it first", path.display());
    path
}

/// The program of that name, built with the feature `unsynced`: what it writes outlives no power cut.
pub fn program_without_sync(name: &str) -> PathBuf {
    let path = above_this_test(3).join("unsynced/debug").join(name);
    assert!(
        path.is_file(),
        "{} is not there: run `cargo xtask crash --mode power`, which builds it first",
        path.display()
    );
    path
}

/// A file of the clients that are not ours, by its path in `target/clients`.
pub fn client(name: &str) -> PathBuf {
    let path = above_this_test(3).join("clients").join(name);
    assert!(path.exists(), "{} is not there: run `cargo xtask test`, which brings it first", path.display());
    path
}

fn above_this_test(folders: usize) -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(folders).unwrap().to_owned()
}
