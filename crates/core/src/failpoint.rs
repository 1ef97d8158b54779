//! Places where a test makes a program break while it holds secrets, to see what a bug there would show of them.
//!
//! Only the feature `failpoints` puts anything behind them, and no build that is given to users has it. The front end arms one of them with
//! what the variable `CPREKEY_FAILPOINT` says.

#[cfg(all(feature = "failpoints", not(debug_assertions)))]
compile_error!("the feature failpoints breaks programs on purpose: it is for tests, and no release has it");

/// Every place; `fixtures/failpoints.txt` lists the same.
pub const NAMES: &[&str] = &[
    "token-file",
    "token-command",
    "token-environment",
    "token-prompt",
    "list-delimited",
    "list-simple",
    "list-xlsx",
    "list-xlsb",
    "list-grid",
    "list-understand",
    "list-gather",
    "list-problems",
    "preflight",
    "plan",
    "plan-look",
    "question",
    "run-take",
    "run-change",
    "run-batch",
    "run-settle",
    "form",
    "https-credential",
    "https-request",
    "https-body",
    "https-answer",
    "command-json",
    "command-word",
    "command-file",
    "command-input",
    "command-output",
    "redact",
    "report-line",
    "report-finish",
    "failed-row",
    "failed-write",
    "log",
    "progress",
    "events",
    "summary",
    "cpapi2-line",
    "cpapi2-source",
    "cpapi2-input",
    "cpapi2-call",
    "cpapi2-answer",
    "cpapi2-print",
];

#[cfg(not(feature = "failpoints"))]
pub use absent::{failpoint, remember};
#[cfg(feature = "failpoints")]
pub use armed::{arm, failpoint, remember};

/// What stands at every place of a build without the feature: nothing.
#[cfg(not(feature = "failpoints"))]
mod absent {
    use secrecy::SecretString;

    /// Does nothing.
    #[inline]
    pub const fn failpoint(_name: &str, _held: &[u8]) {}

    /// Does nothing.
    #[inline]
    pub const fn remember(_secret: &SecretString) {}
}

/// What stands there in a build with it.
#[cfg(feature = "failpoints")]
mod armed {
    use std::sync::{Mutex, OnceLock, PoisonError};

    use secrecy::{ExposeSecret, SecretString};

    use crate::failpoint::NAMES;

    static ARMED: OnceLock<Armed> = OnceLock::new();
    static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

    /// The secrets that are kept to be shown; more would tell no more.
    const KEPT: usize = 16;

    struct Armed {
        name: String,
        aborts: bool,
    }

    /// Arms a place: `NAME` panics there, `abort:NAME` ends the process by its signal. Says whether there is such a place.
    pub fn arm(text: &str) -> bool {
        let (aborts, name) = text.strip_prefix("abort:").map_or((false, text), |name| (true, name));
        NAMES.contains(&name) && ARMED.set(Armed { name: name.to_owned(), aborts }).is_ok()
    }

    /// Breaks where this place is armed, with what is held here and every secret that the program has seen so far in its message.
    ///
    /// # Panics
    ///
    /// That is what it is for.
    #[expect(clippy::panic, reason = "it is what the feature is for")]
    #[track_caller]
    pub fn failpoint(name: &str, held: &[u8]) {
        debug_assert!(NAMES.contains(&name), "{name} is not in the list of places");
        let Some(armed) = ARMED.get().filter(|armed| armed.name == name) else { return };
        let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner).join(" ");
        let message = format!("{name} holds {} and {seen}", String::from_utf8_lossy(held));
        if armed.aborts {
            std::process::abort();
        }
        panic!("{message}");
    }

    /// Keeps a secret in memory, for the message of a place that holds none itself.
    pub fn remember(secret: &SecretString) {
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() < KEPT {
            seen.push(secret.expose_secret().to_owned());
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::NAMES;

    #[test]
    fn the_list_for_those_who_break_it_names_every_place() {
        let listed: Vec<&str> = include_str!("../../../fixtures/failpoints.txt").lines().collect();
        assert_eq!(listed, NAMES);
    }

    /// The text of every source below a folder.
    fn sources(folder: &Path) -> String {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let text = |path: &Path| if path.is_dir() { sources(path) } else { fs::read_to_string(path).unwrap() };
        entries.map(|path| text(&path)).collect()
    }

    #[test]
    fn every_place_is_there_once() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text: String =
            ["core", "frontend", "cli", "cpapi2"].iter().map(|name| sources(&crates.join(name).join("src"))).collect();
        for name in NAMES {
            assert_eq!(text.matches(&format!("failpoint(\"{name}\"")).count(), 1, "{name}");
        }
    }
}
