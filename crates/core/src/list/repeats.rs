//! Looks through an ODS spreadsheet for what its repeats amount to, before the library writes them all out: a few hundred bytes can
//! ask for a hundred million cells.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;
use zip::ZipArchive;

use super::error::ListErrorKind;
use super::extent::{Area, allow};
use super::marks::Marks;
use super::markup::{Depth, malformed};
use super::open_lines::{Line, Lines, Span};
use super::sheets::MOST_SHEETS;
use super::source::Input;

/// The library cuts off what is beyond the largest sheet.
const MOST_ROWS: u64 = 1_048_576;
const MOST_COLUMNS: u64 = 16_384;

/// The most bytes that a cell's text may take: 32,767 characters, each of four bytes, with room for markup of its own.
const LONGEST_CELL: u64 = 512 << 10;

/// Refuses a spreadsheet of `length` bytes whose sheets would take too much memory, and tells what each sheet, by its name, says of whole
/// rows and columns. Empty rows and cells at the end of a sheet or a row take none, however
/// often they are repeated.
pub(super) fn check(input: &mut Input<'_>, length: u64) -> Result<HashMap<String, Marks>, ListErrorKind> {
    let mut archive = ZipArchive::new(input).map_err(|_| ListErrorKind::Damaged("it is no proper zip file"))?;
    let content = archive.by_name("content.xml").map_err(|_| ListErrorKind::Damaged("its content is missing"))?;
    look_through(BufReader::new(content), length)
}

/// It reads the elements as the library does, but refuses what does not nest properly, so that the two cannot see different sheets.
fn look_through(content: impl BufRead, length: u64) -> Result<HashMap<String, Marks>, ListErrorKind> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().expand_empty_elements = true;
    let mut found = Found { length, ..Found::default() };
    let mut buffer = Zeroizing::new(Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| malformed())? {
            Event::Start(tag) => found.begin(&tag)?,
            Event::End(tag) => found.end(tag.name().as_ref())?,
            Event::Text(text) => found.text(wide(text.len()))?,
            Event::GeneralRef(reference) => found.text(wide(reference.len()))?,
            // The library would wait for the end of what is open.
            Event::Eof if found.depth.is_closed() => return Ok(found.marks),
            Event::Eof => return Err(malformed()),
            _ => {}
        }
    }
}

/// What was found so far, and what is open.
#[derive(Default)]
struct Found {
    /// How many bytes the file has.
    length: u64,
    /// What the sheets that have ended say of whole rows and columns. Of several of one name the library takes the last.
    marks: HashMap<String, Marks>,
    /// The cells and the text of the sheets that have ended.
    cells: u64,
    texts: u64,
    depth: Depth,
    sheets: usize,
    sheet: Option<Sheet>,
    row: Option<Row>,
    cell: Option<Cell>,
}

#[derive(Default)]
struct Sheet {
    rows: u64,
    /// The cells of its rows, each row taken once.
    listed: u64,
    area: Area,
    text: u64,
    lines: Lines,
}

struct Row {
    repeats: u64,
    width: u64,
    /// Empty cells that count only if another cell follows.
    empty: u64,
    /// The columns of the first filled cell, and after the last one.
    filled: Option<(u64, u64)>,
    text: u64,
    line: Line,
}

struct Cell {
    repeats: u64,
    filled: bool,
    text: u64,
    span: Span,
}

impl Found {
    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), ListErrorKind> {
        self.depth.begin()?;
        match (tag.name().as_ref(), &self.sheet, &self.row, &self.cell) {
            ("table:table", None, ..) => self.begin_sheet(tag)?,
            ("table:table-column", Some(_), None, _) => {
                let repeats = repeats(tag, "table:number-columns-repeated")?;
                if let Some(sheet) = &mut self.sheet {
                    sheet.lines.add_columns(tag, repeats)?;
                }
            }
            ("table:table-row", Some(_), None, _) => self.row = Some(Row::begin(tag)?),
            ("table:table-cell" | "table:covered-table-cell", _, Some(_), None) => self.cell = Some(Cell::begin(tag)?),
            ("text:s", ..) => self.text(repeats(tag, "text:c")?)?,
            ("table:table", Some(_), ..)
            | ("table:table-row", _, Some(_), _)
            | ("table:table-cell" | "table:covered-table-cell", .., Some(_)) => {
                return Err(ListErrorKind::Damaged("its cells do not nest properly"));
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_sheet(&mut self, tag: &BytesStart<'_>) -> Result<(), ListErrorKind> {
        self.sheets += 1;
        if self.sheets > MOST_SHEETS {
            return Err(ListErrorKind::TooBig("it has too many sheets"));
        }
        self.sheet = Some(Sheet { lines: Lines::begin(tag)?, ..Sheet::default() });
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ListErrorKind> {
        self.depth.end();
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                if let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) {
                    row.add(&cell);
                }
            }
            "table:table-row" => {
                if let (Some(row), Some(sheet)) = (self.row.take(), &mut self.sheet) {
                    sheet.add(&row);
                    let cells = self.cells.saturating_add(sheet.cells());
                    return allow(cells, self.texts.saturating_add(sheet.text), self.length);
                }
            }
            "table:table" => {
                let sheet = self.sheet.take().unwrap_or_default();
                self.cells = self.cells.saturating_add(sheet.cells());
                self.texts = self.texts.saturating_add(sheet.text);
                self.marks.extend(sheet.lines.end());
            }
            _ => {}
        }
        Ok(())
    }

    /// So many bytes of text, spaces that are counted instead of written among them.
    fn text(&mut self, length: u64) -> Result<(), ListErrorKind> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.text = cell.text.saturating_add(length);
        if cell.text > LONGEST_CELL {
            return Err(ListErrorKind::TooBig("it has a cell of more than 32,767 characters"));
        }
        Ok(())
    }
}

impl Sheet {
    fn add(&mut self, row: &Row) {
        let next = self.rows.saturating_add(row.repeats).min(MOST_ROWS);
        if let Some(columns) = row.filled {
            self.area.add((self.rows, next), columns);
            let times = (next - self.rows).max(1);
            self.text = self.text.saturating_add(row.text.saturating_mul(times));
        }
        self.lines.add_row(&row.line, (self.rows, next));
        self.listed = self.listed.saturating_add(row.width);
        self.rows = next;
    }

    fn cells(&self) -> u64 {
        self.area.cells().max(self.listed)
    }
}

impl Row {
    fn begin(tag: &BytesStart<'_>) -> Result<Self, ListErrorKind> {
        let repeats = repeats(tag, "table:number-rows-repeated")?;
        Ok(Self { repeats, width: 0, empty: 0, filled: None, text: 0, line: Line::begin(tag)? })
    }

    fn add(&mut self, cell: &Cell) {
        let start = self.width.saturating_add(self.empty).min(MOST_COLUMNS);
        let end = start.saturating_add(cell.repeats).min(MOST_COLUMNS);
        self.line.add(cell.span, (start, end));
        if cell.filled {
            let first = self.filled.map_or(start, |(first, _)| first);
            self.filled = Some((first, end));
            self.text = self.text.saturating_add(cell.text.saturating_mul(end - start));
            (self.width, self.empty) = (end, 0);
        } else {
            (self.width, self.empty) = (start, end - start);
        }
    }
}

impl Cell {
    /// Whatever may give the cell a value or a formula makes it a filled one.
    fn begin(tag: &BytesStart<'_>) -> Result<Self, ListErrorKind> {
        let repeats = repeats(tag, "table:number-columns-repeated")?;
        let mut cell = Self { repeats, filled: false, text: 0, span: Span::of(tag)? };
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| malformed())?;
            let name = attribute.key.as_ref();
            if name.starts_with("office:") || name.starts_with("calcext:") || name == "table:formula" {
                cell.filled = true;
                cell.text = cell.text.saturating_add(wide(attribute.value.len()));
            }
        }
        Ok(cell)
    }
}

/// How often a row, a cell or a space stands there.
fn repeats(tag: &BytesStart<'_>, name: &str) -> Result<u64, ListErrorKind> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| malformed())?;
        if attribute.key.as_ref() == name {
            return attribute.value.parse().map_err(|_| malformed());
        }
    }
    Ok(1)
}

fn wide(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
