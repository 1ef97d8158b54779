//! The files on which it rests that nothing is lost and nothing told: what `cargo xtask coverage` and `cargo xtask mutants` hold to figures.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::shell::root;

/// The package that they belong to.
pub(crate) const PACKAGE: &str = "cprekey-core";

/// Files that do one thing together.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    /// Files, and folders of files, below [`SOURCES`].
    paths: &'static [&'static str],
    /// The beginnings of the names of those tests that show what they do.
    pub(crate) tests: &'static [&'static str],
}

const SOURCES: &str = "crates/core/src";

pub(crate) const GROUPS: &[Group] = &[
    Group { name: "journal", paths: &["journal"], tests: &["journal::"] },
    Group { name: "outcome", paths: &["outcome.rs", "run/verdict.rs", "run/proof.rs"], tests: &["outcome::", "run::"] },
    Group {
        name: "encoding",
        paths: &["api/form.rs", "list/encoding.rs"],
        tests: &["api::form::", "list::encoding::"],
    },
    Group {
        name: "redaction",
        paths: &[
            "text/redact.rs",
            "text/echo.rs",
            "text/escapes.rs",
            "text/entities.rs",
            "text/harmless.rs",
            "text/safe.rs",
        ],
        tests: &["text::"],
    },
];

impl Group {
    /// Its files, as paths from the project's root, in order; those with nothing but tests are none.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let mut files = Vec::new();
        for path in self.paths {
            collect(&format!("{SOURCES}/{path}"), &mut files)?;
        }
        files.sort_unstable();
        Ok(files)
    }
}

fn collect(path: &str, files: &mut Vec<String>) -> Result<()> {
    let place = root().join(path);
    if place.is_file() {
        files.extend(is_production(Path::new(path)).then(|| path.to_owned()));
        return Ok(());
    }
    let entries = fs::read_dir(&place).with_context(|| format!("there is no {path}"))?;
    for entry in entries {
        let name = entry?.file_name();
        let Some(name) = name.to_str() else { bail!("a name in {path} is not UTF-8") };
        collect(&format!("{path}/{name}"), files)?;
    }
    Ok(())
}

fn is_production(path: &Path) -> bool {
    let is_tests = path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")));
    !is_tests && path.extension().is_some_and(|ending| ending == "rs")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_files_and_no_tests() {
        for group in GROUPS {
            let files = group.files().unwrap();
            assert!(!files.is_empty(), "{}", group.name);
            assert!(files.iter().all(|file| root().join(file).is_file() && !file.contains("tests")), "{files:?}");
        }
    }

    #[test]
    fn files_of_tests_alone_are_left_out() {
        for (path, production) in [("a/b.rs", true), ("a/tests.rs", false), ("a/tests/b.rs", false), ("a/b.txt", false)]
        {
            assert_eq!(is_production(Path::new(path)), production, "{path}");
        }
    }
}
