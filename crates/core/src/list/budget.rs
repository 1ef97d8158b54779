//! What a zip container may hold: by what it says of itself, which costs nothing, and then by really inflating it, since that can lie.

use std::collections::HashSet;

use zip::ZipArchive;
use zip::result::ZipError;

use super::directory;
use super::error::ListErrorKind;
use super::part::Part;
use super::source::Input;

/// What is allowed. The defaults have room for a sheet of 1,048,576 rows and a few columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Inflated bytes of all parts together.
    total: u64,
    /// Inflated bytes of one part.
    part: u64,
    /// Inflated bytes that any part may have, however small it is in the file, and all of them together.
    free: u64,
    /// Inflated bytes for each byte in the file, beyond those.
    ratio: u64,
    /// Bytes between two tags of a part that is XML: 32,767 characters, each written as an entity, have room in it.
    text: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { total: 640 << 20, part: 512 << 20, free: 16 << 20, ratio: 64, text: 512 << 10 }
    }
}

const TOO_MUCH: ListErrorKind = ListErrorKind::TooBig("it would take too much memory once decompressed");

/// Inflates every part of a container of `length` bytes, refuses it as soon as it is over the budget, and tells what was found. It leaves
/// the container at its beginning.
pub(super) fn check(input: &mut Input<'_>, length: u64, budget: Budget) -> Result<Vec<Part>, ListErrorKind> {
    directory::check(input)?;
    let mut archive = ZipArchive::new(&mut *input).map_err(broken)?;
    distinct(&archive)?;
    if archive.has_overlapping_entries().map_err(broken)? {
        return Err(ListErrorKind::Damaged("its parts overlap"));
    }
    let mut left = budget.allowed(length).min(budget.total);
    said(&mut archive, left, budget)?;
    let mut parts = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let mut content = archive.by_index(index).map_err(broken)?;
        let compressed = content.compressed_size();
        let mut part = Part { name: normal(content.name_raw()), compressed, ..Part::default() };
        let longest_text = if is_xml(&part.name) { budget.text } else { u64::MAX };
        part.inflate(&mut content, budget.of_part(compressed).min(left), longest_text)?;
        left -= part.length;
        parts.push(part);
    }
    Ok(parts)
}

impl Budget {
    fn allowed(self, compressed: u64) -> u64 {
        compressed.saturating_mul(self.ratio).saturating_add(self.free)
    }

    fn of_part(self, compressed: u64) -> u64 {
        self.allowed(compressed).min(self.part)
    }
}

/// A part's name as it is looked up: libraries take no heed of case, nor of which way slashes lean.
pub(super) fn normal(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase()
}

/// Two parts of one name would let the one be looked at and the other be read.
fn distinct(archive: &ZipArchive<&mut Input<'_>>) -> Result<(), ListErrorKind> {
    let mut names = HashSet::new();
    if archive.has_duplicate_names() || !archive.file_names_raw().all(|name| names.insert(normal(name))) {
        return Err(ListErrorKind::Damaged("two of its parts have the same name"));
    }
    Ok(())
}

/// What it says itself: an honest bomb needs not be inflated.
fn said(archive: &mut ZipArchive<&mut Input<'_>>, most: u64, budget: Budget) -> Result<(), ListErrorKind> {
    let mut total: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(broken)?;
        total = total.saturating_add(part.size());
        if part.size() > budget.of_part(part.compressed_size()) || total > most {
            return Err(TOO_MUCH);
        }
    }
    Ok(())
}

/// Whether a part's name says that it is XML; pictures and other binary parts have no tags that a text could stand between.
fn is_xml(name: &str) -> bool {
    name.as_bytes().ends_with(b".xml") || name.as_bytes().ends_with(b".rels")
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

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn told(bytes: Vec<u8>, budget: Budget) -> Result<Vec<Part>, String> {
        let length = u64::try_from(bytes.len()).unwrap();
        let mut input: Input<'_> = Box::new(Cursor::new(bytes));
        check(&mut input, length, budget).map_err(|error| error.to_string())
    }

    fn checked(parts: &[(&str, &[u8])], budget: Budget) -> Result<(), String> {
        told(zipped(parts), budget).map(drop)
    }

    /// Has a zip file of one part say that the part inflates to this many bytes, in both places where it says it.
    fn lie(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
        let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        bytes[22..26].copy_from_slice(&size.to_le_bytes());
        bytes[central + 24..central + 28].copy_from_slice(&size.to_le_bytes());
        bytes
    }

    #[test]
    fn small_things_pass_and_are_described() {
        let parts = told(zipped(&[("xl\\Workbook.xml", b"<workbook><sheet/></workbook>")]), Budget::default()).unwrap();
        let part = &parts[0];
        assert_eq!((part.name.as_str(), part.length, part.tags, part.longest), ("xl/workbook.xml", 29, 3, 10));
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

    /// INP-01, INP-04: by what it says, and by what it really inflates to where that is a lie.
    #[test]
    fn a_bomb_is_refused_whatever_it_says() {
        let bomb = zipped(&[("xl/worksheets/sheet1.xml", &b"<c/>".repeat(8 << 20))]);
        for bytes in [lie(bomb.clone(), 7), lie(bomb.clone(), u32::MAX - 1), bomb] {
            let error = told(bytes, Budget::default()).unwrap_err();
            assert!(error.contains("too much memory") || error.contains("cannot be decompressed"), "{error}");
        }
    }

    /// INP-04: other bytes in the file, or many small bombs, give a bomb no more room.
    #[test]
    fn each_part_and_all_of_them_together_have_their_measure() {
        let noise: Vec<u8> =
            (0..1_u32 << 20).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let bomb = b"<c/>".repeat(8 << 20);
        assert!(checked(&[("xl/media/a.bin", &noise), ("b.xml", &bomb)], Budget::default()).is_err());
        let half = b"<c/>".repeat(3 << 20);
        assert_eq!(checked(&[("a.xml", &half)], Budget::default()), Ok(()));
        assert!(checked(&[("a.xml", &half), ("b.xml", &half)], Budget::default()).is_err());
    }

    /// INP-04: one name twice, in whatever case, and one part's bytes used again by another.
    #[test]
    fn parts_are_what_they_say_and_stand_apart() {
        for second in ["XL/a.xml", "xl\\a.xml"] {
            let error = checked(&[("xl/a.xml", b"<a/>"), (second, b"<b/>")], Budget::default()).unwrap_err();
            assert!(error.contains("the same name"), "{error}");
        }
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("a.xml", SimpleFileOptions::default()).unwrap();
        writer.write_all(b"<a/>").unwrap();
        writer.shallow_copy_file("a.xml", "b.xml").unwrap();
        let error = told(writer.finish().unwrap().into_inner(), Budget::default()).unwrap_err();
        assert!(error.contains("overlap"), "{error}");
    }

    /// INP-02: no text is longer than a cell may be.
    #[test]
    fn long_texts_are_refused() {
        let long = b"x".repeat(1 << 20);
        assert!(checked(&[("content.xml", &long)], Budget::default()).unwrap_err().contains("32,767"));
    }
}
