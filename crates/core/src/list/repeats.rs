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
use super::markup::malformed;
use super::open_lines::{Line, Lines, Span};
use super::source::Input;

/// The library cuts off what is beyond the largest sheet.
const MOST_ROWS: u64 = 1_048_576;
const MOST_COLUMNS: u64 = 16_384;

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
            Event::Text(text) => found.text(text.len()),
            Event::GeneralRef(reference) => found.text(reference.len()),
            Event::Eof => return Ok(found.marks),
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
        match (tag.name().as_ref(), &self.sheet, &self.row, &self.cell) {
            ("table:table", None, ..) => self.sheet = Some(Sheet { lines: Lines::begin(tag)?, ..Sheet::default() }),
            ("table:table-column", Some(_), None, _) => {
                let repeats = repeats(tag, "table:number-columns-repeated")?;
                if let Some(sheet) = &mut self.sheet {
                    sheet.lines.add_columns(tag, repeats)?;
                }
            }
            ("table:table-row", Some(_), None, _) => self.row = Some(Row::begin(tag)?),
            ("table:table-cell" | "table:covered-table-cell", _, Some(_), None) => self.cell = Some(Cell::begin(tag)?),
            ("table:table", Some(_), ..)
            | ("table:table-row", _, Some(_), _)
            | ("table:table-cell" | "table:covered-table-cell", .., Some(_)) => {
                return Err(ListErrorKind::Damaged("its cells do not nest properly"));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ListErrorKind> {
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

    fn text(&mut self, length: usize) {
        if let Some(cell) = &mut self.cell {
            cell.text = cell.text.saturating_add(wide(length));
        }
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

/// How often a row or a cell stands there.
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
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const CELL: &str = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;

    fn told(sheets: &str) -> Result<(), String> {
        look_through(format!("<office:spreadsheet>{sheets}</office:spreadsheet>").as_bytes(), 100 << 20)
            .map(drop)
            .map_err(|error| error.to_string())
    }

    fn table(rows: &str) -> String {
        format!(r#"<table:table table:name="Sheet1">{rows}</table:table>"#)
    }

    fn row(repeats: u64, cells: &str) -> String {
        format!(r#"<table:table-row table:number-rows-repeated="{repeats}">{cells}</table:table-row>"#)
    }

    fn empty(repeats: u64) -> String {
        format!(r#"<table:table-cell table:number-columns-repeated="{repeats}"/>"#)
    }

    fn filled(repeats: u64) -> String {
        format!(
            r#"<table:table-cell table:number-columns-repeated="{repeats}" office:value-type="float" office:value="1"/>"#
        )
    }

    #[test]
    fn empty_ends_of_rows_and_sheets_take_nothing() {
        let rows = [row(1_000_000, &format!("{CELL}{CELL}{}", empty(16_382))), row(48_576, &empty(16_384))].concat();
        assert_eq!(told(&table(&rows)), Ok(()));
        let last = [row(1, CELL), row(1_048_574, &empty(16_384)), row(1, CELL)].concat();
        assert_eq!(told(&table(&last)), Ok(()));
    }

    #[test]
    fn what_repeats_come_to_is_refused_beyond_the_budget() {
        let far = format!("{}{CELL}", empty(16_383));
        for rows in [
            row(6_000, &filled(16_384)),
            row(u64::MAX, &filled(u64::MAX)),
            [row(1, &far), row(400, ""), row(1, CELL)].concat(),
            [row(1, CELL), row(400, ""), row(1, &far)].concat(),
            row(1, &format!("{}{}", empty(16_383), empty(1))).repeat(400),
        ] {
            assert_eq!(
                told(&table(&rows)),
                Err("it is too big for a list: it would take more than 5,000,000 cells".into())
            );
        }
        assert_eq!(told(&table(&row(300, &filled(16_384)))), Ok(()));
        assert!(told(&table(&row(300, &filled(16_384))).repeat(2)).is_err());
    }

    /// INP-05, INP-17, INP-19: what a small file may ask for is little; hidden and merged things are seen.
    #[test]
    fn a_small_file_may_ask_for_little_and_its_marks_are_seen() {
        let far = [row(1, CELL), row(1_048_574, ""), row(1, &format!("{CELL}{}", filled(2)))].concat();
        assert!(look_through(table(&far).as_bytes(), 100 << 20).is_ok());
        let error = look_through(table(&far).as_bytes(), 1000).unwrap_err();
        assert!(error.to_string().contains("far more cells than it holds"), "{error}");
        let sheet = r#"<table:table table:name="L&amp;M"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
            <table:table-row/><table:table-row table:number-rows-repeated="2" table:visibility="filter"/><table:table-row><table:table-cell
            table:number-columns-repeated="2"/><table:table-cell table:number-rows-spanned="3" table:number-columns-spanned="1"/></table:table-row></table:table>"#;
        let marks = &look_through(sheet.as_bytes(), 0).unwrap()["L&M"];
        assert_eq!((marks.hidden_rows(), marks.merged_rows(&[2])), (vec![(1, 2)], vec![(3, 5, 2)]));
        assert_eq!([1, 2, 3].map(|column| marks.hides_column(column)), [false, true, false]);
    }

    #[test]
    fn a_long_text_may_not_be_repeated_endlessly() {
        let long = "x".repeat(100_000);
        for cell in [
            format!(r#"<table:table-cell office:value-type="string"><text:p>{long}</text:p></table:table-cell>"#),
            format!(r#"<table:table-cell office:string-value="{long}"/>"#),
        ] {
            assert_eq!(told(&table(&row(10, &cell))), Ok(()));
            assert!(told(&table(&row(10_000, &cell))).unwrap_err().contains("256 MiB of text"));
        }
    }

    #[test]
    fn what_the_library_could_see_otherwise_is_refused() {
        let nested = row(9_000, &format!("<table:table-cell>{}</table:table-cell>{}", row(1, CELL), filled(16_384)));
        for rows in [
            nested,
            format!("{}<table:table>{}</table:table>", row(1, CELL), row(1, CELL)),
            row(1, &format!("<table:table-cell>{CELL}</table:table-cell>")),
            "<table:table-row></table:table>".to_owned(),
            r#"<table:table-row table:number-rows-repeated="&#57;000"/>"#.to_owned(),
        ] {
            assert!(told(&table(&rows)).unwrap_err().contains("damaged"), "{rows}");
        }
    }
}
