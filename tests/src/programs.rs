//! Where the programs are that the tests start: beside the tests themselves.

use std::path::PathBuf;

/// The program of that name, as it was built last.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    // target/debug/deps/black_box-0123 stands one folder below target/debug/cprekey.
    let folder = test.ancestors().nth(2).unwrap();
    let path = folder.join(name);
    assert!(path.is_file(), "{} is not there: run `cargo xtask test`, which builds it first", path.display());
    path
}
