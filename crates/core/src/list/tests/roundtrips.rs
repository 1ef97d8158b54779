//! Whatever password is written comes back byte for byte; what is not taken is told.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use encoding_rs::{UTF_16LE, WINDOWS_1252};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::{lines, read_bytes};
use crate::list::ListOptions;
use crate::selection::Selection;

/// Passwords of any letters without control characters, and of signs that lists and wires take for their own.
fn passwords() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof!["[ -~]{1,24}", r#"["',;|=+@_xX0-9-]{1,12}"#, r"\PC{1,16}"], 1..8)
}

fn lenient() -> ListOptions {
    ListOptions { allow_spaces: true, ..ListOptions::default() }
}

fn csv(passwords: &[String], delimiter: u8, quoted: bool) -> Vec<u8> {
    let style = if quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).quote_style(style).from_writer(Vec::new());
    writer.write_record(["email", "password"]).unwrap();
    for (index, password) in passwords.iter().enumerate() {
        writer.write_record([&format!("user{index}@example.com"), password]).unwrap();
    }
    writer.into_inner().unwrap()
}

fn xlsx(passwords: &[String], constant_memory: bool) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet =
        if constant_memory { workbook.add_worksheet_with_constant_memory().unwrap() } else { workbook.add_worksheet() };
    sheet.write_row(0, 0, ["email", "password"]).unwrap();
    for (row, password) in (1..).zip(passwords) {
        sheet.write_string(row, 0, format!("user{}@example.com", row - 1)).unwrap();
        sheet.write_string(row, 1, password).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn expected(passwords: &[String]) -> Vec<String> {
    passwords
        .iter()
        .enumerate()
        .map(|(index, word)| format!("{} user{index}@example.com = {word}", index + 2))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_password_in_csv_comes_back(words in passwords(), which in 0..4_usize, quoted: bool, utf16: bool) {
        let mut bytes = csv(&words, b",;\t|"[which], quoted);
        if utf16 {
            let text = String::from_utf8(bytes).unwrap();
            bytes = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        }
        prop_assert_eq!(lines(&read_bytes(&bytes, &lenient()).unwrap()), expected(&words));
    }

    #[test]
    fn a_password_in_a_workbook_comes_back(words in passwords(), constant_memory: bool) {
        prop_assert_eq!(lines(&read_bytes(&xlsx(&words, constant_memory), &lenient()).unwrap()), expected(&words));
    }

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,40}[,;\n\"]{0,9}") {
        for bytes in [bytes, format!("email,password\n{text}").into_bytes(), format!("PK\u{3}\u{4}{text}").into_bytes()] {
            if let Ok(list) = read_bytes(&bytes, &ListOptions::default()) {
                prop_assert_eq!(list.facts.rows, list.entries.len());
            }
        }
    }
}

#[test]
fn an_encoding_that_is_said_is_used() {
    let (bytes, ..) = WINDOWS_1252.encode("email,password\nanna@example.com,été€\n");
    let said = ListOptions { encoding: Some(WINDOWS_1252), ..ListOptions::default() };
    let list = read_bytes(&bytes, &said).unwrap();
    assert_eq!(lines(&list), ["2 anna@example.com = été€"]);
    assert!(list.facts.warnings.is_empty());

    let unmarked: Vec<u8> = "email,password\nanna@example.com,x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(read_bytes(&unmarked, &ListOptions::default()).is_err());
    let said = ListOptions { encoding: Some(UTF_16LE), ..ListOptions::default() };
    assert_eq!(lines(&read_bytes(&unmarked, &said).unwrap()), ["2 anna@example.com = x"]);
}

#[test]
fn what_the_user_leaves_out_is_skipped_whatever_else_is_wrong_with_it() {
    let bytes = b"email,password\na@example.com,x\na@example.net,\na@example.net,1\na@example.net,2\nb@example.com,y\n";
    let selection = Selection::new(&["*@EXAMPLE.com".into()], &[], Some(1)).unwrap();
    let options = ListOptions { selection, ..ListOptions::default() };
    assert_eq!(
        lines(&read_bytes(bytes, &options).unwrap()),
        [
            "2 a@example.com = x",
            "3 a@example.net skipped filtered",
            "4 a@example.net skipped filtered",
            "5 a@example.net skipped filtered",
            "6 b@example.com skipped over-limit",
        ]
    );
}

#[test]
fn without_a_header_a_row_longer_than_most_is_refused() {
    let bytes = b"a@example.com,x,y\nb@example.com,x\nc@example.com,x\n";
    let columns = "email=A,password=B".parse().unwrap();
    let options = ListOptions { header: false, columns, ..ListOptions::default() };
    assert_eq!(
        lines(&read_bytes(bytes, &options).unwrap()),
        ["1 a@example.com ! bad-row@", "2 b@example.com = x", "3 c@example.com = x"]
    );
}
