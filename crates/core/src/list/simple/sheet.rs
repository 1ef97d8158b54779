//! The sheet (ECMA-376, part 1, 18.3.1): rows of cells that hold texts, and around them whatever says nothing of any cell.

use std::io::Read;

use super::super::assemble::Assembly;
use super::super::error::ListErrorKind;
use super::super::markup::Depth;
use super::super::plain_tags::{is_harmless, is_plain_dimension, name_of, plain_cell, plain_row, tag_of};
use super::super::row::Cell;
use super::pieces::Pieces;
use super::stop::Stop;
use super::table::{Table, element};
use super::text::{Reader, has_known_entities};
use crate::failpoint::failpoint;

/// Gives the cells of a sheet to `rows`.
pub(super) fn read(sheet: impl Read, table: &Table, rows: &mut Assembly<'_, '_>) -> Result<(), Stop> {
    let mut sheet =
        Sheet { pieces: Pieces::new(sheet), reader: Reader::default(), table, row: 0, depth: Depth::default() };
    if sheet.begin()? {
        while sheet.row(rows)? {}
    }
    sheet.end()
}

struct Sheet<'a, R> {
    pieces: Pieces<R>,
    reader: Reader,
    table: &'a Table,
    /// The row that comes next where it does not say it itself.
    row: u32,
    depth: Depth,
}

impl<R: Read> Sheet<'_, R> {
    /// Reads to behind the beginning of the rows; there are none where it says `false`.
    fn begin(&mut self) -> Result<bool, Stop> {
        let mut piece = self.pieces.root()?;
        if name_of(piece) != b"worksheet" {
            return Err(Stop::NotSimple);
        }
        loop {
            let around = around(piece, &mut self.depth)?;
            match around {
                Around::Harmless => piece = self.pieces.next()?,
                Around::Rows => return Ok(true),
                Around::NoRows => return Ok(false),
            }
        }
    }

    /// Reads to the end of the sheet.
    fn end(&mut self) -> Result<(), Stop> {
        while let Some(piece) = self.pieces.next_or_end()? {
            if !matches!(around(piece, &mut self.depth)?, Around::Harmless) {
                return Err(Stop::NotSimple);
            }
        }
        if self.depth.is_closed() { Ok(()) } else { Err(Stop::NotSimple) }
    }

    /// Reads a row; there is none where it says `false`.
    fn row(&mut self, rows: &mut Assembly<'_, '_>) -> Result<bool, Stop> {
        let piece = self.pieces.next()?;
        if let Some(behind) = piece.strip_prefix(b"/sheetData>") {
            if !has_known_entities(behind) {
                return Err(Stop::NotSimple);
            }
            self.depth.end();
            return Ok(false);
        }
        let tag = alone(piece)?;
        if name_of(tag) != b"row" {
            return Err(Stop::NotSimple);
        }
        if let Some(number) = plain_row(tag).ok_or(Stop::NotSimple)?.number {
            self.row = number;
        }
        if !tag.ends_with(b"/") {
            let mut column = 0;
            while self.cell(&mut column, rows)? {}
        }
        self.row += 1;
        Ok(true)
    }

    /// Reads a cell; there is none where it says `false`.
    fn cell(&mut self, column: &mut u32, rows: &mut Assembly<'_, '_>) -> Result<bool, Stop> {
        let Self { pieces, reader, table, row, .. } = self;
        let piece = pieces.next()?;
        if let Some(behind) = piece.strip_prefix(b"/row>") {
            return if behind.trim_ascii().is_empty() { Ok(false) } else { Err(Stop::NotSimple) };
        }
        let tag = alone(piece)?;
        let cell = plain_cell(tag).ok_or(Stop::NotSimple)?;
        let place = cell.place.unwrap_or((*row, *column));
        *column = place.1 + 1;
        let is_empty = tag.ends_with(b"/");
        match cell.kind.filter(|_| !is_empty) {
            None => rows.push(place, Cell::Empty)?,
            Some(b"s") => {
                let number = number(pieces.next()?).ok_or(Stop::NotSimple)?;
                push_text(rows, place, table.text(number).ok_or(Stop::NotSimple)?)?;
                pieces.expect(b"/v>")?;
            }
            Some(b"inlineStr") => {
                pieces.expect(b"is>")?;
                let (written, is_kept) = element(pieces.next()?).ok_or(Stop::NotSimple)?;
                push_text(rows, place, reader.text(written, is_kept).ok_or(Stop::NotSimple)?)?;
                pieces.expect(b"/t>")?;
                pieces.expect(b"/is>")?;
            }
            Some(_) => return Err(Stop::NotSimple),
        }
        if is_empty {
            return Ok(true);
        }
        let end = pieces.next()?.strip_prefix(b"/c>").ok_or(Stop::NotSimple)?;
        if end.trim_ascii().is_empty() { Ok(true) } else { Err(Stop::NotSimple) }
    }
}

fn push_text(rows: &mut Assembly<'_, '_>, place: (u32, u32), text: &str) -> Result<(), ListErrorKind> {
    failpoint("list-simple", text.as_bytes());
    rows.push(place, Cell::Text(text))
}

/// What a piece is that stands around the rows.
enum Around {
    Harmless,
    Rows,
    NoRows,
}

fn around(piece: &[u8], depth: &mut Depth) -> Result<Around, Stop> {
    if let Some(end) = piece.strip_prefix(b"/") {
        let is_open = !depth.is_closed();
        depth.end();
        return if is_open && is_harmless(name_of(end)) && has_known_entities(end) {
            Ok(Around::Harmless)
        } else {
            Err(Stop::NotSimple)
        };
    }
    let (tag, behind) = tag_of(piece).filter(|(_, behind)| has_known_entities(behind)).ok_or(Stop::NotSimple)?;
    let is_empty = tag.ends_with(b"/");
    if !is_empty && depth.begin().is_err() {
        return Err(Stop::NotSimple);
    }
    let name = name_of(tag);
    match name {
        b"sheetData" if !behind.trim_ascii().is_empty() => Err(Stop::NotSimple),
        b"sheetData" => Ok(if is_empty { Around::NoRows } else { Around::Rows }),
        b"dimension" if !is_plain_dimension(tag) => Err(Stop::NotSimple),
        b"col" if memchr::memmem::find(tag, b"hidden").is_none() => Ok(Around::Harmless),
        _ if is_harmless(name) => Ok(Around::Harmless),
        _ => Err(Stop::NotSimple),
    }
}

/// The tag of a piece that has nothing behind it.
fn alone(piece: &[u8]) -> Result<&[u8], Stop> {
    match tag_of(piece) {
        Some((tag, behind)) if behind.trim_ascii().is_empty() => Ok(tag),
        _ => Err(Stop::NotSimple),
    }
}

/// The number in the element of a value.
fn number(piece: &[u8]) -> Option<usize> {
    let digits = piece.strip_prefix(b"v>")?;
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits
        .iter()
        .try_fold(0, |number, digit| Some(number * 10 + usize::from(digit.is_ascii_digit().then(|| digit - b'0')?)))
}
