//! What stands in the files of `fixtures/corpus`: cases, each a list and the verdict that `cprekey check` must give on it.

use serde::Deserialize;

use super::recipe::Recipe;

/// One list, and what must be said of it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Case {
    /// Its name, alone of its kind in its theme.
    pub name: String,
    /// What it shows.
    pub shows: String,
    /// The numbers in `docs/FAULTS.md` that it is for.
    pub faults: Vec<String>,
    /// How the list is made.
    pub list: Recipe,
    /// The name that the file is given, where the usual one does not do.
    pub file: Option<String>,
    /// How the list is handed over.
    #[serde(default)]
    pub way: Way,
    /// What stands on the command line beside the list.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether it wants far more memory than it has bytes: it must be refused within narrow bounds.
    #[serde(default)]
    pub bomb: bool,
    /// Whether it is too big for programs that were built for tests: `cargo xtask bombs` alone tries it.
    #[serde(default)]
    pub heavy: bool,
    /// What must be said of it.
    pub verdict: Verdict,
}

/// How a list is handed over.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// As a file.
    #[default]
    File,
    /// On standard input.
    Stdin,
    /// Through a named pipe.
    Fifo,
    /// Not at all: there is no such file.
    Missing,
    /// A directory stands in its place.
    Directory,
    /// A device that gives zeros without end stands in its place.
    Zeros,
}

/// What must be said of a list. What is left out must not be there.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Verdict {
    /// The exit code of `cprekey check`.
    pub exit: i32,
    /// Words of the error, where the list cannot be read at all.
    pub error: Option<String>,
    /// What is wrong with rows, as in `B2 not-text` for a workbook and `2 no-password` for a text.
    #[serde(default)]
    pub problems: Vec<String>,
    /// What a run sets, as in `2 anna@example.com Orchard#7`: the row, the address as it is sent, and the password exactly.
    #[serde(default)]
    pub sets: Vec<String>,
    /// How many changes there are, where `sets` does not list them.
    pub changes: Option<usize>,
    /// How many rows repeat an earlier one.
    #[serde(default)]
    pub repeats: usize,
    /// How many rows the user's filters leave out.
    #[serde(default)]
    pub skipped: usize,
    /// How many empty rows are passed over.
    #[serde(default)]
    pub empty: usize,
    /// Words of every warning.
    #[serde(default)]
    pub warns: Vec<String>,
}

/// One change that a run makes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Set<'a> {
    /// The row that says it.
    pub row: u32,
    /// The address as it is sent.
    pub address: &'a str,
    /// The new password.
    pub password: &'a str,
}

impl Verdict {
    /// The changes that a run makes.
    pub fn changes_made(&self) -> Vec<Set<'_>> {
        let set = |line: &'_ str| -> Option<(u32, usize)> {
            let (row, rest) = line.split_once(' ')?;
            let (address, _) = rest.split_once(' ')?;
            Some((row.parse().ok()?, row.len() + 1 + address.len()))
        };
        let change = |line| {
            let (row, end) = set(line).unwrap_or_else(|| panic!("{line:?} is not of the form `2 ADDRESS PASSWORD`"));
            let (_, address) = line[..end].split_once(' ').unwrap();
            Set { row, address, password: &line[end + 1..] }
        };
        self.sets.iter().map(String::as_str).map(change).collect()
    }
}
