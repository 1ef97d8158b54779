//! What a run has left: its journal, what it told, and its report.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What the newest journal in a state folder says; nothing of it is checked here.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// How many rows the run has, where it says so.
    pub(crate) announced: Option<usize>,
    /// The number and the target of every row.
    pub(crate) rows: Vec<(u64, String)>,
    /// The rows, by index, that may have been changed.
    pub(crate) intended: BTreeSet<usize>,
    /// The outcomes, by index.
    pub(crate) outcomes: BTreeMap<usize, String>,
    /// How many sessions have ended.
    pub(crate) ends: usize,
}

impl Journal {
    /// Reads it, as far as its lines are whole.
    pub(crate) fn read(state: &Path) -> Self {
        let mut journal = Self::default();
        let Ok(entries) = fs::read_dir(state.join("cprekey/runs")) else { return journal };
        let Some(path) = entries.map(|entry| entry.unwrap().path()).max() else { return journal };
        for line in lines(&path) {
            journal.take(&line);
        }
        journal
    }

    fn take(&mut self, line: &Value) {
        let index = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        match line["kind"].as_str().unwrap() {
            "begun" => self.announced = Some(index(&line["rows"])),
            "rows" => {
                let row = |row: &Value| (row[0].as_u64().unwrap(), row[1].as_str().unwrap().to_owned());
                self.rows.extend(line["rows"].as_array().unwrap().iter().map(row));
            }
            "intent" => self.intended.extend(line["rows"].as_array().unwrap().iter().map(index)),
            "outcomes" => {
                let settled = |row: &Value| (index(&row[0]), row[1].as_str().unwrap().to_owned());
                self.outcomes.extend(line["rows"].as_array().unwrap().iter().map(settled));
            }
            "ended" => self.ends += 1,
            _ => {}
        }
    }

    /// Whether it can be gone on with: the list stands in it whole.
    pub(crate) fn is_begun(&self) -> bool {
        self.announced == Some(self.rows.len())
    }

    /// The targets that may be changed at any time: an intent is there, and no outcome.
    pub(crate) fn in_flight(&self) -> BTreeSet<&str> {
        let open = self.intended.iter().filter(|index| !self.outcomes.contains_key(index));
        open.filter_map(|&index| Some(self.rows.get(index)?.1.as_str())).collect()
    }

    /// The targets for which there is an intent.
    pub(crate) fn intended(&self) -> BTreeSet<&str> {
        self.intended.iter().filter_map(|&index| Some(self.rows.get(index)?.1.as_str())).collect()
    }

    /// The outcome of the row of this number.
    pub(crate) fn outcome(&self, row: u64) -> Option<&str> {
        let index = self.rows.iter().position(|known| known.0 == row)?;
        self.outcomes.get(&index).map(String::as_str)
    }
}

/// The number and the outcome of every row of which the events on a standard output tell.
pub(crate) fn told(stdout: &Path) -> Vec<(u64, String)> {
    let settled = lines(stdout).into_iter().filter(|event| event["event"] == "settled");
    settled.map(|event| (event["row"].as_u64().unwrap(), event["outcome"].as_str().unwrap().to_owned())).collect()
}

/// The lines of a file that are whole, be it without a line end; no file has none. What stands behind them is passed over.
fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read(path).unwrap_or_default();
    let lines = text.split(|&byte| byte == b'\n').map(|line| line.split(|&byte| byte == 0).next().unwrap_or_default());
    lines.map_while(|line| serde_json::from_slice(line).ok()).collect()
}

/// The rows of a report: of each its number, its target and its outcome.
pub(crate) type Rows = Vec<(u64, String, String)>;

/// The rows of a CSV report; nothing where there is none.
pub(crate) fn report(path: &Path) -> Option<Rows> {
    let records = csv::Reader::from_path(path).ok()?.into_records().map(Result::unwrap);
    Some(records.map(|cells| (cells[0].parse().unwrap(), cells[1].to_owned(), cells[2].to_owned())).collect())
}
