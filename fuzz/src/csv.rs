//! Text lists: any bytes, read in any of the ways that the user can ask for.
//!
//! The first two bytes of the input are the options, the rest is the list.

use cprekey_core::ExposeSecret;
use cprekey_core::entry::Task;
use cprekey_core::list::{self, Format, List, ListOptions};
use cprekey_core::target::Kind;
use encoding_rs::Encoding;

use crate::lists;

const DELIMITERS: [Option<&str>; 8] =
    [None, Some(","), Some(";"), Some("tab"), Some("|"), Some(" "), Some("'"), Some("\\")];

const ENCODINGS: [Option<&str>; 16] = [
    None,
    Some("utf-8"),
    Some("windows-1252"),
    Some("utf-16le"),
    Some("utf-16be"),
    Some("iso-8859-15"),
    Some("iso-2022-jp"),
    Some("shift_jis"),
    Some("euc-jp"),
    Some("gb18030"),
    Some("big5"),
    Some("euc-kr"),
    Some("macintosh"),
    Some("koi8-r"),
    Some("windows-874"),
    Some("x-user-defined"),
];

/// Empty lines before a list, so that it stands where the reader goes on to its next piece of 16 KiB.
const BEFORE_THE_SEAM: usize = (16 << 10) - 48;

/// Reads the list: it is refused, or every password in it stands in the text, on the lines of its row.
pub fn run(input: &[u8]) {
    let Some((&[form, dialect], text)) = input.split_first_chunk() else { return };
    let options = options(form, dialect);
    let mut bytes = if has(form, 6) && has(form, 7) { vec![b'\n'; BEFORE_THE_SEAM] } else { Vec::new() };
    bytes.extend_from_slice(text);
    if let Ok(list) = lists::read(&bytes, &options)
        && list.facts.format == Format::Csv
    {
        every_password_stands_there(&list, &bytes);
    }
}

fn options(form: u8, dialect: u8) -> ListOptions {
    let columns = if has(form, 0) { "email=A,password=B" } else { "" };
    let (delimiter, encoding) = (DELIMITERS[usize::from(dialect & 7)], ENCODINGS[usize::from(dialect >> 4)]);
    ListOptions {
        columns: columns.parse().unwrap_or_default(),
        header: !has(form, 0) || has(form, 1),
        kind: if has(form, 2) { Kind::Account } else { Kind::Mailbox },
        domain: has(form, 3).then(|| "example.com".to_owned()),
        allow_numeric: has(form, 4),
        allow_spaces: has(form, 5),
        delimiter: delimiter.map(|text| list::delimiter(text).expect("a delimiter")),
        encoding: encoding.map(|label| list::encoding(label).expect("an encoding")),
        ..ListOptions::default()
    }
}

const fn has(bits: u8, bit: u8) -> bool {
    bits >> bit & 1 == 1
}

/// No value is changed on its way, or taken from another row: each password stands in the text between its row's line and the next row's,
/// as it is or with its quotation marks doubled.
fn every_password_stands_there(list: &List, bytes: &[u8]) {
    let encoding = list.facts.encoding.and_then(|name| Encoding::for_label(name.as_bytes())).expect("an encoding");
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    assert!(!malformed, "a malformed text was read");
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let ends = list.entries.iter().skip(1).map(|entry| entry.row as usize - 1).chain([lines.len()]);
    for (entry, end) in list.entries.iter().zip(ends) {
        let Task::Change(passwords) = &entry.task else { continue };
        let own = lines[entry.row as usize - 1..end].join("\n");
        for password in passwords.all().map(ExposeSecret::expose_secret) {
            let quoted = format!("\"{}\"", password.replace('"', "\"\""));
            assert!(own.contains(password) || own.contains(&quoted), "{password:?} does not stand in {own:?}");
        }
    }
}
