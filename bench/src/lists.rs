//! The lists that are measured: made once, and kept in `target/bench`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::bench::Bench;
use crate::shell::{note, output_of};

/// Where they are kept. What `make_list` writes otherwise than before goes into a folder of another number.
const FOLDER: &str = "lists-2";

/// What a list is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A workbook whose texts stand in one table that all cells share, as Excel writes it.
    Shared,
    /// A workbook whose texts stand in its cells.
    Inline,
    /// A CSV.
    Csv,
}

/// How many domains the addresses of a list have.
pub(crate) const DOMAINS: usize = 20;

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Inline => "inline",
            Self::Csv => "csv",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Shared | Self::Inline => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// A list with a header and so many rows of an address and a password, all of them different, and one of some hundred names; for its user alone.
/// The addresses are `user1@…`, `user2@…` and so on, in so many domains by turns; with one domain that is `example.com`.
///
/// # Errors
///
/// Where it cannot be made.
pub(crate) fn list(bench: &Bench, kind: Kind, rows: usize, domains: usize) -> Result<PathBuf> {
    let folder = bench.folder().join(FOLDER);
    fs::create_dir_all(&folder).context("the folder of the lists cannot be made")?;
    let path = folder.join(format!("{}-{rows}-{domains}.{}", kind.name(), kind.ending()));
    if !path.exists() {
        note(&format!("making {}", path.display()));
        let unfinished = path.with_extension("unfinished");
        let mut make = Command::new(bench.program("make_list"));
        let sizes = [rows.to_string(), domains.to_string()];
        output_of(make.arg(kind.name()).args(sizes).arg(&unfinished))?;
        fs::rename(&unfinished, &path).context("the list cannot be named")?;
    }
    Ok(path)
}
