//! Every look of a report, read back by other hands.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use calamine::{DataRef, Xlsx, open_workbook};
use jiff::Timestamp;
use tempfile::TempDir;

use super::create;
use crate::line::Line;
use crate::outcome::Outcome;
use crate::reason::Reason;
use crate::report::error::ReportError;
use crate::report::joint::HEADER;
use crate::report::summary::ReportSummary;
use crate::summary::{Counts, Summary};

/// What attackers put into cells (OWASP, "CSV Injection", and its variants), one a line.
const PAYLOADS: &str = include_str!("payloads.txt");

const LOOKS: [&str; 3] = ["report.csv", "report.XLSX", "report.ndjson"];

fn line(row: u32, target: &str, detail: &str) -> Line {
    Line {
        row,
        target: target.to_owned(),
        outcome: Outcome::Refused,
        reason: Some(Reason::TooWeak),
        detail: detail.to_owned(),
        attempts: 2,
        elapsed: Duration::from_micros(1_234_567),
        finished_at: Timestamp::from_millisecond(1_793_527_812_345).unwrap(),
    }
}

fn summary() -> Summary {
    let mut counts = Counts::default();
    counts.add(Outcome::Changed);
    Summary {
        run: "2026-11-01-k3v9".to_owned(),
        counts,
        cause: None,
        started_at: Timestamp::UNIX_EPOCH,
        finished_at: Timestamp::UNIX_EPOCH,
    }
}

fn about(run: &Summary) -> ReportSummary<'_> {
    ReportSummary { run, host: "panel.example.com:2083", user: "=shop", list: "list.xlsx", insecure: true }
}

fn written(path: &Path, lines: &[Line]) -> PathBuf {
    let mut report = create(path).unwrap();
    for line in lines {
        report.line(line).unwrap();
    }
    report.finish(&about(&summary())).unwrap().path.unwrap()
}

/// The cells of a sheet as `(row, column, text)`, after making sure that none is a formula.
fn sheet(path: &Path, name: &str) -> Vec<(u32, u32, String)> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let mut reader = workbook.worksheet_cells_reader(name).unwrap();
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell_with_formula().unwrap() {
        assert_eq!(cell.formula, None);
        let text = match cell.value {
            DataRef::Float(number) => number.to_string(),
            DataRef::String(text) => text,
            DataRef::SharedString(text) => text.to_owned(),
            DataRef::Empty => String::new(),
            other => format!("{other:?}"),
        };
        cells.push((cell.pos.0, cell.pos.1, text));
    }
    cells
}

#[test]
fn csv_has_the_documented_columns() {
    let folder = TempDir::new().unwrap();
    let path = written(&folder.path().join("report.csv"), &[line(2, "anna@example.com", "too weak, said \"it\"")]);
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        "row,target,outcome,reason,detail,attempts,elapsed_ms,finished_at\n\
         2,anna@example.com,refused,too-weak,\"too weak, said \"\"it\"\"\",2,1234,2026-11-01T10:10:12.345Z\n"
    );
}

#[test]
fn ndjson_has_the_same_names_in_the_same_order() {
    let folder = TempDir::new().unwrap();
    let path = written(&folder.path().join("report.ndjson"), &[line(2, "anna@example.com", "a\u{202e}b\n")]);
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        r#"{"row":2,"target":"anna@example.com","outcome":"refused","reason":"too-weak","detail":"a\\u{202e}b","attempts":2,"elapsed_ms":1234,"finished_at":"2026-11-01T10:10:12.345Z"}"#
            .to_owned()
            + "\n"
    );
}

#[test]
fn a_workbook_has_a_sheet_of_rows_and_a_summary() {
    let folder = TempDir::new().unwrap();
    let path = written(&folder.path().join("report.xlsx"), &[line(7, "anna@example.com", "too weak")]);
    let rows = sheet(&path, "rows");
    let texts = |row| rows.iter().filter(|cell| cell.0 == row).map(|cell| cell.2.as_str()).collect::<Vec<_>>();
    assert_eq!(texts(0), HEADER);
    let expected =
        ["7", "anna@example.com", "refused", "too-weak", "too weak", "2", "1234", "2026-11-01T10:10:12.345Z"];
    assert_eq!(texts(1), expected);

    let said: Vec<_> = sheet(&path, "summary").into_iter().map(|cell| cell.2).collect();
    for pair in [["panel", "panel.example.com:2083"], ["user", "=shop"], ["changed", "1"], ["refused", "0"]] {
        assert!(said.windows(2).any(|cells| cells == pair), "{pair:?} in {said:?}");
    }
    assert!(said.contains(&"not checked (--insecure)".to_owned()));
}

/// A workbook writes what XML cannot have as `_xFFFF_`, whose first sign would end an escape that was none.
#[test]
fn what_only_looks_like_an_escape_comes_back() {
    let folder = TempDir::new().unwrap();
    let said = "_x000D\u{ffff} _x005F\u{fffe} _x000D_";
    let path = written(&folder.path().join("report.xlsx"), &[line(2, "anna@example.com", said)]);
    let shown = (1, 4, r"_x000D\u{ffff} _x005F\u{fffe} _x000D_".to_owned());
    assert!(sheet(&path, "rows").contains(&shown));
}

#[test]
fn no_payload_is_a_formula() {
    assert_eq!(PAYLOADS.lines().count(), 40);
    let folder = TempDir::new().unwrap();
    let lines: Vec<_> = (2..).zip(PAYLOADS.lines()).map(|(row, payload)| line(row, payload, payload)).collect();

    let path = written(&folder.path().join("report.csv"), &lines);
    let mut reader = ::csv::Reader::from_path(path).unwrap();
    for (record, payload) in reader.records().zip(PAYLOADS.lines()) {
        for cell in &record.unwrap() {
            let cell = cell.trim_start_matches([' ', '"']);
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']),
                "{payload} became {cell}"
            );
        }
    }

    let path = written(&folder.path().join("report.xlsx"), &lines);
    let kept: Vec<_> = sheet(&path, "rows").into_iter().filter(|cell| cell.0 > 0 && cell.1 == 4).collect();
    let payloads: Vec<_> = PAYLOADS.lines().map(|payload| crate::text::safe(payload).into_owned()).collect();
    assert_eq!(kept.into_iter().map(|cell| cell.2).collect::<Vec<_>>(), payloads);
}

#[test]
fn no_payload_is_a_formula_where_semicolons_separate() {
    let folder = TempDir::new().unwrap();
    let lines: Vec<_> = PAYLOADS.lines().map(|payload| line(2, "anna@example.com", &format!("no;{payload}"))).collect();
    let path = written(&folder.path().join("report.csv"), &lines);
    let mut reader = ::csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_path(path).unwrap();
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(
                !cell.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
                "{cell}"
            );
        }
    }
}

#[test]
fn another_ending_is_refused_with_the_three_that_are_known() {
    let folder = TempDir::new().unwrap();
    for name in ["report", "report.pdf", ".csv", "csv"] {
        let error = create(&folder.path().join(name)).err().unwrap();
        assert!(matches!(error, ReportError::UnknownEnding { .. }), "{name}: {error}");
        assert!([".csv", ".xlsx", ".ndjson"].iter().all(|ending| error.to_string().contains(ending)));
    }
}

#[test]
fn a_folder_that_takes_no_file_is_named_before_anything_is_written() {
    let folder = TempDir::new().unwrap();
    for look in LOOKS {
        let error = create(&folder.path().join("missing").join(look)).err().unwrap();
        assert!(error.to_string().contains("missing"), "{error}");
        assert!(error.remedy().contains("make the folder"));
    }
    assert!(matches!(create(&folder_named(&folder, "a.csv")).err(), Some(ReportError::IsAFolder { .. })));
}

fn folder_named(folder: &TempDir, name: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir(&path).unwrap();
    path
}

#[test]
fn the_old_report_stands_until_the_new_one_is_whole() {
    for look in LOOKS {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(look);
        fs::write(&path, "old").unwrap();
        let mut report = create(&path).unwrap();
        report.line(&line(2, "anna@example.com", "")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        report.finish(&about(&summary())).unwrap();
        assert_ne!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "the old one is kept, and nothing else left");
    }
}

#[test]
fn a_report_that_is_given_up_leaves_nothing() {
    for look in LOOKS {
        let folder = TempDir::new().unwrap();
        drop(create(&folder.path().join(look)).unwrap());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
}

#[test]
fn a_report_has_the_mode_that_any_new_file_has() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let usual = folder.path().join("usual");
    fs::write(&usual, "").unwrap();
    for look in LOOKS {
        let path = written(&folder.path().join(look), &[]);
        assert_eq!(
            fs::metadata(path).unwrap().permissions().mode(),
            fs::metadata(&usual).unwrap().permissions().mode()
        );
    }
}
