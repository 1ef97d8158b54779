//! Workbooks: any bytes as a whole file, or as one part of a workbook whose other parts are in order; and texts that must come out of a
//! workbook as they went in.
//!
//! The first two bytes of the input are what the rest is, and the options.

use cprekey_core::ExposeSecret;
use cprekey_core::entry::Task;
use cprekey_core::list::ListOptions;

use crate::lists;
use crate::parts::{XlsxPart, ods, sheet, texts, xlsb, xlsx};

/// More texts than are needed to show how one bears on another.
const MOST_TEXTS: usize = 8;

/// A text that is no address: a column of nothing but addresses is taken for the other one, and refused.
const NO_ADDRESS: &str = "Tide&Orchard#1";

/// Reads the workbook: it is refused, or keeps the laws of lists.
pub fn run(input: &[u8]) {
    let Some((&[what, form], content)) = input.split_first_chunk() else { return };
    let options = options(form);
    let part = |part: XlsxPart| xlsx(&[(part, content)]);
    let bytes = match what % 10 {
        1 => part(XlsxPart::Sheet),
        2 => part(XlsxPart::Texts),
        3 => part(XlsxPart::Styles),
        4 => part(XlsxPart::Workbook),
        5 => part(XlsxPart::Relations),
        6 => ods(content),
        7 => xlsb(content),
        8 => return texts_come_out_as_they_went_in(content, form, &options),
        9 => xlsx(&[(XlsxPart::Sheet, sheet(&String::from_utf8_lossy(content)).as_bytes())]),
        _ => content.to_vec(),
    };
    let _read_or_refused = lists::read(&bytes, &options);
}

fn options(form: u8) -> ListOptions {
    let columns = if form & 1 == 0 { "" } else { "email=A,password=B" };
    ListOptions {
        columns: columns.parse().unwrap_or_default(),
        header: form & 3 != 1,
        allow_numeric: form & 4 != 0,
        allow_spaces: form & 8 != 0,
        include_hidden: form & 4 != 0,
        domain: (form & 16 != 0).then(|| "example.com".to_owned()),
        sheet: (form & 32 != 0).then(|| "sheet1".to_owned()),
        ..ListOptions::default()
    }
}

/// Writes passwords into cells as texts and reads them: each is the very same, or its row is invalid and says why. What is printable ASCII
/// is a password in any case.
fn texts_come_out_as_they_went_in(content: &[u8], form: u8, options: &ListOptions) {
    let texts = content.split(|byte| *byte == 0xff).map(String::from_utf8_lossy).take(MOST_TEXTS);
    let wanted: Vec<_> = texts.chain([NO_ADDRESS.into()]).collect();
    let options = ListOptions { header: true, columns: "".parse().unwrap_or_default(), sheet: None, ..options.clone() };
    let list = lists::read(&with_passwords(&wanted, form), &options).expect("a proper workbook is read");
    assert_eq!(list.entries.len(), wanted.len());
    for (entry, wanted) in list.entries.iter().zip(&wanted) {
        match &entry.task {
            Task::Change(passwords) => assert_eq!(passwords.new.expose_secret(), wanted.as_ref()),
            Task::Invalid(_) => assert!(!is_plain(wanted), "{wanted:?} is no password"),
            task @ (Task::Repeat { .. } | Task::Skipped(_) | Task::Settled(_)) => panic!("{task:?}"),
        }
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A workbook with a row for each password, in cells of the kind that `form` says.
fn with_passwords<T: AsRef<str>>(passwords: &[T], form: u8) -> Vec<u8> {
    let escaped: Vec<String> = passwords.iter().map(|password| escaped(password.as_ref())).collect();
    let mut rows = row(1, &inline("A1", "email"), &inline("B1", "password"));
    for (index, text) in escaped.iter().enumerate() {
        let (number, place) = (index + 2, format!("B{}", index + 2));
        let password = match form >> 6 {
            0 => format!(r#"<c r="{place}" t="s"><v>{index}</v></c>"#),
            1 => inline(&place, text),
            2 => format!(r#"<c r="{place}" t="str"><v xml:space="preserve">{text}</v></c>"#),
            _ => format!(r#"<c r="{place}" t="inlineStr"><is><r><t xml:space="preserve">{text}</t></r></is></c>"#),
        };
        rows.push_str(&row(number, &inline(&format!("A{number}"), &format!("m{number}@example.com")), &password));
    }
    let texts = texts(escaped.iter().map(String::as_str));
    xlsx(&[(XlsxPart::Sheet, sheet(&rows).as_bytes()), (XlsxPart::Texts, texts.as_bytes())])
}

fn row(number: usize, first: &str, second: &str) -> String {
    format!(r#"<row r="{number}">{first}{second}</row>"#)
}

fn inline(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}

/// A text as XML has it, and as Office Open XML escapes what XML cannot have (ECMA-376, part 1, 22.9.2.19): `_x000D_`, and `_x005F_` for the
/// underscore of what only looks so.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '_' if text[at..].starts_with("_x") => escaped.push_str("_x005F_"),
            control if control.is_ascii_control() => escaped.push_str(&numbered(control)),
            '\u{fffe}' | '\u{ffff}' => escaped.push_str(&numbered(letter)),
            other => escaped.push(other),
        }
    }
    escaped
}

fn numbered(letter: char) -> String {
    format!("_x{:04X}_", u32::from(letter))
}
