//! What kind of file a list is, told by its content and never by its name.

use std::io::{self, Read, SeekFrom};

use zeroize::Zeroizing;
use zip::ZipArchive;

use super::directory;
use super::error::ListErrorKind;
use super::facts::Format;
use super::source::Input;

/// How much of a file is looked at.
const HEAD: usize = 4096;

/// What tells files that people take for lists, and what they are.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"{\\rtf", "a text document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
];

/// Tells what a file is, and leaves it at its beginning.
pub(super) fn tell(input: &mut Input<'_>, encoding_said: bool) -> Result<Format, ListErrorKind> {
    let mut head = Zeroizing::new(Vec::with_capacity(HEAD));
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    input.seek(SeekFrom::Start(0))?;
    if head.is_empty() {
        return Err(ListErrorKind::Empty);
    }
    if head.starts_with(b"PK\x03\x04") {
        let format = tell_zip(input);
        input.seek(SeekFrom::Start(0))?;
        return format;
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Format::Xls);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Err(ListErrorKind::NotAList(what));
    }
    if is_markup(&head) {
        return Err(ListErrorKind::NotAList("a web page or XML"));
    }
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if !encoding_said && !marked && is_binary(&head) {
        return Err(ListErrorKind::NotAList("a binary file, or UTF-16 text without a mark (for that, say --encoding)"));
    }
    Ok(Format::Csv)
}

fn tell_zip(input: &mut Input<'_>) -> Result<Format, ListErrorKind> {
    directory::check(input)?;
    let mut archive =
        ZipArchive::new(input).map_err(|_| ListErrorKind::Damaged("it is cut short, or no proper zip file"))?;
    let mut names: Vec<String> = Vec::new();
    for index in 0..archive.len() {
        if let Some(Ok(name)) = archive.name_for_index(index) {
            names.push(name.to_ascii_lowercase().replace('\\', "/"));
        }
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if names.iter().any(|name| name.starts_with("xl/")) {
        return Ok(Format::Xlsx);
    }
    if has("mimetype") && is_spreadsheet(&mut archive).unwrap_or(false) {
        return Ok(Format::Ods);
    }
    Err(ListErrorKind::NotAList("a zip file without a workbook in it"))
}

fn is_spreadsheet(archive: &mut ZipArchive<&mut Input<'_>>) -> io::Result<bool> {
    let part = archive.by_name("mimetype").map_err(io::Error::other)?;
    let mut kind = Vec::new();
    part.take(128).read_to_end(&mut kind)?;
    Ok(kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet"))
}

fn is_markup(head: &[u8]) -> bool {
    let start =
        head.iter().position(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte)).unwrap_or(0);
    let begins = |mark: &[u8]| head[start..].get(..mark.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(mark));
    [&b"<!doctype"[..], b"<html", b"<?xml", b"<table"].into_iter().any(begins)
}

/// Text has no zero bytes; a password may have one by accident.
fn is_binary(head: &[u8]) -> bool {
    let pieces = head.split(|byte| *byte == 0).count();
    pieces > 1 && pieces * 20 >= head.len()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn told(bytes: &[u8]) -> Result<Format, String> {
        let mut input: Input<'_> = Box::new(Cursor::new(bytes));
        tell(&mut input, false).map_err(|error| error.to_string())
    }

    #[test]
    fn text_is_a_list_and_other_things_are_named() {
        assert_eq!(told(b"email,password\n"), Ok(Format::Csv));
        assert_eq!(told(b"\xff\xfee\0m\0"), Ok(Format::Csv));
        assert_eq!(told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Ok(Format::Xls));
        for (bytes, what) in [
            (&b""[..], "it is empty"),
            (b"%PDF-1.7", "it is not a list but a PDF"),
            (b" <!DOCTYPE html>", "it is not a list but a web page or XML"),
            (b"PK\x03\x04", "the file is damaged: it is cut short, or no proper zip file"),
            (
                b"e\0m\0a\0",
                "it is not a list but a binary file, or UTF-16 text without a mark (for that, say --encoding)",
            ),
        ] {
            assert_eq!(told(bytes), Err(what.to_owned()));
        }
    }
}
