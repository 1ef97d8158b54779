//! Reports as `LibreOffice` opens them: no cell is a formula, and every text arrives as the text that it is.
//!
//! It wants `LibreOffice`, and so is no part of `cargo xtask test`: `cargo xtask spreadsheets` runs it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod office;

use cprekey_tests::{Panel, Place, Row};
use rust_xlsxwriter::Workbook;
use serde_json::json;

use office::{Sheet, opened, opened_as_text};

/// What attackers put into cells; the unit tests of reports bring the same.
const PAYLOADS: &str = include_str!("../../../crates/core/src/report/create/payloads.txt");

/// What a line of that file cannot hold, and what the formats have of their own.
const MORE: [&str; 14] = [
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "no\n=1+1",
    "no;\n=1+1",
    "\u{a0}=1+1",
    "a;\u{a0}=1+1",
    "\u{feff}=1+1",
    "\u{200b}=1+1",
    "_x003D_1+1",
    "_x000A_=1+1",
    "_x001B_]0;OWNED_x0007_",
    "'=1+1",
    "\"\"\"=1+1",
];

/// Local parts that begin as formulas do.
const TARGETS: [&str; 4] = ["=cmd", "-2+3", "+1+1", "=1"];

const PASSWORD: &str = "Tide&Orchard#7";

/// How a text list may be split: at commas, at semicolons as in much of Europe, and at all that are ticked at first.
const SEPARATORS: [&str; 3] = ["44", "59", "44/59/9"];

/// A place in which every payload stands in the reports `report.csv` and `report.xlsx` of a list whose name is a formula too.
fn reports() -> (Place, Vec<Row>) {
    let place = Place::new();
    let said: Vec<&str> = PAYLOADS.lines().chain(MORE).collect();
    let addresses = (1..=said.len()).map(|number| format!("user{number}@example.com"));
    let targets = TARGETS.map(|name| format!("{name}@example.com"));
    let boxes = targets.iter().map(|address| format!("{{ address = '{address}' }}")).collect::<Vec<_>>().join(", ");
    let config = format!(
        "[[account]]\nname = 'shop'\ndomain = 'example.com'\nmailboxes = [{boxes}]\n\
         generate = [{{ count = {}, pattern = 'user{{n}}', domain = 'example.com', password = 'before-This-1!' }}]\n",
        said.len()
    );
    let panel = Panel::start_with(&place, &config, &["--no-hashing"]);
    let rules = addresses.clone().zip(&said).map(|(address, text)| {
        json!({"match": {"function": "Email::passwd_pop", "address": address}, "answer": "refuse", "text": text})
    });
    panel.switch(&rules.collect());
    let bad = said.iter().map(|text| format!("{text}@example.com"));
    place.csv("=1+1.csv", targets.iter().cloned().chain(addresses).chain(bad).map(|address| (address, PASSWORD)));
    let apply = place.cprekey(["apply", "=1+1.csv", "--yes", "--allow-suspicious", "--skip-invalid", "--rate", "none"]);
    let run = apply.args(["--report", "report.csv", "--report", "report.xlsx"]).on(&panel).run();
    assert_eq!(run.code, 3, "{run}");
    let rows = place.report("report.csv");
    let with = |outcome: &str| rows.iter().filter(|row| row.outcome == outcome).count();
    assert!(with("changed") >= TARGETS.len() && with("refused") >= said.len() && with("invalid") > 20, "{run}");
    (place, rows)
}

/// The texts of a report's rows, as a sheet that was opened has them.
fn texts(sheet: &Sheet) -> Vec<[String; 4]> {
    let row = |number| [1, 2, 3, 4].map(|column| sheet.text(number, column));
    (1..sheet.height()).map(row).collect()
}

fn of_rows(rows: &[Row]) -> Vec<[String; 4]> {
    rows.iter()
        .map(|row| [&row.target, &row.outcome, &row.reason, &row.detail].map(|text| office::told_apart(text)))
        .collect()
}

/// INP-39: as `LibreOffice` takes a report from a disk, in three locales.
#[test]
fn no_cell_of_a_report_is_a_formula_and_texts_are_texts() {
    let (place, rows) = reports();
    let listing = place.cprekey(["check", "=1+1.csv"]).run().stdout;
    place.private("listing.csv", listing.replace("=1+1.csv", "list.csv"));
    place.private("planted.csv", "row,detail\n1,=1+1\n2,a;=2+2\n");
    for separators in SEPARATORS {
        let sheets = opened_as_text(&place, separators, &["report.csv", "listing.csv", "planted.csv"]);
        let [report, listing, planted] = sheets.try_into().unwrap();
        assert_eq!(report.formulas(), [""; 0], "at {separators}");
        assert_eq!(listing.formulas(), [""; 0], "at {separators}");
        assert!(!planted.formulas().is_empty(), "a formula that was planted is not found at {separators}");
        if separators == "44" {
            assert_eq!(texts(&report), of_rows(&rows));
        }
    }
}

/// INP-39: the workbook, both of its sheets.
#[test]
fn no_cell_of_a_workbook_is_a_formula_and_texts_are_texts() {
    let (place, _) = reports();
    let mut planted = Workbook::new();
    planted.add_worksheet().write_formula(0, 0, "=1+1").unwrap();
    place.private("planted.xlsx", planted.save_to_buffer().unwrap());
    let rows = place.report("report.xlsx");
    let [report, planted] = opened(&place, &["report.xlsx", "planted.xlsx"]).try_into().unwrap();
    assert_eq!(report.formulas(), [""; 0]);
    assert_eq!(texts(&report), of_rows(&rows));
    assert!(
        report.all_texts().iter().any(|text| text == "=1+1.csv"),
        "the summary names the list: {:?}",
        report.all_texts()
    );
    assert_eq!(planted.formulas().len(), 1, "a formula that was planted is not found");
}
