//! What a zip container may hold, counted by really inflating it before anything else does: sizes in its headers can lie.

use std::io::Read;

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ListErrorKind;
use super::source::Input;

/// What is allowed. The defaults have room for a sheet of 1,048,576 rows and a few columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Parts in the container.
    parts: usize,
    /// Inflated bytes of all parts together.
    total: u64,
    /// Inflated bytes of one part.
    part: u64,
    /// Inflated bytes of the table of texts, which is held in memory as a whole.
    texts: u64,
    /// Inflated bytes for each byte of the file, beyond what any small file may have.
    ratio: u64,
    /// Bytes of one text between two tags of a part that is XML: 32,767 characters, each written as an entity, have room in it.
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { parts: 10_000, total: 1 << 30, part: 768 << 20, texts: 256 << 20, ratio: 100, text: 512 << 10 }
    }
}

/// What any file may inflate to, however small it is.
const FREE: u64 = 16 << 20;

const CHUNK: usize = 64 << 10;

/// Inflates every part of a container of `length` bytes and refuses it as soon as it is over the budget.
pub(super) fn check(input: &mut Input<'_>, length: u64, budget: Budget) -> Result<(), ListErrorKind> {
    let mut archive = ZipArchive::new(input).map_err(broken)?;
    if archive.len() > budget.parts {
        return Err(ListErrorKind::TooBig("it has too many parts"));
    }
    let mut left = budget.total.min(length.saturating_mul(budget.ratio).saturating_add(FREE));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let texts = part.name_raw().ends_with(b"haredStrings.xml");
        let most = if texts { budget.texts } else { budget.part };
        let longest_text = if is_xml(part.name_raw()) { budget.text } else { usize::MAX };
        left -= inflate(&mut part, most.min(left), longest_text)?;
    }
    Ok(())
}

/// Whether a part's name says that it is XML; pictures and other binary parts have no tags that a text could stand between.
fn is_xml(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(b".xml") || name.ends_with(b".rels")
}

/// Inflates one part and says how many bytes it has, at most `most`.
fn inflate(part: &mut dyn Read, most: u64, longest_text: usize) -> Result<u64, ListErrorKind> {
    let mut chunk = vec![0; CHUNK];
    let mut count = 0;
    let mut text = 0;
    loop {
        let read = part.read(&mut chunk).map_err(|_| ListErrorKind::Damaged("a part of it cannot be decompressed"))?;
        if read == 0 {
            return Ok(count);
        }
        count += u64::try_from(read).unwrap_or(u64::MAX);
        if count > most {
            return Err(ListErrorKind::TooBig("it would take too much memory once decompressed"));
        }
        text = if chunk[..read].contains(&b'<') { 0 } else { text + read };
        if text > longest_text {
            return Err(ListErrorKind::TooBig("it has a cell of more than 32,767 characters"));
        }
    }
}

fn broken(error: ZipError) -> ListErrorKind {
    match error {
        ZipError::Io(error) => ListErrorKind::Unreadable(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ListErrorKind::Protected,
        _ => ListErrorKind::Damaged("it is no proper zip file"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::*;

    fn checked(parts: &[(&str, &[u8])], budget: Budget) -> Result<(), String> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let length = u64::try_from(bytes.len()).unwrap();
        let mut input: Input<'_> = Box::new(Cursor::new(bytes));
        check(&mut input, length, budget).map_err(|error| error.to_string())
    }

    #[test]
    fn small_things_pass() {
        assert_eq!(checked(&[("xl/workbook.xml", b"<workbook/>")], Budget::default()), Ok(()));
    }

    #[test]
    fn a_picture_has_no_cells_and_counts_in_the_total() {
        let picture = b"x".repeat(600 << 10);
        for name in ["xl/media/image1.bmp", "Pictures/1.bmp", "xl/embeddings/object1.bin"] {
            assert_eq!(checked(&[(name, &picture)], Budget::default()), Ok(()), "{name}");
            let tight = Budget { total: 500 << 10, ..Budget::default() };
            assert!(checked(&[(name, &picture)], tight).unwrap_err().contains("too much memory"), "{name}");
        }
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_really_inflates_to() {
        let bomb = b"<c/>".repeat(16 << 20);
        let error = checked(&[("xl/worksheets/sheet1.xml", &bomb)], Budget::default()).unwrap_err();
        assert!(error.contains("too much memory"), "{error}");
    }

    #[test]
    fn parts_and_long_texts_are_bounded() {
        let one = Budget { parts: 1, ..Budget::default() };
        assert!(checked(&[("a", b"<a/>"), ("b", b"<b/>")], one).unwrap_err().contains("too many parts"));
        let long = b"x".repeat(1 << 20);
        assert!(checked(&[("content.xml", &long)], Budget::default()).unwrap_err().contains("32,767"));
        let tight = Budget { texts: 10, ..Budget::default() };
        assert!(checked(&[("xl/sharedStrings.xml", b"<sst></sst>")], tight).unwrap_err().contains("too much memory"));
    }
}
