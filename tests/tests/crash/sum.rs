//! How much of a test is wanted, and what it says at its end.

use std::env;
use std::fs;

/// How much of what went wrong is shown.
const SHOWN: usize = 20;

/// How much of a test is wanted, by the variable of this name; `least` where nobody says it.
pub(crate) fn size(name: &str, least: usize) -> usize {
    env::var(name).map_or(least, |text| text.parse().unwrap())
}

/// From what chance is taken.
pub(crate) fn seed() -> u64 {
    u64::try_from(size("CPREKEY_CRASH_SEED", 1)).unwrap()
}

/// Says the closing line: on standard error, and where the chore looks for it. Panics where something went wrong, and shows the first of it.
pub(crate) fn close(line: &str, wrong: &[String]) {
    let shown: Vec<_> = wrong.iter().take(SHOWN).map(String::as_str).collect();
    if let Some(path) = env::var_os("CPREKEY_CRASH_LINE") {
        fs::write(path, line).unwrap();
    }
    assert!(wrong.is_empty(), "{line}: {} wrong:\n  {}", wrong.len(), shown.join("\n  "));
}
