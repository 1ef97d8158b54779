//! The table of texts that a workbook's cells share (ECMA-376, part 1, 18.4.9).

use std::io::Read;

use zeroize::Zeroizing;

use super::super::plain_tags::{name_of, tag_of};
use super::pieces::Pieces;
use super::stop::Stop;
use super::text::Reader;

/// The tags of an item: its own two, and those of its text.
const TAGS_OF_AN_ITEM: u64 = 4;

/// Texts stand one behind the other in blocks of so many bytes; one that has no room left in a block begins the next.
const BLOCK: usize = 1 << 20;

/// A text: in which block, from where to where.
struct Place {
    block: u16,
    end: u32,
    length: u32,
}

/// The texts, wiped in the end.
#[derive(Default)]
pub(super) struct Table {
    blocks: Vec<Zeroizing<String>>,
    places: Vec<Place>,
}

impl Table {
    /// Reads it, where it has so many tags.
    pub(super) fn read(part: impl Read, tags: u64) -> Result<Self, Stop> {
        let mut table = Self::default();
        table.places.reserve_exact(usize::try_from(tags / TAGS_OF_AN_ITEM).unwrap_or_default());
        let mut pieces = Pieces::new(part);
        let mut reader = Reader::default();
        if !begin(&mut pieces)? {
            return Ok(table);
        }
        while item(&mut pieces, &mut reader, &mut table)? {}
        Ok(table)
    }

    /// The text of this number, from 0.
    pub(super) fn text(&self, number: usize) -> Option<&str> {
        let place = self.places.get(number)?;
        let end = usize::try_from(place.end).ok()?;
        let start = end.checked_sub(usize::try_from(place.length).ok()?)?;
        self.blocks.get(usize::from(place.block))?.get(start..end)
    }

    fn push(&mut self, text: &str) -> Option<()> {
        let has_room = |block: &Zeroizing<String>| block.capacity() - block.len() >= text.len();
        if !self.blocks.last().is_some_and(has_room) {
            self.blocks.push(Zeroizing::new(String::with_capacity(BLOCK.max(text.len()))));
        }
        let block = u16::try_from(self.blocks.len() - 1).ok()?;
        let last = self.blocks.last_mut()?;
        last.push_str(text);
        let (end, length) = (u32::try_from(last.len()).ok()?, u32::try_from(text.len()).ok()?);
        self.places.push(Place { block, end, length });
        Some(())
    }
}

/// Reads to behind the table's own tag; there is nothing in it where it says `false`.
fn begin<R: Read>(pieces: &mut Pieces<R>) -> Result<bool, Stop> {
    let piece = pieces.root()?;
    let (tag, behind) = tag_of(piece).ok_or(Stop::NotSimple)?;
    if name_of(tag) != b"sst" || !behind.trim_ascii().is_empty() {
        return Err(Stop::NotSimple);
    }
    Ok(!tag.ends_with(b"/"))
}

/// Reads an item; there is none where it says `false`.
fn item<R: Read>(pieces: &mut Pieces<R>, reader: &mut Reader, table: &mut Table) -> Result<bool, Stop> {
    match pieces.next()? {
        b"si>" => {}
        end if end.trim_ascii_end() == b"/sst>" => return Ok(false),
        _ => return Err(Stop::NotSimple),
    }
    let piece = pieces.next()?;
    if piece == b"t/>" {
        table.push("").ok_or(Stop::NotSimple)?;
    } else {
        let (written, is_kept) = element(piece).ok_or(Stop::NotSimple)?;
        let text = reader.text(written, is_kept).ok_or(Stop::NotSimple)?;
        table.push(text).ok_or(Stop::NotSimple)?;
        pieces.expect(b"/t>")?;
    }
    let end = pieces.next()?.strip_prefix(b"/si>").ok_or(Stop::NotSimple)?;
    if end.trim_ascii().is_empty() { Ok(true) } else { Err(Stop::NotSimple) }
}

/// What stands in a text's element, and whether the white space at its ends matters.
pub(super) fn element(piece: &[u8]) -> Option<(&[u8], bool)> {
    let kept = piece.strip_prefix(b"t xml:space=\"preserve\">").map(|written| (written, true));
    kept.or_else(|| Some((piece.strip_prefix(b"t>")?, false)))
}
