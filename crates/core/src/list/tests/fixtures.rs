//! The lists under `fixtures/lists`, made by other programs (see `make.py`), and what must be read from each.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{lines, read_fixture};
use crate::list::{Format, ListErrorKind, ListFacts, ListOptions};

const PLAIN: &[&str] = &[
    "2 anna@example.com = p+q&r#s%41 é\"'\\;=@",
    "3 bob@example.com = =1+1",
    "4 Zoe@xn--bcher-kva.example = <b>&amp;_x0041_",
    "5 dan@example.net = 007",
];

/// Workbooks of every format give the same.
const PROBLEMS: &[&str] = &[
    "2 number@example.com ! not-text@C",
    "3 date@example.com ! not-text@C",
    "4 time@example.com ! not-text@C",
    "5 formula@example.com ! formula@C",
    "6 error@example.com ! formula@C",
    "7 space@example.com ! spaces@C",
    "8 nbsp@example.com ! spaces@C",
    "9 zerowidth@example.com ! spaces@C",
    "10 linebreak@example.com ! control-character@C",
    "11 empty@example.com ! no-password@C",
    "12 - ! no-address@A",
    "13 - ! bad-address@A",
    "14 - ! domain-mismatch@B",
    "15 - ! no-domain@A",
    "16 - ! not-text@A not-text@C",
    "17 fine@example.com = secret",
];

/// Both formats give the same.
const ACCOUNTS: &[&str] = &[
    "2 account shop = p+q&r#s%41 é\"'\\;=@ (was =1+1)",
    "3 account shop2 = secret",
    "4 anna@example.com of shop = secret",
    "5 bob@example.com = secret",
    "6 - ! bad-account@A",
    "7 account blog ! spaces@D",
    "8 account blog2 ! account-mismatch@E",
    "9 eve@example.com ! bad-account@E",
    "10 - ! no-address@A",
    "11 account shop2 repeats 1",
    "12 account wiki ! conflict@A",
    "13 account wiki ! conflict@A",
];

const SEMICOLON: &[&str] = &["2 anna@example.com = été€", "4 bob@example.com = a;\"b"];

#[test]
fn every_list_gives_its_entries() {
    for (name, expected) in [
        ("plain.xlsx", PLAIN),
        ("workbook-named.csv", PLAIN),
        ("plain-libreoffice.xlsx", PLAIN),
        ("plain-libreoffice.xls", PLAIN),
        ("plain-libreoffice.ods", PLAIN),
        ("problems.xlsx", PROBLEMS),
        ("problems-libreoffice.xlsx", PROBLEMS),
        ("problems-libreoffice.xls", PROBLEMS),
        ("problems-libreoffice.ods", PROBLEMS),
        ("moved-table.xlsx", &["5 anna@example.com = secret"]),
        ("blank-rows.xlsx", &[PLAIN[0], "5 bob@example.com = =1+1"]),
        ("blank-rows-libreoffice.ods", &[PLAIN[0], "5 bob@example.com = =1+1"]),
        ("hidden-sheet.xlsx", PLAIN),
        ("rich-text.xlsx", &["2 anna@example.com = plain bold end"]),
        ("truth-cell.xlsx", &["2 anna@example.com ! not-text@C"]),
        ("error-cell.xlsx", &["2 anna@example.com ! cell-error@C"]),
        ("far-cell.xlsx", PLAIN),
        ("semicolon-windows-1252.csv", SEMICOLON),
        ("semicolon-utf-8-bom.csv", SEMICOLON),
        ("semicolon-utf-16le.csv", SEMICOLON),
        ("semicolon-utf-16be.csv", SEMICOLON),
        ("sep-line.csv", &["3 anna@example.com = été€", "5 bob@example.com = a;\"b"]),
        ("nasty.csv", &PLAIN[..2]),
        ("csv-named.xlsx", &PLAIN[..2]),
        ("tabs.csv", &["2 anna@example.com = a,b;c"]),
        ("french.csv", &["2 anna@example.com = new"]),
        (
            "ragged.csv",
            &["2 anna@example.com ! bad-row@", "3 bob@example.com ! no-password@B", "4 eve@example.com = fine"],
        ),
        ("old-mac.csv", &["2 anna@example.com = one", "4 bob@example.com ! no-password@B"]),
        ("quoted-lines.csv", &["2 a@example.com = one", "4 b@example.com ! no-password@C"]),
        ("header-only.csv", &[]),
        (
            "repeats.csv",
            &[
                "2 anna@example.com = a",
                "3 Anna@example.com repeats 0",
                "4 bob@example.com ! conflict@A",
                "5 bob@example.com ! conflict@A",
            ],
        ),
        (
            "kinds.csv",
            &[
                "2 a@example.com = x",
                "3 - ! bad-account@A",
                "4 c@example.com = x",
                "5 d@example.com ! bad-kind@C",
                "6 account shop = x",
            ],
        ),
        ("accounts.csv", ACCOUNTS),
        ("accounts.xlsx", ACCOUNTS),
    ] {
        let list = read_fixture(name, &ListOptions::default()).unwrap();
        assert_eq!(lines(&list), expected, "{name}");
        assert_eq!(list.facts.rows, expected.len(), "{name}");
    }
}

#[test]
fn every_list_that_is_none_says_why() {
    for (name, expected) in [
        ("nowhere.xlsx", "there is no such file"),
        ("", "it is a directory"),
        ("page.xlsx", "it is not a list but a web page or XML"),
        ("~$plain.xlsx", "it is not the workbook but the lock file that Excel keeps beside it"),
        ("protected.xlsx", "the workbook is protected by a password"),
        ("zip-without-workbook.xlsx", "it is not a list but a zip file without a workbook in it"),
        ("two-sheets.xlsx", "several sheets hold something: Sheet1, Others, Choices (hidden)"),
        ("no-header.csv", "row 1 should be the header, but looks like data"),
        ("open-quote.csv", "the quotation mark that begins a cell on line 3 is never closed"),
    ] {
        let error = read_fixture(name, &ListOptions::default()).unwrap_err();
        assert_eq!(error.kind.to_string(), expected, "{name}");
        assert!(error.remedy().is_some(), "{name}");
    }
}

#[test]
fn options_change_what_is_read() {
    let sheet = ListOptions { sheet: Some("others".into()), ..ListOptions::default() };
    assert_eq!(lines(&read_fixture("two-sheets.xlsx", &sheet).unwrap()), ["2 eve@example.com = other"]);

    let columns = "email=A,password=2".parse().unwrap();
    let bare = ListOptions { header: false, columns, ..ListOptions::default() };
    let list = read_fixture("no-header.csv", &bare).unwrap();
    assert_eq!(lines(&list), ["1 anna@example.com = one", "2 bob@example.com = two"]);

    let lenient = ListOptions {
        allow_numeric: true,
        allow_spaces: true,
        domain: Some("example.org".into()),
        ..ListOptions::default()
    };
    let list = read_fixture("problems.xlsx", &lenient).unwrap();
    for line in ["2 number@example.com = 12345678", "7 space@example.com = secret ", "15 carl@example.org = secret"] {
        assert!(lines(&list).iter().any(|own| own == line), "{line}");
    }

    let list = read_fixture("numbers.xlsx", &lenient).unwrap();
    assert_eq!(
        lines(&list),
        [
            "2 general@example.com = 42",
            "3 whole@example.com = 42",
            "4 zeros@example.com ! not-text@B",
            "5 percent@example.com ! not-text@B",
            "6 thousands@example.com ! not-text@B",
            "7 fraction@example.com ! not-text@B",
            "8 long@example.com ! not-text@B",
            "9 negative@example.com ! not-text@B",
        ]
    );

    let utf8 = ListOptions { encoding: Some(encoding_rs::UTF_8), ..ListOptions::default() };
    let error = read_fixture("semicolon-windows-1252.csv", &utf8).unwrap_err();
    assert!(matches!(error.kind, ListErrorKind::Malformed { line: 2, .. }), "{error}");
}

#[test]
fn the_facts_say_how_a_list_was_read() {
    let facts = |name: &str| -> ListFacts { read_fixture(name, &ListOptions::default()).unwrap().facts };
    let moved = facts("moved-table.xlsx");
    assert_eq!((moved.format, moved.sheet.as_deref(), moved.header_row), (Format::Xlsx, Some("Sheet1"), Some(4)));
    let columns: Vec<_> = moved.columns.iter().map(|taken| (taken.field.word(), taken.column)).collect();
    assert_eq!(columns, [("email", 5), ("domain", 4), ("password", 2)]);
    assert_eq!(moved.columns[2].header.as_deref(), Some("Mot de passe"));

    let guessed = facts("semicolon-windows-1252.csv");
    assert_eq!((guessed.encoding, guessed.delimiter), (Some("windows-1252"), Some(';')));
    assert_eq!(guessed.empty_rows, 1);
    assert!(guessed.warnings[0].contains("--encoding"));

    assert_eq!((facts("blank-rows.xlsx").empty_rows, facts("quoted-lines.csv").empty_rows), (2, 0));
    assert_eq!(facts("repeats.csv").repeats, 1);
    assert!(facts("hidden-sheet.xlsx").warnings[0].contains("Choices"));
    assert!(facts("far-cell.xlsx").warnings[0].contains("row 1048576"));
    let of_the_list = |warning: &&String| !warning.contains("chmod");
    assert_eq!(facts("plain.xlsx").warnings.iter().filter(of_the_list).count(), 0);

    let idle = ListOptions { sheet: Some("Sheet1".into()), delimiter: Some(b';'), ..ListOptions::default() };
    assert!(read_fixture("plain.xlsx", &idle).unwrap().facts.warnings[0].contains("--delimiter"));
    assert!(read_fixture("semicolon-utf-8-bom.csv", &idle).unwrap().facts.warnings[0].contains("--sheet"));
}

#[test]
fn nothing_that_is_told_shows_a_cell() {
    for name in ["problems.xlsx", "repeats.csv", "ragged.csv", "kinds.csv", "accounts.csv"] {
        let list = read_fixture(name, &ListOptions::default()).unwrap();
        let told = format!("{list:?}").replace(env!("CARGO_MANIFEST_DIR"), "");
        assert!(
            !told.contains("secret") && !told.contains("sec\\nret") && !told.contains("12345678"),
            "{name}: {told}"
        );
    }
}
