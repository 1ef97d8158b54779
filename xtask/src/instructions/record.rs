//! What is on record: how many instructions each work took when that was last accepted.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::shell::{root, say};

/// Where it stands, from the project's root.
pub(super) const PATH: &str = "bench/instructions.toml";

const HEAD: &str = "# How many instructions a few works of cprekey take, as callgrind counts them. `cargo xtask instructions` fails where one of them takes over\n\
                    # 3 % more; `cargo xtask instructions --record` writes this file, as root: else memory is locked page by page, by more instructions.\n\n";

/// What is on record.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// The versions of the compiler and of valgrind.
    pub(super) made_with: String,
    /// The instructions of each work, by its name.
    pub(super) instructions: BTreeMap<String, u64>,
}

impl Record {
    /// Reads it.
    pub(super) fn read() -> Result<Self> {
        let text = fs::read_to_string(root().join(PATH)).with_context(|| format!("{PATH} cannot be read"))?;
        toml::from_str(&text).with_context(|| format!("{PATH} is no record of instructions"))
    }

    /// Writes it.
    pub(super) fn write(&self) -> Result<()> {
        let text = HEAD.to_owned() + &toml::to_string(self)?;
        fs::write(root().join(PATH), text).with_context(|| format!("{PATH} cannot be written"))?;
        say(&format!("instructions: {PATH} is renewed; say in the commit why"));
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::work::Work;
    use super::*;

    #[test]
    fn what_is_on_record_are_the_works() {
        let record = Record::read().unwrap();
        let mut names = Work::ALL.map(Work::name);
        names.sort_unstable();
        assert!(record.instructions.keys().eq(&names), "{record:?}");
        assert!(record.made_with.contains("rustc ") && record.made_with.contains("valgrind"), "{record:?}");
    }
}
