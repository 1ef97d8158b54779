//! Additions to cargo that the chores start: brought into the project's own folder, one version of each.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::shell::{cargo, root, say};

/// An addition to cargo: a crate with a program of the same name.
pub(crate) struct Addition {
    name: &'static str,
    version: &'static str,
}

/// Builds and runs fuzz targets.
pub(crate) const FUZZ: Addition = Addition { name: "cargo-fuzz", version: "0.13.2" };

/// Tells which lines tests run.
pub(crate) const LLVM_COV: Addition = Addition { name: "cargo-llvm-cov", version: "0.9.1" };

/// Breaks the code in one place after another, and tells which tests notice.
pub(crate) const MUTANTS: Addition = Addition { name: "cargo-mutants", version: "27.1.0" };

/// Brings an addition where it is not there yet, and says where its program is.
pub(crate) fn bring(addition: &Addition) -> Result<PathBuf> {
    let Addition { name, version } = addition;
    let folder = root().join("target/tools");
    let program = folder.join("bin").join(name);
    let register = fs::read_to_string(folder.join(".crates.toml")).unwrap_or_default();
    if !(program.is_file() && is_registered(&register, addition)) {
        say(&format!("tools: bringing {name} {version}"));
        let folder = folder.to_str().context("the project's path is not UTF-8")?;
        cargo(&["install", name, "--version", version, "--locked", "--quiet", "--force", "--root", folder], &[])?;
    }
    Ok(program)
}

/// Whether cargo has noted that this very version is there.
fn is_registered(register: &str, addition: &Addition) -> bool {
    register.contains(&format!("\"{} {} (", addition.name, addition.version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_not_the_one_that_is_wanted() {
        let register = "[v1]\n\"cargo-fuzz 0.13.2 (registry+https://registry.example/index)\" = [\"cargo-fuzz\"]\n";
        assert!(is_registered(register, &Addition { name: "cargo-fuzz", version: "0.13.2" }));
        assert!(!is_registered(register, &Addition { name: "cargo-fuzz", version: "0.13.20" }));
        assert!(!is_registered(register, &Addition { name: "cargo-fuzz", version: "0.13.1" }));
        assert!(!is_registered("", &FUZZ));
    }
}
