//! What is written down of a run, read back by other hands: reports in every look, and the list of failed rows.
//!
//! The input is texts with a byte 0xFF between them: of each two, the first is a line's target and the second its detail; each is a password
//! too, where it can be one.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use calamine::{DataRef, Xlsx, open_workbook};
use cprekey_core::address::Address;
use cprekey_core::change::{Change, Passwords};
use cprekey_core::entry::Task;
use cprekey_core::line::Line;
use cprekey_core::list::{self, ListOptions, Source};
use cprekey_core::outcome::Outcome;
use cprekey_core::reason::Reason;
use cprekey_core::report::{FailedList, HEADER, ReportSummary, create};
use cprekey_core::summary::{Counts, Summary};
use cprekey_core::target::Target;
use cprekey_core::text::safe;
use cprekey_core::{ExposeSecret, SecretString};
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;

use crate::harmless::assert_harmless;

/// More lines than are needed to show how one bears on another.
const MOST_TEXTS: usize = 8;

/// Where files are in memory alone: a report is made sure to be on the disk, which would be all the work.
const MEMORY: &str = "/dev/shm";

/// Everything comes back as it was, but for what made it harmless.
pub fn run(input: &[u8]) {
    let texts: Vec<_> = input.split(|byte| *byte == 0xff).map(String::from_utf8_lossy).take(MOST_TEXTS).collect();
    let lines: Vec<Line> = (2..)
        .zip(texts.chunks(2))
        .map(|(row, texts)| line(row, &texts[0], texts.last().map_or("", |text| text)))
        .collect();
    let folder = folder();
    for (look, read) in [("report.csv", csv as fn(&Path, &[Line])), ("report.xlsx", xlsx), ("report.ndjson", ndjson)] {
        read(&written(&folder.path().join(look), &lines), &lines);
    }
    let passwords: Vec<&str> = texts.iter().map(AsRef::as_ref).filter(|text| can_be_a_password(text)).collect();
    failed(&folder.path().join("failed.csv"), &passwords);
}

fn folder() -> TempDir {
    let memory = Path::new(MEMORY);
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a folder")
}

fn line(row: u32, target: &str, detail: &str) -> Line {
    let number = row as usize + detail.len();
    Line {
        row,
        target: target.to_owned(),
        outcome: Outcome::ALL[number % Outcome::ALL.len()],
        reason: Reason::ALL.get(number).copied(),
        detail: detail.to_owned(),
        attempts: row,
        elapsed: Duration::from_millis(u64::from(row) * 1001),
        finished_at: Timestamp::UNIX_EPOCH,
    }
}

fn written(path: &Path, lines: &[Line]) -> PathBuf {
    let run = Summary {
        run: "run".to_owned(),
        counts: Counts::default(),
        cause: None,
        started_at: Timestamp::UNIX_EPOCH,
        finished_at: Timestamp::UNIX_EPOCH,
    };
    let foreign = lines.first().map_or("", |line| &line.detail);
    let summary = ReportSummary { run: &run, host: foreign, user: foreign, list: foreign, insecure: false };
    let mut report = create(path).expect("a report is begun");
    for line in lines {
        report.line(line).expect("a line is written");
    }
    report.finish(&summary).expect("a report is ended").path.expect("it stands there")
}

/// What the fields of a line must be, as texts.
fn fields(line: &Line) -> [String; HEADER.len()] {
    [
        line.row.to_string(),
        safe(&line.target).into_owned(),
        line.outcome.word().to_owned(),
        line.reason.map_or("", Reason::word).to_owned(),
        safe(&line.detail).into_owned(),
        line.attempts.to_string(),
        line.elapsed.as_millis().to_string(),
        "1970-01-01T00:00:00.000Z".to_owned(),
    ]
}

fn csv(path: &Path, lines: &[Line]) {
    let mut reader = csv::Reader::from_path(path).expect("a report is there");
    assert_eq!(reader.headers().expect("a header"), HEADER.as_slice());
    let records: Vec<_> = reader.records().map(|record| record.expect("a record")).collect();
    assert_eq!(records.len(), lines.len());
    for (record, line) in records.iter().zip(lines) {
        assert_eq!(record.len(), HEADER.len());
        for (cell, field) in record.iter().zip(fields(line)) {
            assert_no_formula(cell);
            assert_disarmed(cell, &field);
        }
    }
}

/// No cell is a formula, and none that a spreadsheet makes of it where semicolons separate.
fn assert_no_formula(cell: &str) {
    assert_harmless(cell);
    for part in cell.split(';') {
        let begin = part.trim_start_matches([' ', '\u{a0}', '"']).chars().next();
        assert!(!begin.is_some_and(begins_a_formula), "{cell:?}");
    }
}

const fn begins_a_formula(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// The cell is the field, with an apostrophe before what would begin a formula and nothing else added.
fn assert_disarmed(cell: &str, field: &str) {
    let mut written = cell.chars().peekable();
    for letter in field.chars() {
        let next = written.next();
        if next == Some(letter) {
            continue;
        }
        assert!(
            next == Some('\'') && begins_a_formula(letter) && written.next() == Some(letter),
            "{cell:?} of {field:?}"
        );
    }
    assert_eq!(written.next(), None, "{cell:?} of {field:?}");
}

fn xlsx(path: &Path, lines: &[Line]) {
    let mut workbook: Xlsx<_> = open_workbook(path).expect("a workbook");
    let mut cells = workbook.worksheet_cells_reader("rows").expect("a sheet");
    let mut rows = vec![<[String; HEADER.len()]>::default(); lines.len() + 1];
    while let Some(cell) = cells.next_cell_with_formula().expect("a cell") {
        assert_eq!(cell.formula, None);
        rows[cell.pos.0 as usize][cell.pos.1 as usize] = match cell.value {
            DataRef::Float(number) => number.to_string(),
            DataRef::String(text) => text,
            DataRef::SharedString(text) => text.to_owned(),
            DataRef::Empty => String::new(),
            other => panic!("{other:?}"),
        };
    }
    assert_eq!(rows[0], HEADER);
    for (row, line) in rows[1..].iter().zip(lines) {
        assert_eq!(*row, fields(line));
    }
}

fn ndjson(path: &Path, lines: &[Line]) {
    let text = fs::read_to_string(path).expect("a report is there");
    assert_eq!(text.lines().count(), lines.len());
    for (text, line) in text.lines().zip(lines) {
        let object: Value = serde_json::from_str(text).expect("an object");
        for (name, field) in HEADER.into_iter().zip(fields(line)) {
            let said = match &object[name] {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            assert_eq!(said, field, "{name}");
        }
    }
}

/// Whether a list can hold the password, if spaces are allowed.
fn can_be_a_password(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control) && text.encode_utf16().count() <= 32_767
}

/// The list of failed rows is read back by our own reader as the same changes.
fn failed(path: &Path, passwords: &[&str]) {
    let targets: Vec<Target> = (0..passwords.len()).map(target).collect();
    let mut failed = FailedList::create(path).expect("a list is begun");
    for (index, (target, password)) in targets.iter().zip(passwords).enumerate().rev() {
        let passwords = Passwords::from(SecretString::from(*password));
        failed.add(index, &Change { target, account: None, passwords: &passwords });
    }
    let Some(path) = failed.finish().expect("a list is ended").path else {
        return assert!(passwords.is_empty());
    };
    // Where all passwords look like addresses, the reader asks whether the columns are swapped, unless it is told.
    let columns = "email=email,password=password".parse().expect("columns");
    let options = ListOptions { allow_spaces: true, columns, ..ListOptions::default() };
    let list = list::read(&Source::File(path), &options).expect("our own list is read");
    assert_eq!(list.entries.len(), passwords.len());
    for ((entry, target), password) in list.entries.iter().zip(&targets).zip(passwords) {
        let Task::Change(passwords) = &entry.task else { panic!("{password:?} became {:?}", entry.task) };
        assert_eq!((entry.target.as_ref(), passwords.new.expose_secret()), (Some(target), *password));
    }
}

fn target(index: usize) -> Target {
    Address::parse(&format!("m{index}@example.com")).expect("an address").into()
}
