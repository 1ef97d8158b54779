//! Reports, read back: the same rows from CSV, workbook and JSON lines.

use std::fs;
use std::path::Path;

use calamine::{Data, Reader as _, open_workbook_auto};
use serde_json::Value;

/// The columns of a report.
pub const HEADER: [&str; 8] = ["row", "target", "outcome", "reason", "detail", "attempts", "elapsed_ms", "finished_at"];

/// One line of a report.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// The row of the list.
    pub row: u32,
    /// The address, or the account's name, as it was sent.
    pub target: String,
    /// What became of it.
    pub outcome: String,
    /// Why; empty for a plain success.
    pub reason: String,
    /// The panel's own words, as the report has them.
    pub detail: String,
    /// How often a change was sent or tried.
    pub attempts: u32,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
    /// When it was settled, RFC 3339.
    pub finished_at: String,
}

impl Row {
    /// What became of the row, without how long and how often that was tried.
    pub fn fate(&self) -> (u32, &str, &str, &str, &str) {
        (self.row, &self.target, &self.outcome, &self.reason, &self.detail)
    }
}

/// The rows of the report at `path`; its header must be the documented one.
pub(crate) fn read(path: &Path) -> Vec<Row> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending {
        "csv" => from_table(from_csv(path)),
        "xlsx" => from_table(from_xlsx(path)),
        "ndjson" => from_ndjson(path),
        _ => panic!("{} is no report", path.display()),
    }
}

fn from_csv(path: &Path) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).from_path(path);
    let records = reader.unwrap_or_else(|error| panic!("{}: {error}", path.display())).into_records();
    records.map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn from_xlsx(path: &Path) -> Vec<Vec<String>> {
    let mut workbook = open_workbook_auto(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let sheet = workbook.worksheet_range("rows").unwrap();
    sheet.rows().map(|cells| cells.iter().map(Data::to_string).collect()).collect()
}

fn from_table(table: Vec<Vec<String>>) -> Vec<Row> {
    let mut rows = table.into_iter();
    assert_eq!(rows.next().unwrap(), HEADER);
    rows.map(|cells| from_cells(cells.try_into().unwrap())).collect()
}

fn from_ndjson(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let row = |line: &str| {
        let object: Value = serde_json::from_str(line).unwrap();
        assert_eq!(object.as_object().unwrap().len(), HEADER.len(), "{line}");
        let known = |name: &str| object.get(name).unwrap_or_else(|| panic!("{line} has no {name}"));
        from_cells(HEADER.map(|name| if known(name).is_null() { String::new() } else { cell(known(name)) }))
    };
    text.lines().map(row).collect()
}

fn from_cells([row, target, outcome, reason, detail, attempts, elapsed_ms, finished_at]: [String; 8]) -> Row {
    Row {
        row: row.parse().unwrap(),
        target,
        outcome,
        reason,
        detail,
        attempts: attempts.parse().unwrap(),
        elapsed_ms: elapsed_ms.parse().unwrap(),
        finished_at,
    }
}
